import { type Author, stockLow } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append } from '@dealwire/messaging'
import { quantityNumber } from './exact.ts'
import { available, type Level } from './level.ts'
import { deleteLowStock, insertLowStock } from './low-stock.repository.ts'

type Crossing = { readonly level: Level; readonly before: bigint; readonly after: bigint; readonly threshold: bigint }

/**
 * Tells of products that fell to their reorder level. Costs nothing unless one crossed it; which of two at once crossed it, the row decides.
 * Changes at two locations may each miss what the other did: `checkLowStock` finds those.
 */
export async function noteLowStock(tx: Tx, author: Author, levels: readonly Level[]): Promise<void> {
  const crossings = crossingsOf(levels)
  const fallen = crossings.filter(({ after, threshold }) => after <= threshold)
  const recovered = crossings.filter(({ after, threshold }) => after > threshold)
  if (recovered.length > 0) await deleteLowStock(tx, author.companyId, recovered.map(productOf))
  if (fallen.length === 0) return
  const told = new Set(await insertLowStock(tx, author.companyId, fallen.map(productOf)))
  for (const { level, after, threshold } of fallen) {
    if (!told.has(level.productId)) continue
    append(
      tx,
      author,
      stockLow,
      { id: level.productId, version: 1 },
      {
        productId: level.productId,
        sku: level.sku,
        productName: level.productName,
        available: quantityNumber(after),
        reorderLevel: quantityNumber(threshold),
        reorderQuantity: level.reorderQuantity === null ? null : quantityNumber(level.reorderQuantity),
      },
    )
  }
}

const productOf = ({ level }: Crossing) => level.productId

/** In product order, as the levels are: rows of two transactions are written in one order. */
function crossingsOf(levels: readonly Level[]): Crossing[] {
  const changes = new Map<string, { level: Level; change: bigint }>()
  for (const level of levels) {
    if (level.reorderLevel === null) continue
    const known = changes.get(level.productId)
    const change = available(level) - (level.before.onHand - level.before.reserved)
    changes.set(level.productId, { level, change: (known?.change ?? 0n) + change })
  }
  return [...changes.values()]
    .map(({ level, change }) => ({
      level,
      before: level.productAvailable,
      after: level.productAvailable + change,
      threshold: level.reorderLevel ?? 0n,
    }))
    .filter(({ before, after, threshold }) => before <= threshold !== after <= threshold)
}
