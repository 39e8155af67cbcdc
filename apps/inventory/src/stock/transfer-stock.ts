import {
  type Actor,
  type BodyOf,
  type createTransferRoute,
  type StockChange,
  stockTransferred,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { newId } from '@dealwire/messaging'
import { ensureAvailable, summedByLevel } from './ensure-available.ts'
import { quantityOf } from './exact.ts'
import { consume, type Level, receive, type Taken } from './level.ts'
import { openStock } from './open-stock.ts'
import { postStock } from './post-stock.ts'
import { stockChangeOf } from './stock-change.ts'

/**
 * Brings stock from one location to another, every line or none. Units keep their cost, lot and expiry, and queue behind what is there.
 * All leave before any arrives, so nothing passes through a place in one request.
 */
export async function transferStock(
  tx: Tx,
  actor: Actor,
  input: BodyOf<typeof createTransferRoute>,
): Promise<StockChange> {
  const lines = input.lines.map(({ productId, fromLocationId, toLocationId, ...line }) => ({
    from: { productId, locationId: fromLocationId },
    to: { productId, locationId: toLocationId },
    reason: line.reason ?? null,
    quantity: quantityOf(line.quantity),
  }))
  const stock = await openStock(
    tx,
    actor,
    lines.flatMap(({ from, to, quantity }) => [
      { ...from, quantity },
      { ...to, quantity: 0n },
    ]),
  )
  for (const line of lines) ensureElsewhere(stock.levelOf(line.from), stock.levelOf(line.to))
  ensureAvailable(
    summedByLevel(
      lines,
      (line) => stock.levelOf(line.from),
      (line) => line.quantity,
    ),
  )

  const moves = lines.map((line) => ({
    ...line,
    taken: consume(stock.levelOf(line.from), line.quantity, line.reason, newId),
  }))
  for (const { to, taken, reason } of moves) arrive(stock.levelOf(to), taken, reason)

  return stockChangeOf(await postStock(tx, actor, stock, { kind: 'TRANSFER', event: stockTransferred }))
}

function arrive(level: Level, taken: readonly Taken[], reason: string | null): void {
  for (const { layer, quantity } of taken) {
    const { unitCost, lotCode, expiresAt } = layer
    receive(level, { quantity, unitCost, lotCode, expiresAt, reason }, newId)
  }
}

/** An omitted location is the default one, which only now is known to be the other as well. */
function ensureElsewhere(from: Level, to: Level): void {
  if (from !== to) return
  throw new AppError('invalid', 'validation_failed', 'A transfer needs two locations; both are the same here.', {
    errors: [{ path: 'lines', message: `'${from.sku}' would go from location '${from.locationId}' to itself` }],
  })
}
