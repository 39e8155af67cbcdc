import type { EventOf } from '@dealwire/messaging'
import { projection } from '../projections/projection.ts'
import { productChanges, productDeleted, stockMoves } from './stock-events.ts'
import { insertStockFacts, upsertProductFacts, upsertStockLevels } from './stock-facts.repository.ts'

type ProductEvent = EventOf<(typeof productChanges)[number]> | EventOf<typeof productDeleted>

export const projectProducts = projection(
  [...productChanges, productDeleted],
  async (tx, events: readonly ProductEvent[]) => {
    await upsertProductFacts(
      tx,
      events.map((event) => {
        const head = { company_id: event.companyid, id: event.subject, version: event.aggregateversion }
        if (event.type === productDeleted.type)
          return { ...head, name: null, category: null, reorder_level: null, active: false, deleted: true }
        const { product } = event.data
        return {
          ...head,
          name: product.name,
          category: product.category ?? null,
          reorder_level: product.reorderLevel ?? null,
          active: product.active ?? true,
          deleted: false,
        }
      }),
    )
  },
)

type StockMove = EventOf<(typeof stockMoves)[number]>

const kinds: Readonly<Record<StockMove['type'], string>> = {
  'crm.inventory.stock.received': 'RECEIPT',
  'crm.inventory.stock.consumed': 'CONSUMPTION',
  'crm.inventory.stock.adjusted': 'ADJUSTMENT',
  'crm.inventory.stock.transferred': 'TRANSFER',
  'crm.inventory.stock.returned': 'RETURN',
}

/** One row per line of a posting, and the level that the latest line tells of. */
export const projectStock = projection(stockMoves, async (tx, events: readonly StockMove[]) => {
  await insertStockFacts(tx, events.flatMap(movements))
  await upsertStockLevels(tx, events.flatMap(levels))
})

function movements({ companyid, type, data }: StockMove) {
  return data.lines.map((line) => ({
    company_id: companyid,
    posting_id: data.postingId,
    product_id: line.productId,
    location_id: line.locationId,
    kind: kinds[type],
    quantity: line.quantity,
    value: line.value,
    work_order_id: data.workOrderId ?? null,
    occurred_at: data.occurredAt,
  }))
}

function levels({ companyid, data }: StockMove) {
  return data.lines.map((line) => ({
    company_id: companyid,
    product_id: line.productId,
    location_id: line.locationId,
    version: line.seq,
    on_hand: line.after.onHand,
    reserved: line.after.reserved,
    value: line.after.value,
    currency: data.currency,
  }))
}
