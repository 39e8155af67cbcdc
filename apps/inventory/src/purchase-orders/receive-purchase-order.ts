import {
  type Actor,
  type BodyOf,
  purchaseOrderReceived,
  type receivePurchaseOrderRoute,
  stockReceived,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion, notFound } from '@dealwire/errors'
import { append, newId } from '@dealwire/messaging'
import { getSettings } from '../settings/get-settings.ts'
import { quantityNumber, quantityOf, quantityText, unitCostOf } from '../stock/exact.ts'
import { receive } from '../stock/level.ts'
import { openStock } from '../stock/open-stock.ts'
import { postStock } from '../stock/post-stock.ts'
import { getPurchaseOrder } from './get-purchase-order.ts'
import { ensureReceivable, getItem, statusAfterReceipt, withTolerance } from './purchase-order.ts'
import {
  type LockedItem,
  type LockedPurchaseOrder,
  lockPurchaseOrder,
  type StoredPurchaseOrder,
  updatePurchaseOrderRow,
} from './purchase-orders.repository.ts'

type ReceivePurchaseOrderInput = BodyOf<typeof receivePurchaseOrderRoute> & {
  readonly id: string
  readonly ifMatch: number | undefined
}

/** Receives goods, every line or none: each becomes a FIFO layer at its landed cost. The order is locked before the stock, always. */
export async function receivePurchaseOrder(
  tx: Tx,
  actor: Actor,
  input: ReceivePurchaseOrderInput,
): Promise<StoredPurchaseOrder> {
  const order = await lockPurchaseOrder(tx, actor.companyId, input.id)
  if (order === undefined) throw notFound('purchase order', input.id)
  ensureVersion(order, input.ifMatch)
  ensureReceivable(order)
  const lines = input.lines.map((line) => ({
    ...line,
    item: getItem(order.items, line.itemId),
    received: quantityOf(line.quantity),
  }))
  const items = progressOf(order.items, lines)
  await ensureNotTooMuch(tx, actor, order, items)

  const stock = await openStock(
    tx,
    actor,
    lines.map((line) => ({ productId: line.item.productId, locationId: line.locationId, quantity: 0n })),
  )
  for (const line of lines) {
    const level = stock.levelOf({ productId: line.item.productId, locationId: line.locationId })
    const unitCost = unitCostOf(line.unitCost ?? costInCompanyCurrency(order, line.item, actor.company.currency))
    receive(level, { quantity: line.received, unitCost, lotCode: line.lotCode, expiresAt: line.expiresAt }, newId)
  }
  const posting = await postStock(tx, actor, stock, {
    kind: 'RECEIPT',
    event: stockReceived,
    purchaseOrderId: order.id,
  })
  await updatePurchaseOrderRow(tx, actor.companyId, order.id, {
    status: statusAfterReceipt(items),
    received: items
      .filter(({ arriving }) => arriving > 0n)
      .map(({ id, arriving }) => ({ id, quantity: quantityText(arriving) })),
  })

  const saved = await getPurchaseOrder(tx, actor, order.id)
  append(tx, actor, purchaseOrderReceived, saved.purchaseOrder, {
    purchaseOrder: saved.purchaseOrder,
    postingId: posting.id,
  })
  return saved
}

type ReceivedItem = { id: string; ordered: bigint; arriving: bigint; received: bigint }

/** Lines of one item are summed. */
function progressOf(
  items: readonly LockedItem[],
  lines: readonly { itemId: string; received: bigint }[],
): ReceivedItem[] {
  return items.map((item) => {
    const arriving = lines.reduce((sum, line) => (line.itemId === item.id ? sum + line.received : sum), 0n)
    return {
      id: item.id,
      ordered: quantityOf(item.quantity),
      arriving,
      received: quantityOf(item.receivedQuantity) + arriving,
    }
  })
}

/** The settings are asked only when more comes than was ordered. */
async function ensureNotTooMuch(
  tx: Tx,
  actor: Actor,
  order: LockedPurchaseOrder,
  items: readonly ReceivedItem[],
): Promise<void> {
  const over = items.filter((item) => item.arriving > 0n && item.received > item.ordered)
  if (over.length === 0) return
  const { overReceiptPercent } = await getSettings(tx, actor.companyId)
  const tooMuch = over.filter((item) => {
    const own = order.items.find(({ id }) => id === item.id)?.overReceiptPercent
    return item.received > withTolerance(item.ordered, own ?? overReceiptPercent)
  })
  if (tooMuch.length === 0) return
  throw new AppError(
    'conflict',
    'over_receipt',
    `This is more than order ${order.number} still expects; nothing was received.`,
    {
      errors: tooMuch.map((item) => {
        const open = quantityNumber(item.ordered - (item.received - item.arriving))
        return {
          itemId: item.id,
          requested: quantityNumber(item.arriving),
          open,
          message: `${quantityNumber(item.arriving)} received, ${open} open`,
        }
      }),
    },
  )
}

/** Stock is valued in the company's currency: what an order in another one has cost must be said on receipt. */
function costInCompanyCurrency(order: LockedPurchaseOrder, item: LockedItem, currency: string): string {
  if (order.currency === currency) return item.unitCost
  throw new AppError(
    'conflict',
    'currency_rate_missing',
    `Order ${order.number} is in ${order.currency}, stock is valued in ${currency}: give each line its unitCost in ${currency}.`,
  )
}
