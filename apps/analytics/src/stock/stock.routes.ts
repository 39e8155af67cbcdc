import { getInventoryFiguresRoute, listMarginsRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { answerFigures } from '../figures/answer-figures.ts'
import { windowOf } from '../windows/window.ts'
import { getStockFigures } from './get-stock-figures.ts'
import { listMargins } from './list-margins.ts'

export function stockRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, getInventoryFiguresRoute, async ({ actor, query }) => {
    const window = windowOf(query, actor.company.timeZone, Date.now())
    const question = { name: 'inventory', about: [window] }
    return ok(await answerFigures(deps, actor, question, (tx) => getStockFigures(tx, actor, window)))
  })

  route(app, listMarginsRoute, async ({ actor, query }) => {
    const window = windowOf(query, actor.company.timeZone, Date.now())
    const question = { name: 'margins', about: [query, window] }
    return ok(await answerFigures(deps, actor, question, (tx) => listMargins(tx, actor, window, query)))
  })
}
