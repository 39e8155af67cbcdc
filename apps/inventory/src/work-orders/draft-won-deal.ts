import { type Author, workOrderCreated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import { reserveStock } from '../reservations/reserve-stock.ts'
import { quantityNumber, quantityText } from '../stock/exact.ts'
import { tellWorkOrder } from './save-work-order.ts'
import { findStockable, hasWorkOrder, lockWonDeal } from './won-deal.repository.ts'
import { addWorkOrderProductRows } from './work-order-products.repository.ts'
import { insertWorkOrder } from './work-orders.repository.ts'

export type WonDeal = {
  readonly id: string
  readonly title: string
  readonly customerId: string | null
  readonly createdById: string | null
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[]
}

/**
 * Drafts the work order of a deal that was won and reserves what there is of its products; what is short is planned and not reserved,
 * and the order's log says so.
 * A deal that was won before keeps the order it has.
 */
export async function draftWonDeal(tx: Tx, author: Author, timeZone: string, deal: WonDeal): Promise<void> {
  const known = await findStockable(
    tx,
    author.companyId,
    deal.lines.map((line) => line.productId),
  )
  const lines = deal.lines.filter((line) => known.includes(line.productId))
  if (lines.length === 0) return
  await lockWonDeal(tx, author.companyId, deal.id)
  if (await hasWorkOrder(tx, author.companyId, deal.id)) return

  const id = newId()
  await insertWorkOrder(tx, author.companyId, timeZone, {
    id,
    title: deal.title,
    description: null,
    kind: 'INSTALLATION',
    priority: 'MEDIUM',
    customerId: deal.customerId,
    dealId: deal.id,
    parentId: null,
    address: null,
    scheduledStart: null,
    scheduledEnd: null,
    assigneeIds: [],
    createdById: deal.createdById,
    correlationId: author.requestId,
  })
  const reserved = await reserveStock(tx, author, { lines, workOrderId: id, dealId: deal.id, partial: true })
  await addWorkOrderProductRows(
    tx,
    author.companyId,
    id,
    reserved.lines.map(({ productId, locationId, wanted }) => ({
      productId,
      locationId,
      planned: quantityText(wanted),
    })),
  )
  const short = reserved.lines.filter((line) => line.held === 0n)
  const details = {
    dealId: deal.id,
    correlationId: author.requestId,
    notReserved: short.map(({ productId, locationId, wanted }) => ({
      productId,
      locationId,
      quantity: quantityNumber(wanted),
    })),
    unknownProductIds: deal.lines.map(({ productId }) => productId).filter((productId) => !known.includes(productId)),
  }
  await tellWorkOrder(tx, author, id, { step: 'created', details, events: [workOrderCreated] })
}
