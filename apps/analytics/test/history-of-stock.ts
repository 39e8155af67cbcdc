import { iso, money } from './amounts.ts'
import type { Random } from './random.ts'
import type { Tell } from './tell.ts'

export type Product = { id: string; reorderLevel: number | null; active: boolean; deleted: boolean }
export type Level = { productId: string; onHand: number; reserved: number; cents: number; seq: number }
/** What one posting did to one product in one place. */
export type Movement = {
  kind: 'received' | 'consumed' | 'returned' | 'adjusted'
  productId: string
  quantity: number
  cents: number
  at: number
  workOrderId: string | null
}

const MOVEMENTS = 80
const SPREAD_MS = 60 * 86_400_000

/** Work orders consume and return; the rest comes in and is counted. */
export function liveStock(random: Random, tell: Tell, start: number, workOrderIds: readonly string[]) {
  const products = Array.from({ length: 8 }, () => liveProduct(random, tell, start))
  const levels = new Map<string, Level>()
  const locations = [random.uuid(), random.uuid()]
  const movements: Movement[] = []
  for (let step = 0; step < MOVEMENTS; step++) {
    const { id: productId } = random.pick(products)
    const locationId = random.pick(locations)
    const key = `${productId} ${locationId}`
    const before = levels.get(key) ?? { productId, onHand: 0, reserved: 0, cents: 0, seq: 0 }
    const at = start + Math.floor((step * SPREAD_MS) / MOVEMENTS)
    const movement = move(random, before, at, workOrderIds)
    const after = {
      productId,
      onHand: before.onHand + movement.quantity,
      reserved: 0,
      cents: before.cents + movement.cents,
      seq: before.seq + 1 + random.below(2),
    }
    after.reserved = random.below(after.onHand + 1)
    levels.set(key, after)
    movements.push(movement)
    const postingId = random.uuid()
    const level = (one: Level) => ({ onHand: one.onHand, reserved: one.reserved, value: money(one.cents) })
    const { quantity, cents, workOrderId } = movement
    const line = { productId, locationId, quantity, value: money(cents), seq: after.seq }
    tell(`crm.inventory.stock.${movement.kind}`, postingId, 1, at, {
      postingId,
      workOrderId,
      occurredAt: iso(at),
      currency: 'GEL',
      lines: [{ ...line, before: level(before), after: level(after) }],
    })
  }
  return { products, levels, movements }
}

function move(random: Random, before: Level, at: number, workOrderIds: readonly string[]): Movement {
  const isOut = before.onHand > 0 && random.chance(0.5)
  const quantity = isOut ? -(1 + random.below(before.onHand)) : 1 + random.below(30)
  const cents = isOut ? Math.round((before.cents * quantity) / before.onHand) : quantity * (100 + random.below(900))
  const kind = isOut
    ? random.pick(['consumed', 'consumed', 'consumed', 'adjusted'] as const)
    : random.pick(['received', 'received', 'received', 'returned'] as const)
  const isOfWork = kind === 'consumed' || kind === 'returned'
  const workOrderId = isOfWork && random.chance(0.8) ? random.pick(workOrderIds) : null
  return { kind, productId: before.productId, quantity, cents, at, workOrderId }
}

function liveProduct(random: Random, tell: Tell, start: number): Product {
  const product = {
    id: random.uuid(),
    reorderLevel: random.pick([null, 0, 5, 20]),
    active: random.chance(0.8),
    deleted: random.chance(0.1),
  }
  tell('crm.inventory.product.created', product.id, 1, start, {
    product: { ...product, name: 'Product', category: null, reorderLevel: 3 },
  })
  tell('crm.inventory.product.updated', product.id, 2, start, {
    product: { ...product, name: 'Product', category: null },
  })
  if (product.deleted) tell('crm.inventory.product.deleted', product.id, 3, start, { product })
  return product
}
