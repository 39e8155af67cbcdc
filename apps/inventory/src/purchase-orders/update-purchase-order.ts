import { type Actor, type BodyOf, purchaseOrderUpdated, type updatePurchaseOrderRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion, notFound } from '@dealwire/errors'
import { append, changedFields, isEmpty, newId } from '@dealwire/messaging'
import { quantityOf } from '../stock/exact.ts'
import { getPurchaseOrder } from './get-purchase-order.ts'
import { getItem, invalidState, statusAfterReceipt } from './purchase-order.ts'
import {
  type ItemAfter,
  insertAmendment,
  replaceItems,
  updatePurchaseOrderHead,
} from './purchase-order-changes.repository.ts'
import {
  findMissingProduct,
  type LockedPurchaseOrder,
  lockPurchaseOrder,
  type StoredPurchaseOrder,
} from './purchase-orders.repository.ts'

type Changes = BodyOf<typeof updatePurchaseOrderRoute>
type UpdatePurchaseOrderInput = { readonly id: string; readonly ifMatch: number | undefined; readonly changes: Changes }

const FIELDS = ['supplier', 'currency', 'expectedAt', 'notes', 'items', 'status']

/** Changes a draft, or amends an order that has gone out, which keeps a record of each amendment. */
export async function updatePurchaseOrder(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, changes }: UpdatePurchaseOrderInput,
): Promise<StoredPurchaseOrder> {
  const order = await lockPurchaseOrder(tx, actor.companyId, id)
  if (order === undefined) throw notFound('purchase order', id)
  ensureVersion(order, ifMatch)
  const { purchaseOrder: before, ...stored } = await getPurchaseOrder(tx, actor, id)
  if (Object.keys(changes).length === 0) return { purchaseOrder: before, ...stored }
  if (!['DRAFT', 'SUBMITTED', 'PARTIALLY_RECEIVED'].includes(order.status)) throw invalidState(order, 'changed')
  ensureCurrencyStays(order, changes)

  const { items, ...head } = changes
  const after = items === undefined ? undefined : await itemsAfter(tx, actor, order, items)
  if (after !== undefined) await replaceItems(tx, actor.companyId, id, after)
  await updatePurchaseOrderHead(tx, actor.companyId, id, {
    ...head,
    ...(after === undefined ? {} : { status: statusAfter(order, after) }),
  })

  const saved = await getPurchaseOrder(tx, actor, id)
  const change = changedFields(before, saved.purchaseOrder, FIELDS)
  if (isEmpty(change)) return saved
  if (order.status !== 'DRAFT')
    await insertAmendment(tx, actor.companyId, {
      id: newId(),
      purchaseOrderId: id,
      changes: change,
      actorId: actor.userId,
    })
  append(tx, actor, purchaseOrderUpdated, saved.purchaseOrder, { purchaseOrder: saved.purchaseOrder, ...change })
  return saved
}

/** An item that stays keeps its product once some of it has come; nothing falls below what has come. */
async function itemsAfter(
  tx: Tx,
  actor: Actor,
  order: LockedPurchaseOrder,
  items: NonNullable<Changes['items']>,
): Promise<ItemAfter[]> {
  const missing = await findMissingProduct(
    tx,
    actor.companyId,
    items.map((item) => item.productId),
  )
  if (missing !== undefined) throw notFound('product', missing)
  for (const { id } of items) if (id !== undefined) getItem(order.items, id)

  const below = order.items.filter((item) => {
    const after = items.find(({ id }) => id === item.id)
    const received = quantityOf(item.receivedQuantity)
    if (received === 0n) return false
    return after === undefined || after.productId !== item.productId || quantityOf(after.quantity) < received
  })
  if (below.length > 0)
    throw new AppError(
      'conflict',
      'below_received',
      `Order ${order.number} cannot be reduced below what has already been received.`,
      {
        errors: below.map((item) => ({
          itemId: item.id,
          received: Number(item.receivedQuantity),
          message: `${Number(item.receivedQuantity)} received`,
        })),
      },
    )
  return items.map(({ id, productId, quantity, unitCost }, position) => ({
    id: id ?? newId(),
    position,
    productId,
    quantity,
    unitCost,
  }))
}

function statusAfter(order: LockedPurchaseOrder, items: readonly ItemAfter[]): LockedPurchaseOrder['status'] {
  if (order.status !== 'PARTIALLY_RECEIVED') return order.status
  return statusAfterReceipt(
    items.map((item) => ({
      ordered: quantityOf(item.quantity),
      received: quantityOf(order.items.find(({ id }) => id === item.id)?.receivedQuantity ?? '0'),
    })),
  )
}

function ensureCurrencyStays(order: LockedPurchaseOrder, { currency }: Changes): void {
  if (currency === undefined || currency === order.currency || order.status !== 'PARTIALLY_RECEIVED') return
  throw invalidState(order, `changed from ${order.currency} to ${currency}`)
}
