import { getFunnelRoute, getRevenueRoute, getSourcesRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { answerFigures } from '../figures/answer-figures.ts'
import { windowOf } from '../windows/window.ts'
import { getRevenueSeries, getSourceFigures } from './deal-figures.ts'
import { getFunnel } from './get-funnel.ts'

export function dealRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, getFunnelRoute, async ({ actor, query }) => {
    const window = windowOf(query, actor.company.timeZone, Date.now())
    const figures = await answerFigures(deps, actor, { name: 'funnel', about: [query, window] }, async (tx) => {
      return `{"stages":${await getFunnel(tx, actor, window, query)},"cohort":"${query.cohort}"}`
    })
    return ok(figures)
  })

  route(app, getRevenueRoute, async ({ actor, query }) => {
    const window = windowOf(query, actor.company.timeZone, Date.now())
    const figures = await answerFigures(deps, actor, { name: 'revenue', about: [query, window] }, async (tx) => {
      const series = await getRevenueSeries(tx, actor, window, query.granularity)
      return `{"series":${series},"currency":"${actor.company.currency}"}`
    })
    return ok(figures)
  })

  route(app, getSourcesRoute, async ({ actor, query }) => {
    const window = windowOf(query, actor.company.timeZone, Date.now())
    const figures = await answerFigures(deps, actor, { name: 'sources', about: [window] }, async (tx) => {
      return `{"sources":${await getSourceFigures(tx, actor, window)},"currency":"${actor.company.currency}"}`
    })
    return ok(figures)
  })
}
