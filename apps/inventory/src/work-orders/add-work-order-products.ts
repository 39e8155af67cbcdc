import { type Actor, type addWorkOrderProductsRoute, type BodyOf, workOrderUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { reserveStock } from '../reservations/reserve-stock.ts'
import { quantityNumber, quantityText } from '../stock/exact.ts'
import { openWorkOrder, type Target } from './open-work-order.ts'
import { saveWorkOrder } from './save-work-order.ts'
import { addWorkOrderProductRows, findWorkOrderProducts } from './work-order-products.repository.ts'
import type { StoredWorkOrder } from './work-orders.repository.ts'

const MAX_PRODUCTS = 500

export type PlannedWorkOrder = StoredWorkOrder & { readonly reservationId: string }

/** Plans products and reserves them, every line or none. */
export async function addWorkOrderProducts(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, lines }: Target & BodyOf<typeof addWorkOrderProductsRoute>,
): Promise<PlannedWorkOrder> {
  const order = await openWorkOrder(tx, actor, { id, ifMatch }, 'planned')
  const reserved = await reserveStock(tx, actor, { lines, workOrderId: id, dealId: order.dealId })
  await addWorkOrderProductRows(
    tx,
    actor.companyId,
    id,
    reserved.lines.map((line) => ({ ...placeOf(line), planned: quantityText(line.wanted) })),
  )
  const products = await findWorkOrderProducts(tx, actor.companyId, id)
  if (products.length > MAX_PRODUCTS)
    throw new AppError('conflict', 'too_many_products', `A work order has at most ${MAX_PRODUCTS} different products.`)

  const details = { lines: reserved.lines.map((line) => ({ ...placeOf(line), quantity: quantityNumber(line.wanted) })) }
  const saved = await saveWorkOrder(tx, actor, order, { step: 'planned', details, events: [workOrderUpdated] })
  return { ...saved, reservationId: reserved.id }
}

function placeOf({ productId, locationId }: { productId: string; locationId: string }) {
  return { productId, locationId }
}
