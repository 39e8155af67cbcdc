import { getDashboardRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { windowOf } from '../windows/window.ts'
import { getDashboard } from './get-dashboard.ts'

export function dashboardRoutes(app: FastifyInstance, { database, lag }: Deps): void {
  route(app, getDashboardRoute, async ({ actor, query }) => {
    const window = windowOf(query, actor.company.timeZone, Date.now())
    return ok(await getDashboard(database, lag, actor, window))
  })
}
