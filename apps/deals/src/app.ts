import { createServer, type ServiceOptions } from '@dealwire/http'
import { newId } from '@dealwire/messaging'
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

export type AppOptions = BackgroundDependencies & ServiceOptions

/** The service without its port: what `main` listens with and tests inject into. */
export function buildApp({ database, cache, replica, bulk, jobs, store, ...service }: AppOptions): FastifyInstance {
  const app = createServer({
    ...service,
    service: 'deals',
    newRequestId: newId,
    database,
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
