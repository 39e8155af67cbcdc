import { run, statement } from '@dealwire/db/client'
import { createServer, type Dependency } from '@dealwire/http'
import { newId } from '@dealwire/messaging'
import type { Logger, Registry } from '@dealwire/telemetry'
import type { FastifyInstance } from 'fastify'
import { activityRoutes } from './activities/activities.routes.ts'
import { contactRoutes } from './contacts/contacts.routes.ts'
import { currencyRateRoutes } from './currency-rates/currency-rates.routes.ts'
import { customFieldRoutes } from './custom-fields/custom-fields.routes.ts'
import { customerRoutes } from './customers/customers.routes.ts'
import { approvalRoutes } from './deal-approval/approval.routes.ts'
import { dealBulkRoutes } from './deal-bulk/deal-bulk.routes.ts'
import { dealStatsRoutes } from './deal-statistics/deal-stats.routes.ts'
import { dealRoutes } from './deals/deals.routes.ts'
import type { BackgroundDependencies } from './dependencies.ts'
import { exportRoutes } from './exports/exports.routes.ts'
import { importRoutes } from './imports/imports.routes.ts'
import { leadScoreRoutes } from './lead-score/lead-score.routes.ts'
import { lineItemRoutes } from './line-items/line-items.routes.ts'
import { pipelineRoutes } from './pipelines/pipelines.routes.ts'
import { salesPlanRoutes } from './sales-plans/sales-plans.routes.ts'

export type AppOptions = BackgroundDependencies & {
  readonly logger: Logger
  readonly metrics: Registry
  readonly internalSecret: string
  readonly slowMs?: number
  readonly validateResponses?: boolean
  /** What the service works with besides its database; without these it is degraded. */
  readonly optionalDependencies?: readonly Dependency[]
  readonly details?: () => Record<string, unknown>
}

const VERSION = '0.1.0'
const ping = statement('ping', 'SELECT 1')

/** The service without its port: what `main` listens with and tests inject into. */
export function buildApp(options: AppOptions): FastifyInstance {
  const { database, cache, replica, bulk, jobs, store } = options
  const app = createServer({
    service: 'deals',
    logger: options.logger,
    metrics: options.metrics,
    internalSecret: options.internalSecret,
    newRequestId: newId,
    ...(options.slowMs === undefined ? {} : { slowMs: options.slowMs }),
    ...(options.validateResponses === undefined ? {} : { validateResponses: options.validateResponses }),
    health: {
      service: 'deals',
      version: VERSION,
      dependencies: [
        { name: 'postgres', required: true, check: async () => void (await run(database, ping, [])) },
        ...(options.optionalDependencies ?? []),
      ],
      ...(options.details === undefined ? {} : { details: options.details }),
    },
  })
  const dependencies: BackgroundDependencies = { database, cache, replica, bulk, jobs, store }
  activityRoutes(app, dependencies)
  customerRoutes(app, dependencies)
  contactRoutes(app, dependencies)
  pipelineRoutes(app, dependencies)
  currencyRateRoutes(app, dependencies)
  dealRoutes(app, dependencies)
  dealStatsRoutes(app, dependencies)
  dealBulkRoutes(app, dependencies)
  approvalRoutes(app, dependencies)
  exportRoutes(app, dependencies)
  importRoutes(app, dependencies)
  leadScoreRoutes(app, dependencies)
  salesPlanRoutes(app, dependencies)
  lineItemRoutes(app, dependencies)
  customFieldRoutes(app, dependencies)
  return app
}
