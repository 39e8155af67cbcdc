import { dealBoardRoute, myDealsRoute, pipelineStatsRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { withDefaultPipeline } from '../pipelines/with-default-pipeline.ts'
import { cachedStats } from './cached-stats.ts'
import { findMyDeals } from './deal-stats.repository.ts'
import { getDealBoard } from './get-deal-board.ts'
import { getPipelineStats } from './get-pipeline-stats.ts'

export function dealStatsRoutes(app: FastifyInstance, dependencies: Dependencies): void {
  const { database } = dependencies

  route(app, pipelineStatsRoute, async ({ actor, query: { pipelineId } }) =>
    ok(
      await cachedStats(dependencies, actor, `pipeline:${pipelineId ?? 'default'}`, () =>
        withDefaultPipeline(database, actor, () => getPipelineStats(database, actor, pipelineId)),
      ),
    ),
  )

  route(app, myDealsRoute, async ({ actor }) =>
    ok(await cachedStats(dependencies, actor, `my:${actor.userId ?? ''}`, () => findMyDeals(database, actor))),
  )

  // Not cached: it shows contact and customer names, which other writes change.
  route(app, dealBoardRoute, async ({ actor, query }) =>
    ok(await withDefaultPipeline(database, actor, () => getDealBoard(database, actor, query))),
  )
}
