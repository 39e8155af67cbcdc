import { type Actor, type AnswerOf, type BodyOf, type createAdjustmentRoute, stockAdjusted } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import { ensureAvailable, summedByLevel } from './ensure-available.ts'
import { moneyText, quantityNumber, quantityOf, unitCostOf } from './exact.ts'
import { consume, currentUnitCost, type Level, receive } from './level.ts'
import { openStock } from './open-stock.ts'
import { postStock, sumOf, valueChange } from './post-stock.ts'

type Adjustment = AnswerOf<typeof createAdjustmentRoute, 201>

/**
 * Corrects stock, every line or none. What is found comes in first, at its own or the current cost (the one before this request);
 * what is missing then leaves from the oldest layers.
 */
export async function adjustStock(
  tx: Tx,
  actor: Actor,
  input: BodyOf<typeof createAdjustmentRoute>,
): Promise<Adjustment> {
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

  const posting = await postStock(tx, actor, stock, { kind: 'ADJUSTMENT', event: stockAdjusted })
  return {
    id: posting.id,
    occurredAt: posting.occurredAt,
    currency: posting.currency,
    lines: posting.levels.map(lineOf),
    totalValue: moneyText(sumOf(posting.levels)),
  }
}

function lineOf(level: Level): Adjustment['lines'][number] {
  return {
    productId: level.productId,
    locationId: level.locationId,
    quantity: quantityNumber(level.onHand - level.before.onHand),
    value: moneyText(valueChange(level)),
    onHandAfter: quantityNumber(level.onHand),
    valueAfter: moneyText(level.value),
  }
}
