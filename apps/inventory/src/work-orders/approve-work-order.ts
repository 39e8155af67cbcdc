import { type Actor, type approveWorkOrderRoute, type BodyOf, workOrderApproved } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { ensureDefaultLocation } from '../locations/ensure-default-location.ts'
import { freeHolds, lockWorkOrderHolds } from '../reservations/work-order-holds.ts'
import { quantityOf } from '../stock/exact.ts'
import { drawLocked } from './draw-for-work-order.ts'
import { openWorkOrder, type Target } from './open-work-order.ts'
import { saveWorkOrder } from './save-work-order.ts'
import { tracedBy } from './traced-by.ts'
import { findWorkOrderProducts } from './work-order-products.repository.ts'
import { findFamily, type StoredWorkOrder } from './work-orders.repository.ts'

type Actual = NonNullable<BodyOf<typeof approveWorkOrderRoute>['lines']>

/** Consumes what was planned and not used yet, and approves: both or neither. */
export async function approveWorkOrder(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, lines: actual = [] }: Target & BodyOf<typeof approveWorkOrderRoute>,
): Promise<StoredWorkOrder> {
  const order = await openWorkOrder(tx, actor, { id, ifMatch }, 'approved')
  await ensurePartsAreOver(tx, actor, order)

  const by = tracedBy(actor, order)
  const lines = await outstanding(tx, actor, id, actual)
  if (lines.length > 0) await drawLocked(tx, by, { workOrderId: id, lines, isLast: true })
  else await freeHolds(tx, by, await lockWorkOrderHolds(tx, actor.companyId, [id]))

  const approvedAt = new Date().toISOString()
  const after = { ...order, status: 'APPROVED', approvedAt, approvedById: actor.userId } as const
  return saveWorkOrder(tx, by, after, { step: 'approved', details: {}, events: [workOrderApproved] })
}

/** What is planned and not used, unless the caller says what was really used of it. */
async function outstanding(tx: Tx, actor: Actor, id: string, actual: Actual) {
  const defaultLocation = await ensureDefaultLocation(tx, actor.companyId)
  const open = new Map<string, { productId: string; locationId: string; quantity: bigint }>()
  const keyOf = (place: { productId: string; locationId: string }) => `${place.productId} ${place.locationId}`
  for (const { productId, locationId, planned, used } of await findWorkOrderProducts(tx, actor.companyId, id)) {
    const line = { productId, locationId, quantity: quantityOf(planned) - quantityOf(used) }
    open.set(keyOf(line), line)
  }
  const said = actual.map(({ productId, locationId }) => ({ productId, locationId: locationId ?? defaultLocation.id }))
  for (const place of said) open.set(keyOf(place), { ...place, quantity: 0n })
  for (const [index, place] of said.entries()) {
    const line = open.get(keyOf(place))
    if (line !== undefined) line.quantity += quantityOf(actual[index]?.quantity ?? 0)
  }
  return [...open.values()].filter((line) => line.quantity > 0n)
}

async function ensurePartsAreOver(tx: Tx, actor: Actor, order: { id: string; number: string }): Promise<void> {
  const family = await findFamily(tx, actor.companyId, order.id)
  if ((family?.openParts ?? 0) === 0) return
  throw new AppError(
    'conflict',
    'open_parts',
    `Work order ${order.number} has ${family?.openParts} parts that are neither approved nor cancelled.`,
  )
}
