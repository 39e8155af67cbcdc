import type { PurchaseOrderStatus } from '@dealwire/contracts'
import { AppError, notFound } from '@dealwire/errors'
import { moneyOf } from '../stock/exact.ts'

type Order = { readonly number: string; readonly status: PurchaseOrderStatus }
type Item = { readonly id: string; readonly productId: string }

/** What was ordered and what has come, in thousandths. */
export type Progress = { readonly ordered: bigint; readonly received: bigint }

export function invalidState(order: Order, action: string): AppError {
  return new AppError('conflict', 'invalid_state', `Order ${order.number} is ${order.status} and cannot be ${action}.`)
}

/** Goods come in on submitted orders; one that is complete takes no more. */
export function ensureReceivable(order: Order): void {
  if (order.status === 'SUBMITTED' || order.status === 'PARTIALLY_RECEIVED') return
  if (order.status === 'RECEIVED')
    throw new AppError('conflict', 'over_receipt', `Order ${order.number} has been received in full.`)
  throw invalidState(order, 'received')
}

export function getItem<I extends Item>(items: readonly I[], id: string): I {
  const item = items.find((one) => one.id === id)
  if (item === undefined) throw notFound('purchase order item', id)
  return item
}

/** Follows from the items alone. */
export function statusAfterReceipt(items: readonly Progress[]): PurchaseOrderStatus {
  return items.every((item) => item.received >= item.ordered) ? 'RECEIVED' : 'PARTIALLY_RECEIVED'
}

/** The most that may come when `ordered` thousandths were asked for; percent has at most two decimals. */
export function withTolerance(ordered: bigint, percent: string | number): bigint {
  return ordered + (ordered * moneyOf(percent)) / 10_000n
}
