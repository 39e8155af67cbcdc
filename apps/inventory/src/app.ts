import { run, statement } from '@dealwire/db/client'
import { createServer, type Dependency } from '@dealwire/http'
import { newId } from '@dealwire/messaging'
import type { Logger, Registry } from '@dealwire/telemetry'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from './dependencies.ts'
import { locationRoutes } from './locations/locations.routes.ts'
import { productRoutes } from './products/products.routes.ts'
import { purchaseOrderRoutes } from './purchase-orders/purchase-orders.routes.ts'
import { reservationRoutes } from './reservations/reservations.routes.ts'
import { settingsRoutes } from './settings/settings.routes.ts'
import { stockRoutes } from './stock/stock.routes.ts'
import { stocktakeRoutes } from './stocktakes/stocktakes.routes.ts'
import { workOrderRoutes } from './work-orders/work-orders.routes.ts'

export type AppOptions = Dependencies & {
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
  const { database } = options
  const app = createServer({
    service: 'inventory',
    logger: options.logger,
    metrics: options.metrics,
    internalSecret: options.internalSecret,
    newRequestId: newId,
    ...(options.slowMs === undefined ? {} : { slowMs: options.slowMs }),
    ...(options.validateResponses === undefined ? {} : { validateResponses: options.validateResponses }),
    health: {
      service: 'inventory',
      version: VERSION,
      dependencies: [
        { name: 'postgres', required: true, check: async () => void (await run(database, ping, [])) },
        ...(options.optionalDependencies ?? []),
      ],
      ...(options.details === undefined ? {} : { details: options.details }),
    },
  })
  const dependencies: Dependencies = { database }
  productRoutes(app, dependencies)
  locationRoutes(app, dependencies)
  stockRoutes(app, dependencies)
  reservationRoutes(app, dependencies)
  purchaseOrderRoutes(app, dependencies)
  workOrderRoutes(app, dependencies)
  settingsRoutes(app, dependencies)
  stocktakeRoutes(app, dependencies)
  return app
}
