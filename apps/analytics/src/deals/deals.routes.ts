import { getFunnelRoute, getRevenueRoute, getSourcesRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { getFiguresMeta } from '../projections/figures-meta.ts'
import { CONSUMER } from '../subscriptions.ts'
import { readTogether } from '../windows/read-together.ts'
import { windowOf } from '../windows/window.ts'
import { getRevenueSeries, getSourceFigures } from './deal-figures.ts'
import { getFunnel } from './get-funnel.ts'

export function dealRoutes(app: FastifyInstance, { database, lag }: Deps): void {
  route(app, getFunnelRoute, async ({ actor, query }) => {
    const window = windowOf(query, actor.company.timeZone, Date.now())
    const [stages, meta] = await readTogether(database, (tx) =>
      Promise.all([getFunnel(tx, actor, window, query), getFiguresMeta(tx, CONSUMER, lag)]),
    )
    return ok(`{"stages":${stages},"cohort":"${query.cohort}","meta":${JSON.stringify(meta)}}`)
  })

  route(app, getRevenueRoute, async ({ actor, query }) => {
    const window = windowOf(query, actor.company.timeZone, Date.now())
    const [series, meta] = await readTogether(database, (tx) =>
      Promise.all([getRevenueSeries(tx, actor, window, query.granularity), getFiguresMeta(tx, CONSUMER, lag)]),
    )
    return ok(`{"series":${series},"currency":"${actor.company.currency}","meta":${JSON.stringify(meta)}}`)
  })

  route(app, getSourcesRoute, async ({ actor, query }) => {
    const window = windowOf(query, actor.company.timeZone, Date.now())
    const [sources, meta] = await readTogether(database, (tx) =>
      Promise.all([getSourceFigures(tx, actor, window), getFiguresMeta(tx, CONSUMER, lag)]),
    )
    return ok(`{"sources":${sources},"currency":"${actor.company.currency}","meta":${JSON.stringify(meta)}}`)
  })
}
