import { type Actor, type BodyOf, type returnWorkOrderRoute, workOrderReturned } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { moneyText, quantityOf, quantityText } from '../stock/exact.ts'
import { valueChange } from '../stock/post-stock.ts'
import { returnStock } from '../stock/return-stock.ts'
import { openWorkOrder, type Target } from './open-work-order.ts'
import { saveWorkOrder } from './save-work-order.ts'
import { tracedBy } from './traced-by.ts'
import { returnWorkOrderProductRows } from './work-order-products.repository.ts'
import type { StoredWorkOrder } from './work-orders.repository.ts'

/** Gives used units back at the cost at which they left. */
export async function returnWorkOrder(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, lines }: Target & BodyOf<typeof returnWorkOrderRoute>,
): Promise<StoredWorkOrder> {
  const order = await openWorkOrder(tx, actor, { id, ifMatch }, 'returned')
  const by = tracedBy(actor, order)
  const posting = await returnStock(tx, by, {
    workOrderId: id,
    lines: lines.map((line) => ({ ...line, quantity: quantityOf(line.quantity) })),
  })
  const returned = posting.levels.map((level) => ({
    productId: level.productId,
    locationId: level.locationId,
    returned: quantityText(level.onHand - level.before.onHand),
    value: moneyText(valueChange(level)),
  }))
  await returnWorkOrderProductRows(tx, actor.companyId, id, returned)
  return saveWorkOrder(tx, by, order, {
    step: 'returned',
    details: { postingId: posting.id },
    events: [workOrderReturned],
  })
}
