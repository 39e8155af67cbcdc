import { getCallOverviewRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { getFiguresMeta } from '../projections/figures-meta.ts'
import { CONSUMER } from '../subscriptions.ts'
import { readTogether } from '../windows/read-together.ts'
import { LONGEST_WINDOW_DAYS, windowOf } from '../windows/window.ts'
import { getCallOverview } from './get-call-overview.ts'

const LONGEST_HOURLY_DAYS = 32

export function callRoutes(app: FastifyInstance, { database, lag }: Deps): void {
  route(app, getCallOverviewRoute, async ({ actor, query }) => {
    const longestDays = query.granularity === 'hour' ? LONGEST_HOURLY_DAYS : LONGEST_WINDOW_DAYS
    const window = windowOf(query, actor.company.timeZone, Date.now(), longestDays)
    const [figures, meta] = await readTogether(database, (tx) =>
      Promise.all([getCallOverview(tx, actor, window, query), getFiguresMeta(tx, CONSUMER, lag)]),
    )
    return ok(`${figures.slice(0, -1)},"meta":${JSON.stringify(meta)}}`)
  })
}
