import { stockConsumed } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import { ensureAvailable, summedByLevel } from './ensure-available.ts'
import { lesser } from './exact.ts'
import { consume, type Level, type Place, unhold } from './level.ts'
import { openStock } from './open-stock.ts'
import { type Poster, type Posting, postStock } from './post-stock.ts'

type Line = Place & { readonly quantity: bigint }

type DrawStockInput = {
  readonly lines: readonly Line[]
  readonly workOrderId?: string | null
  /** What is held for this purpose: used up first, and free to take even when nothing else is. */
  readonly own?: readonly (Line & { readonly locationId: string })[]
  /** Whether what is held and not used becomes available. */
  readonly freesRest?: boolean
}

export type Drawn = {
  readonly posting: Posting
  /** By place, in the order of the request. */
  readonly wanted: ReadonlyMap<Level, bigint>
  /** How much of it came from what was held. */
  readonly fromOwn: ReadonlyMap<Level, bigint>
}

/** Takes stock out in picking order: every line or none. Three statements however many lines there are. */
export async function drawStock(tx: Tx, actor: Poster, input: DrawStockInput): Promise<Drawn> {
  const { lines, own = [] } = input
  const stock = await openStock(tx, actor, [...lines, ...own.map((line) => ({ ...line, quantity: 0n }))])
  const wanted = summedByLevel(lines, stock.levelOf, (line) => line.quantity)
  const held = summedByLevel(own, stock.levelOf, (line) => line.quantity)
  ensureAvailable(wanted, held)

  const fromOwn = new Map<Level, bigint>()
  for (const [level, quantity] of wanted) {
    consume(level, quantity, null, newId)
    fromOwn.set(level, lesser(held.get(level) ?? 0n, quantity))
  }
  for (const [level, quantity] of held) unhold(level, input.freesRest === true ? quantity : (fromOwn.get(level) ?? 0n))

  const posting = await postStock(tx, actor, stock, {
    kind: 'CONSUMPTION',
    event: stockConsumed,
    workOrderId: input.workOrderId ?? null,
  })
  return { posting, wanted, fromOwn }
}
