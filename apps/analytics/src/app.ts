import { createServer, type ServiceOptions } from '@dealwire/http'
import { newId } from '@dealwire/messaging'
import type { FastifyInstance } from 'fastify'
import { agentRoutes } from './agents/agents.routes.ts'
import { callRoutes } from './calls/calls.routes.ts'
import { customerRoutes } from './customers/customers.routes.ts'
import { dashboardRoutes } from './dashboard/dashboard.routes.ts'
import { dealRoutes } from './deals/deals.routes.ts'
import type { Deps } from './deps.ts'
import { drillDownRoutes } from './drill-down/drill-down.routes.ts'
import { forecastRoutes } from './forecast/forecast.routes.ts'
import { rebuildRoutes } from './rebuilds/rebuilds.routes.ts'
import { stockRoutes } from './stock/stock.routes.ts'
import { timelineRoutes } from './timeline/timeline.routes.ts'

export type AppOptions = Deps & ServiceOptions

/** The service without its port: what `main` listens with and tests inject into. */
export function buildApp({ database, replica, cache, lag, ...service }: AppOptions): FastifyInstance {
  const app = createServer({ ...service, service: 'analytics', newRequestId: newId, database })
  const deps: Deps = { database, replica, cache, lag }
  const slices = [
    dashboardRoutes,
    dealRoutes,
    forecastRoutes,
    callRoutes,
    agentRoutes,
    stockRoutes,
    customerRoutes,
    timelineRoutes,
    drillDownRoutes,
    rebuildRoutes,
  ]
  for (const slice of slices) slice(app, deps)
  return app
}
