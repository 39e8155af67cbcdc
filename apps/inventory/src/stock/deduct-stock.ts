import type { Actor, AnswerOf, BodyOf, createDeductionRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { drawForWorkOrder } from '../work-orders/draw-for-work-order.ts'
import { type Drawn, drawStock } from './draw-stock.ts'
import { moneyText, quantityNumber, quantityOf, unitCostText } from './exact.ts'
import type { Level } from './level.ts'
import { sumOf, valueChange } from './post-stock.ts'

export type Deduction = AnswerOf<typeof createDeductionRoute, 201>

/** Takes stock out: from what is available, and for a work order from what it holds as well. */
export async function deductStock(
  tx: Tx,
  actor: Actor,
  input: BodyOf<typeof createDeductionRoute>,
): Promise<Deduction> {
  const lines = input.lines.map((line) => ({ ...line, quantity: quantityOf(line.quantity) }))
  const workOrderId = input.workOrderId ?? null
  const drawn =
    workOrderId === null
      ? await drawStock(tx, actor, { lines })
      : await drawForWorkOrder(tx, actor, { workOrderId, lines })
  return deductionOf(drawn, workOrderId)
}

function deductionOf({ posting, wanted }: Drawn, workOrderId: string | null): Deduction {
  return {
    id: posting.id,
    workOrderId,
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
