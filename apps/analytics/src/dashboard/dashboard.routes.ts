import { getDashboardRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { answerFigures } from '../figures/answer-figures.ts'
import { windowOf } from '../windows/window.ts'
import { readDashboard } from './read-dashboard.ts'

export function dashboardRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, getDashboardRoute, async ({ actor, query }) => {
    const window = windowOf(query, actor.company.timeZone, Date.now())
    const question = { name: 'dashboard', about: [window] }
    return ok(await answerFigures(deps, actor, question, (tx) => readDashboard(tx, actor, window)))
  })
}
