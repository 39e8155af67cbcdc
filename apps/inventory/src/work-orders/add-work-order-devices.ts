import { type Actor, type addWorkOrderDevicesRoute, type BodyOf, workOrderUpdated } from '@dealwire/contracts'
import { isConstraint, type Tx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { newId } from '@dealwire/messaging'
import { openWorkOrder, type Target } from './open-work-order.ts'
import { saveWorkOrder } from './save-work-order.ts'
import { insertDevices } from './work-order-products.repository.ts'
import type { StoredWorkOrder } from './work-orders.repository.ts'

/** Notes devices that were taken out of service. */
export async function addWorkOrderDevices(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, devices }: Target & BodyOf<typeof addWorkOrderDevicesRoute>,
): Promise<StoredWorkOrder> {
  const order = await openWorkOrder(tx, actor, { id, ifMatch }, 'equipped')
  await insertDevices(
    tx,
    actor.companyId,
    devices.map((device) => ({
      id: newId(),
      workOrderId: id,
      productId: device.productId ?? null,
      serial: device.serial,
      condition: device.condition,
      notes: device.notes ?? null,
      createdById: actor.userId,
    })),
  ).catch((error: unknown) => {
    const isUnknown = isConstraint(error, 'deactivated_devices_company_id_product_id_fkey')
    throw isUnknown ? notFound('product', devices.find((device) => device.productId)?.productId ?? '') : error
  })
  const details = { serials: devices.map((device) => device.serial) }
  return saveWorkOrder(tx, actor, order, { step: 'equipped', details, events: [workOrderUpdated] })
}
