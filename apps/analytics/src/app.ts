import { createServer, type Dependency } from '@dealwire/http'
import { newId } from '@dealwire/messaging'
import type { Logger, Registry } from '@dealwire/telemetry'
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

export type AppOptions = Deps & {
  readonly logger: Logger
  readonly metrics: Registry
  readonly internalSecret: string
  readonly version?: string
  readonly dependencies?: readonly Dependency[]
  readonly details?: () => Record<string, unknown>
  readonly slowMs?: number
  readonly validateResponses?: boolean
}

export function buildApp(options: AppOptions): FastifyInstance {
  const app = createServer({
    service: 'analytics',
    logger: options.logger,
    metrics: options.metrics,
    internalSecret: options.internalSecret,
    newRequestId: newId,
    health: {
      service: 'analytics',
      version: options.version ?? 'unknown',
      dependencies: options.dependencies ?? [],
      ...(options.details === undefined ? {} : { details: options.details }),
    },
    ...(options.slowMs === undefined ? {} : { slowMs: options.slowMs }),
    ...(options.validateResponses === undefined ? {} : { validateResponses: options.validateResponses }),
  })
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
  for (const slice of slices) slice(app, options)
  return app
}
