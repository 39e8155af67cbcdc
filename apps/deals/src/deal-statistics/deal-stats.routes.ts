import { type Actor, dealBoardRoute, myDealsRoute, pipelineStatsRoute } from '@dealwire/contracts'
import type { Database } from '@dealwire/db/client'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { readDeals } from '../deals/read-deals.ts'
import type { Dependencies } from '../dependencies.ts'
import { withDefaultPipeline } from '../pipelines/with-default-pipeline.ts'
import { cachedStats } from './cached-stats.ts'
import { findMyDeals } from './deal-stats.repository.ts'
import { getDealBoard } from './get-deal-board.ts'
import { getPipelineStats } from './get-pipeline-stats.ts'

export function dealStatsRoutes(app: FastifyInstance, dependencies: Dependencies): void {
  const { database } = dependencies

  /** A company that is too new to have a pipeline gets one, and then its answer from where it was made. */
  async function orWithDefaultPipeline(actor: Actor, read: (db: Database) => Promise<string | undefined>) {
    const found = await readDeals(dependencies, actor, read)
    return found ?? withDefaultPipeline(database, actor, () => read(database))
  }

  route(app, pipelineStatsRoute, async ({ actor, query: { pipelineId } }) =>
    ok(
      await cachedStats(dependencies, actor, `pipeline:${pipelineId ?? 'default'}`, () =>
        orWithDefaultPipeline(actor, (db) => getPipelineStats(db, actor, pipelineId)),
      ),
    ),
  )

  route(app, myDealsRoute, async ({ actor }) =>
    ok(
      await cachedStats(dependencies, actor, `my:${actor.userId ?? ''}`, () =>
        readDeals(dependencies, actor, (db) => findMyDeals(db, actor)),
      ),
    ),
  )

  // Not cached: it shows contact and customer names, which other writes change.
  route(app, dealBoardRoute, async ({ actor, query }) =>
    ok(await orWithDefaultPipeline(actor, (db) => getDealBoard(db, actor, query))),
  )
}
