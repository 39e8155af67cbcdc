import type { Author } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { unhold } from '../stock/level.ts'
import { openStock } from '../stock/open-stock.ts'
import { postHolds } from '../stock/post-holds.ts'
import { type HeldLine, heldLinesOf } from './held-lines.ts'
import { closeReservations, type LockedReservation } from './reservations.repository.ts'
import { tellFreed } from './tell-freed.ts'

type FreeReservationsInput = {
  readonly reservations: readonly LockedReservation[]
  readonly lines: readonly HeldLine[]
  readonly status: 'RELEASED' | 'EXPIRED'
}

/** Frees what locked reservations still hold, and ends them. They are locked before the stock, always, and all of that in one order. */
export async function freeReservations(
  tx: Tx,
  author: Author,
  { reservations, lines, status }: FreeReservationsInput,
): Promise<void> {
  const stock = await openStock(
    tx,
    author,
    lines.map((line) => ({ ...line, quantity: 0n })),
  )
  for (const line of lines) unhold(stock.levelOf(line), line.quantity)
  const ids = reservations.map(({ id }) => id)
  await closeReservations(tx, author.companyId, ids, status)
  const levels = await postHolds(tx, author, stock)
  tellFreed(tx, author, { reservations, status, lines, levels })
}

export async function freeReservation(
  tx: Tx,
  author: Author,
  reservation: LockedReservation,
  status: 'RELEASED' | 'EXPIRED',
): Promise<void> {
  const lines = await heldLinesOf(tx, author.companyId, [reservation])
  await freeReservations(tx, author, { reservations: [reservation], lines, status })
}
