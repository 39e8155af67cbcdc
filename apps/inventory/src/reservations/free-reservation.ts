import { type Author, stockReleased } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { quantityOf } from '../stock/exact.ts'
import { unhold } from '../stock/level.ts'
import { openStock } from '../stock/open-stock.ts'
import { postHolds } from '../stock/post-holds.ts'
import { closeReservations, findOpenLines, type LockedReservation } from './reservations.repository.ts'

/** Frees what a locked reservation still holds, and ends it. The reservation is locked before the stock, always. */
export async function freeReservation(
  tx: Tx,
  author: Author,
  reservation: LockedReservation,
  status: 'RELEASED' | 'EXPIRED',
): Promise<void> {
  const lines = await findOpenLines(tx, author.companyId, [reservation.id])
  const stock = await openStock(
    tx,
    author,
    lines.map((line) => ({ ...line, quantity: 0n })),
  )
  for (const line of lines) unhold(stock.levelOf(line), quantityOf(line.quantity))
  await closeReservations(tx, author.companyId, [reservation.id], status)
  const { id: reservationId, dealId, workOrderId } = reservation
  await postHolds(tx, author, stock, {
    event: stockReleased,
    holder: { reservationId, dealId, workOrderId, status },
    version: reservation.version + 1,
  })
}
