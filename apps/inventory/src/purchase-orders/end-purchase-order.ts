import { type Actor, purchaseOrderCancelled, purchaseOrderClosed } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { quantityOf } from '../stock/exact.ts'
import { getPurchaseOrder } from './get-purchase-order.ts'
import { invalidState } from './purchase-order.ts'
import {
  type LockedPurchaseOrder,
  lockPurchaseOrder,
  type StoredPurchaseOrder,
  updatePurchaseOrderRow,
} from './purchase-orders.repository.ts'

type Target = { readonly id: string; readonly ifMatch: number | undefined }

/** Closes an order that has gone out: what is missing is no longer on order. */
export async function closePurchaseOrder(tx: Tx, actor: Actor, target: Target): Promise<StoredPurchaseOrder> {
  const order = await openOrder(tx, actor, target)
  if (order.status !== 'SUBMITTED' && order.status !== 'PARTIALLY_RECEIVED') throw invalidState(order, 'closed')
  return endAs(tx, actor, order, 'CLOSED')
}

/** Cancels an order of which nothing has come; a receipt at the same moment comes first or finds it cancelled. */
export async function cancelPurchaseOrder(tx: Tx, actor: Actor, target: Target): Promise<StoredPurchaseOrder> {
  const order = await openOrder(tx, actor, target)
  const isUntouched = order.items.every((item) => quantityOf(item.receivedQuantity) === 0n)
  if (!isUntouched || (order.status !== 'DRAFT' && order.status !== 'SUBMITTED')) throw invalidState(order, 'cancelled')
  return endAs(tx, actor, order, 'CANCELLED')
}

async function openOrder(tx: Tx, actor: Actor, { id, ifMatch }: Target): Promise<LockedPurchaseOrder> {
  const order = await lockPurchaseOrder(tx, actor.companyId, id)
  if (order === undefined) throw notFound('purchase order', id)
  ensureVersion(order, ifMatch)
  return order
}

async function endAs(
  tx: Tx,
  actor: Actor,
  { id }: LockedPurchaseOrder,
  status: 'CLOSED' | 'CANCELLED',
): Promise<StoredPurchaseOrder> {
  await updatePurchaseOrderRow(tx, actor.companyId, id, { status, received: [] })
  const saved = await getPurchaseOrder(tx, actor, id)
  const event = status === 'CLOSED' ? purchaseOrderClosed : purchaseOrderCancelled
  append(tx, actor, event, saved.purchaseOrder, { purchaseOrder: saved.purchaseOrder })
  return saved
}
