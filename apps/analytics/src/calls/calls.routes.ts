import { getCallOverviewRoute, listAgentFiguresRoute, listQueueFiguresRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { ownAgent } from '../directory/scope.ts'
import { getFiguresMeta } from '../projections/figures-meta.ts'
import { CONSUMER } from '../subscriptions.ts'
import { readTogether } from '../windows/read-together.ts'
import { LONGEST_WINDOW_DAYS, windowOf } from '../windows/window.ts'
import { expectKnown } from './expect-known.ts'
import { getCallOverview } from './get-call-overview.ts'
import { listAgentFigures } from './list-agent-figures.ts'
import { listQueueFigures } from './list-queue-figures.ts'

const LONGEST_HOURLY_DAYS = 32

export function callRoutes(app: FastifyInstance, { database, lag }: Deps): void {
  route(app, getCallOverviewRoute, async ({ actor, query }) => {
    const longestDays = query.granularity === 'hour' ? LONGEST_HOURLY_DAYS : LONGEST_WINDOW_DAYS
    const window = windowOf(query, actor.company.timeZone, Date.now(), longestDays)
    ownAgent(actor, query.agentId)
    const [, figures, meta] = await readTogether(database, (tx) =>
      Promise.all([
        expectKnown(tx, actor, query),
        getCallOverview(tx, actor, window, query),
        getFiguresMeta(tx, CONSUMER, lag),
      ]),
    )
    return ok(`${figures.slice(0, -1)},"meta":${JSON.stringify(meta)}}`)
  })

  route(app, listAgentFiguresRoute, async ({ actor, query }) => {
    const window = windowOf(query, actor.company.timeZone, Date.now())
    ownAgent(actor, query.agentId)
    const [, page, meta] = await readTogether(database, (tx) =>
      Promise.all([
        expectKnown(tx, actor, query),
        listAgentFigures(tx, actor, window, query),
        getFiguresMeta(tx, CONSUMER, lag),
      ]),
    )
    return ok(`${page.slice(0, -1)},"meta":${JSON.stringify(meta)}}`)
  })

  route(app, listQueueFiguresRoute, async ({ actor, query }) => {
    const window = windowOf(query, actor.company.timeZone, Date.now())
    ownAgent(actor, query.agentId)
    const [, page, meta] = await readTogether(database, (tx) =>
      Promise.all([
        expectKnown(tx, actor, query),
        listQueueFigures(tx, actor, window, query),
        getFiguresMeta(tx, CONSUMER, lag),
      ]),
    )
    return ok(`${page.slice(0, -1)},"meta":${JSON.stringify(meta)}}`)
  })
}
