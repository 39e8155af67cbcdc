import { createServer, type ServiceOptions } from '@dealwire/http'
import { newId } from '@dealwire/messaging'
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

export type AppOptions = Dependencies & ServiceOptions

/** The service without its port: what `main` listens with and tests inject into. */
export function buildApp({ database, ...service }: AppOptions): FastifyInstance {
  const dependencies: Dependencies = { database }
  const app = createServer({
    ...service,
    service: 'inventory',
    newRequestId: newId,
    database,
  })
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
