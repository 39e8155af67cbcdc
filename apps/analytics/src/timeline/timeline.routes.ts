import { listCustomerTimelineRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { withMeta } from '../figures/answer-figures.ts'
import { edgesOf } from '../windows/window.ts'
import { listCustomerTimeline } from './list-customer-timeline.ts'

export function timelineRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, listCustomerTimelineRoute, async ({ actor, params, query }) => {
    const edges = edgesOf(query, actor.company.timeZone)
    const input = { ...query, ...edges }
    return ok(await withMeta(deps, (tx) => listCustomerTimeline(tx, actor, params.id ?? '', input)))
  })
}
