import {
  type Actor,
  listActivitiesBehindRoute,
  listCallsBehindRoute,
  listDealsBehindRoute,
  listDealsReachedRoute,
  listWorkOrdersBehindRoute,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { expectKnown } from '../calls/expect-known.ts'
import { getStagesFrom } from '../deals/funnel-stages.ts'
import type { Deps } from '../deps.ts'
import { ownAgent, ownFiguresOf } from '../directory/scope.ts'
import { answerFigures } from '../figures/answer-figures.ts'
import { type Window, type WindowInput, windowOf } from '../windows/window.ts'
import { listActivitiesBehind, listCallsBehind, listDealsBehind, listWorkOrdersBehind } from './facts-behind.ts'

export function drillDownRoutes(app: FastifyInstance, deps: Deps): void {
  async function answer(
    name: string,
    actor: Actor,
    query: WindowInput,
    list: (tx: Tx, window: Window) => Promise<string>,
  ) {
    const window = windowOf(query, actor.company.timeZone, Date.now())
    return ok(await answerFigures(deps, actor, { name, about: [query, window] }, (tx) => list(tx, window)))
  }

  route(app, listDealsBehindRoute, async ({ actor, query }) => {
    const { source, stageKind, pipelineId } = query
    const filters = { own: ownFiguresOf(actor) ?? undefined, source, stageKind, pipelineId }
    return await answer('deals behind', actor, query, (tx, window) =>
      listDealsBehind(tx, actor, window, query, filters),
    )
  })

  route(app, listDealsReachedRoute, async ({ actor, query }) => {
    return await answer('deals reached', actor, query, async (tx, window) => {
      const { pipelineId, stages: reached } = await getStagesFrom(tx, actor, query.stage, query.pipelineId)
      const filters = { own: ownFiguresOf(actor) ?? undefined, pipelineId, reached }
      return listDealsBehind(tx, actor, window, { ...query, figure: `reached_of_${query.cohort}` }, filters)
    })
  })

  route(app, listCallsBehindRoute, async ({ actor, query }) => {
    const { queue, direction } = query
    const filters = { own: ownAgent(actor, query.agentId) ?? undefined, queue, direction }
    return await answer('calls behind', actor, query, async (tx, window) => {
      const [, calls] = await Promise.all([
        expectKnown(tx, actor, query),
        listCallsBehind(tx, actor, window, query, filters),
      ])
      return calls
    })
  })

  route(app, listWorkOrdersBehindRoute, async ({ actor, query }) => {
    const filters = { own: ownFiguresOf(actor) ?? undefined, kind: query.kind }
    return await answer('work orders behind', actor, query, (tx, window) =>
      listWorkOrdersBehind(tx, actor, window, query, filters),
    )
  })

  route(app, listActivitiesBehindRoute, async ({ actor, query }) => {
    const filters = { own: ownFiguresOf(actor) ?? undefined }
    return await answer('activities behind', actor, query, (tx, window) =>
      listActivitiesBehind(tx, actor, window, query, filters),
    )
  })
}
