import type { Author } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { quantityOf } from '../stock/exact.ts'
import { unhold } from '../stock/level.ts'
import { openStock } from '../stock/open-stock.ts'
import { postHolds } from '../stock/post-holds.ts'
import { closeReservations, findOpenLines, type LockedReservation } from './reservations.repository.ts'
import { type FreedLine, tellFreed } from './tell-freed.ts'

type FreeReservationsInput = {
  readonly reservations: readonly LockedReservation[]
  readonly lines: readonly FreedLine[]
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
  const open = await findOpenLines(tx, author.companyId, [reservation.id])
  const lines = open.map((line) => ({ ...line, quantity: quantityOf(line.quantity) }))
  await freeReservations(tx, author, { reservations: [reservation], lines, status })
}
