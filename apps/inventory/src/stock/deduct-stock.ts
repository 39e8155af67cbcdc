import { type Actor, type AnswerOf, type BodyOf, type createDeductionRoute, stockConsumed } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { newId } from '@dealwire/messaging'
import { ensureAvailable, summedByLevel } from './ensure-available.ts'
import { moneyText, quantityNumber, quantityOf, unitCostText } from './exact.ts'
import { consume, type Level } from './level.ts'
import { openStock } from './open-stock.ts'
import { postStock, sumOf, valueChange } from './post-stock.ts'

export type Deduction = AnswerOf<typeof createDeductionRoute, 201>

/** Takes stock out, oldest layers first: every line or none. Three statements however many lines there are. */
export async function deductStock(
  tx: Tx,
  actor: Actor,
  input: BodyOf<typeof createDeductionRoute>,
): Promise<Deduction> {
  // No work order exists before there are work orders.
  if (typeof input.workOrderId === 'string') throw notFound('work order', input.workOrderId)

  const lines = input.lines.map((line) => ({ ...line, quantity: quantityOf(line.quantity) }))
  const stock = await openStock(tx, actor, lines)
  const wanted = summedByLevel(lines, stock.levelOf, (line) => line.quantity)
  ensureAvailable(wanted)
  for (const [level, quantity] of wanted) consume(level, quantity, null, newId)

  const posting = await postStock(tx, actor, stock, { kind: 'CONSUMPTION', event: stockConsumed })
  return {
    id: posting.id,
    workOrderId: null,
    occurredAt: posting.occurredAt,
    currency: posting.currency,
    lines: [...wanted.keys()].map(lineOf),
    totalCost: moneyText(-sumOf(posting.levels)),
  }
}

function lineOf(level: Level): Deduction['lines'][number] {
  return {
    productId: level.productId,
    locationId: level.locationId,
    quantity: quantityNumber(level.before.onHand - level.onHand),
    cost: moneyText(-valueChange(level)),
    batches: level.entries.map((entry) => ({
      batchId: entry.layerId,
      quantity: quantityNumber(-entry.quantity),
      unitCost: unitCostText(entry.unitCost),
      cost: moneyText(-entry.value),
    })),
  }
}
