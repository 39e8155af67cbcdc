import {
  createPurchaseOrderRoute,
  getPurchaseOrderRoute,
  listPurchaseOrdersRoute,
  receivePurchaseOrderRoute,
  submitPurchaseOrderRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { created, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { createPurchaseOrder } from './create-purchase-order.ts'
import { getPurchaseOrder } from './get-purchase-order.ts'
import { listPurchaseOrders } from './list-purchase-orders.ts'
import { receivePurchaseOrder } from './receive-purchase-order.ts'
import { submitPurchaseOrder } from './submit-purchase-order.ts'

export function purchaseOrderRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listPurchaseOrdersRoute, async ({ actor, query }) => ok(await listPurchaseOrders(database, actor, query)))

  route(app, createPurchaseOrderRoute, async ({ actor, body, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createPurchaseOrder(tx, actor, body)
        return created(`/v1/inventory/purchase-orders/${made.purchaseOrder.id}`, made)
      }),
    ),
  )

  route(app, getPurchaseOrderRoute, async ({ actor, params: { id } }) =>
    resource(await getPurchaseOrder(database, actor, id)),
  )

  route(app, submitPurchaseOrderRoute, async ({ actor, params: { id }, ifMatch, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => resource(await submitPurchaseOrder(tx, actor, { id, ifMatch }))),
    ),
  )

  route(app, receivePurchaseOrderRoute, async ({ actor, params: { id }, body, ifMatch, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => resource(await receivePurchaseOrder(tx, actor, { ...body, id, ifMatch }))),
    ),
  )
}
