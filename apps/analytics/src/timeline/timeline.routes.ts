import { listCustomerTimelineRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { edgesOf } from '../windows/window.ts'
import { listCustomerTimeline } from './list-customer-timeline.ts'

export function timelineRoutes(app: FastifyInstance, { reader }: Deps): void {
  route(app, listCustomerTimelineRoute, async ({ actor, params, query }) => {
    const edges = edgesOf(query, actor.company.timeZone)
    return ok(await listCustomerTimeline(reader, actor, params.id ?? '', { ...query, ...edges }))
  })
}
