import {
  cancelPurchaseOrderRoute,
  closePurchaseOrderRoute,
  createPurchaseOrderRoute,
  getPurchaseOrderRoute,
  listPurchaseAmendmentsRoute,
  listPurchaseOrdersRoute,
  listPurchaseReceiptsRoute,
  receivePurchaseOrderRoute,
  submitPurchaseOrderRoute,
  updatePurchaseOrderRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { created, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { createPurchaseOrder } from './create-purchase-order.ts'
import { cancelPurchaseOrder, closePurchaseOrder } from './end-purchase-order.ts'
import { getPurchaseOrder } from './get-purchase-order.ts'
import { listPurchaseOrders } from './list-purchase-orders.ts'
import { listPurchaseAmendments, listPurchaseReceipts } from './list-purchase-records.ts'
import { receivePurchaseOrder } from './receive-purchase-order.ts'
import { submitPurchaseOrder } from './submit-purchase-order.ts'
import { updatePurchaseOrder } from './update-purchase-order.ts'

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

  route(app, updatePurchaseOrderRoute, async ({ actor, params: { id }, body, ifMatch }) =>
    withTx(database, async (tx) => resource(await updatePurchaseOrder(tx, actor, { id, ifMatch, changes: body }))),
  )

  route(app, closePurchaseOrderRoute, async ({ actor, params: { id }, ifMatch, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => resource(await closePurchaseOrder(tx, actor, { id, ifMatch }))),
    ),
  )

  route(app, cancelPurchaseOrderRoute, async ({ actor, params: { id }, ifMatch, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => resource(await cancelPurchaseOrder(tx, actor, { id, ifMatch }))),
    ),
  )

  route(app, listPurchaseReceiptsRoute, async ({ actor, params: { id }, query }) =>
    ok(await listPurchaseReceipts(database, actor, { ...query, id })),
  )
  route(app, listPurchaseAmendmentsRoute, async ({ actor, params: { id }, query }) =>
    ok(await listPurchaseAmendments(database, actor, { ...query, id })),
  )
}
