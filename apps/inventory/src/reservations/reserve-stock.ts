import { type Author, type BodyOf, type createReservationRoute, stockReserved } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import { ensureAvailable, summedByLevel } from '../stock/ensure-available.ts'
import { quantityOf, quantityText } from '../stock/exact.ts'
import { available, hold, type Level } from '../stock/level.ts'
import { openStock } from '../stock/open-stock.ts'
import { holdLine, postHolds } from '../stock/post-holds.ts'
import { insertReservation } from './reservations.repository.ts'

type ReserveStockInput = Pick<
  BodyOf<typeof createReservationRoute>,
  'lines' | 'dealId' | 'workOrderId' | 'expiresAt'
> & {
  /** Hold what there is, line by line, where not all of it is there; otherwise short stock refuses all. */
  readonly partial?: boolean
}

/** What each place was asked for and what is held there now. */
export type Reserved = { readonly id: string; readonly lines: readonly ReservedLine[] }
export type ReservedLine = {
  readonly productId: string
  readonly locationId: string
  readonly wanted: bigint
  readonly held: bigint
}

/** Holds available stock. Nothing moves; nobody else can have it. */
export async function reserveStock(tx: Tx, author: Author, input: ReserveStockInput): Promise<Reserved> {
  const id = newId()
  // No layers are needed where nothing is taken.
  const stock = await openStock(
    tx,
    author,
    input.lines.map((line) => ({ ...line, quantity: 0n })),
  )
  const wanted = summedByLevel(input.lines, stock.levelOf, (line) => quantityOf(line.quantity))
  if (input.partial !== true) ensureAvailable(wanted)
  const lines = [...wanted].map(([level, quantity]) => {
    const held = quantity <= available(level) ? quantity : 0n
    if (held > 0n) hold(level, held)
    return lineOf(level, quantity, held)
  })

  const holder = { dealId: input.dealId ?? null, workOrderId: input.workOrderId ?? null }
  const held = lines.filter((line) => line.held > 0n)
  if (held.length === 0) return { id, lines }
  await insertReservation(tx, author.companyId, {
    id,
    ...holder,
    expiresAt: input.expiresAt ?? null,
    createdById: author.userId,
    lines: held.map(({ productId, locationId, held: quantity }) => ({
      productId,
      locationId,
      quantity: quantityText(quantity),
    })),
  })
  const levels = await postHolds(tx, author, stock)
  const told = levels.map((level) => holdLine(level, level.before.reserved, level.reserved))
  append(tx, author, stockReserved, { id, version: 1 }, { reservationId: id, ...holder, status: 'OPEN', lines: told })
  return { id, lines }
}

function lineOf(level: Level, wanted: bigint, held: bigint): ReservedLine {
  return { productId: level.productId, locationId: level.locationId, wanted, held }
}
