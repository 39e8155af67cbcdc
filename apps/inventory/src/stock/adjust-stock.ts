import {
  type Actor,
  type BodyOf,
  type createAdjustmentRoute,
  type StockChange,
  stockAdjusted,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import { ensureAvailable, summedByLevel } from './ensure-available.ts'
import { quantityOf, unitCostOf } from './exact.ts'
import { consume, currentUnitCost, receive } from './level.ts'
import { openStock } from './open-stock.ts'
import { postStock } from './post-stock.ts'
import { stockChangeOf } from './stock-change.ts'

/**
 * Corrects stock, every line or none. What is found comes in first, at its own or the current cost (the one before this request);
 * what is missing then leaves from the oldest layers.
 */
export async function adjustStock(
  tx: Tx,
  actor: Actor,
  input: BodyOf<typeof createAdjustmentRoute>,
): Promise<StockChange> {
  const lines = input.lines.map((line) => ({ ...line, signed: quantityOf(line.quantity) }))
  const found = lines.filter((line) => line.signed > 0n)
  const missing = lines.filter((line) => line.signed < 0n)
  const stock = await openStock(
    tx,
    actor,
    lines.map((line) => ({ ...line, quantity: line.signed < 0n ? -line.signed : 0n })),
  )

  const costs = new Map(stock.levels.map((level) => [level, currentUnitCost(level)]))
  for (const line of found) {
    const level = stock.levelOf(line)
    const unitCost = typeof line.unitCost === 'string' ? unitCostOf(line.unitCost) : (costs.get(level) ?? 0n)
    receive(level, { quantity: line.signed, unitCost, reason: line.reason }, newId)
  }
  ensureAvailable(summedByLevel(missing, stock.levelOf, (line) => -line.signed))
  for (const line of missing) consume(stock.levelOf(line), -line.signed, line.reason ?? null, newId)

  const posting = await postStock(tx, actor, stock, { kind: input.kind, event: stockAdjusted })
  return stockChangeOf(posting)
}
