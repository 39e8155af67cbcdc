import {
  type Actor,
  addWorkOrderDevicesRoute,
  addWorkOrderProductsRoute,
  approveWorkOrderRoute,
  assignWorkOrderRoute,
  type BodyOf,
  bulkDeleteWorkOrdersRoute,
  cancelWorkOrderRoute,
  createWorkOrderRoute,
  getWorkOrderRoute,
  listDeactivatedDevicesRoute,
  listWorkOrderActivityRoute,
  listWorkOrdersRoute,
  type Route,
  returnWorkOrderRoute,
  startWorkOrderRoute,
  submitWorkOrderRoute,
  updateWorkOrderRoute,
  workOrderCalendarRoute,
} from '@dealwire/contracts'
import { type Tx, withTx } from '@dealwire/db/client'
import { created, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { ensureKnown } from '../directory/ensure-known.ts'
import { addWorkOrderDevices } from './add-work-order-devices.ts'
import { addWorkOrderProducts } from './add-work-order-products.ts'
import { approveWorkOrder } from './approve-work-order.ts'
import { assignWorkOrder } from './assign-work-order.ts'
import { cancelWorkOrder } from './cancel-work-order.ts'
import { createWorkOrder } from './create-work-order.ts'
import { deleteWorkOrders } from './delete-work-orders.ts'
import { getWorkOrder } from './get-work-order.ts'
import { getCalendar, listDeactivatedDevices, listWorkOrderActivity, listWorkOrders } from './list-work-orders.ts'
import type { Target } from './open-work-order.ts'
import { returnWorkOrder } from './return-work-order.ts'
import { startWorkOrder } from './start-work-order.ts'
import { submitWorkOrder } from './submit-work-order.ts'
import { updateWorkOrder } from './update-work-order.ts'
import type { StoredWorkOrder } from './work-orders.repository.ts'

export function workOrderRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listWorkOrdersRoute, async ({ actor, query }) => ok(await listWorkOrders(database, actor, query)))
  route(app, workOrderCalendarRoute, async ({ actor, query }) => ok(await getCalendar(database, actor, query)))
  route(app, listDeactivatedDevicesRoute, async ({ actor, query }) =>
    ok(await listDeactivatedDevices(database, actor, query)),
  )
  route(app, getWorkOrderRoute, async ({ actor, params: { id } }) => resource(await getWorkOrder(database, actor, id)))
  route(app, listWorkOrderActivityRoute, async ({ actor, params: { id }, query }) =>
    ok(await listWorkOrderActivity(database, actor, { ...query, id })),
  )

  route(app, createWorkOrderRoute, async ({ actor, body, idempotency }) => {
    await ensureKnown(database, actor, { ...body, userIds: body.assigneeIds })
    return withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createWorkOrder(tx, actor, body)
        return created(`/v1/work-orders/${made.workOrder.id}`, made)
      }),
    )
  })

  route(app, updateWorkOrderRoute, async ({ actor, params: { id }, body, ifMatch }) => {
    await ensureKnown(database, actor, { ...body, userIds: body.assigneeIds })
    return withTx(database, async (tx) => resource(await updateWorkOrder(tx, actor, { id, ifMatch, changes: body })))
  })

  route(app, assignWorkOrderRoute, async ({ actor, params: { id }, body, ifMatch, idempotency }) => {
    await ensureKnown(database, actor, { userIds: body.assigneeIds })
    return withTx(database, (tx) =>
      once(tx, idempotency, async () => resource(await assignWorkOrder(tx, actor, { ...body, id, ifMatch }))),
    )
  })

  /** A step of the order's life: its command in one transaction, once per idempotency key, answered with the order. */
  function step<R extends Route>(
    spec: R,
    command: (tx: Tx, actor: Actor, input: Target & BodyOf<R>) => Promise<StoredWorkOrder>,
  ): void {
    route<Route>(app, spec, async ({ actor, params, body, ifMatch, idempotency }) => {
      // The path and the body were parsed by this very spec, which its general type cannot carry.
      const input = { ...(body as object), id: (params as { id: string }).id, ifMatch } as Target & BodyOf<R>
      return withTx(database, (tx) => once(tx, idempotency, async () => resource(await command(tx, actor, input))))
    })
  }
  step(startWorkOrderRoute, startWorkOrder)
  step(addWorkOrderProductsRoute, addWorkOrderProducts)
  step(addWorkOrderDevicesRoute, addWorkOrderDevices)
  step(submitWorkOrderRoute, submitWorkOrder)
  step(approveWorkOrderRoute, approveWorkOrder)
  step(cancelWorkOrderRoute, cancelWorkOrder)
  step(returnWorkOrderRoute, returnWorkOrder)

  route(app, bulkDeleteWorkOrdersRoute, async ({ actor, body, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const answer = await deleteWorkOrders(tx, actor, body)
        return { status: answer.summary.failed === 0 ? 200 : 207, body: answer }
      }),
    ),
  )
}
