import type { Tx } from '@dealwire/db/client'
import { quantityOf } from '../stock/exact.ts'
import { findOpenLines, type LockedReservation, type OpenLine } from './reservations.repository.ts'

/** What a reservation still holds of a product at a location. */
export type HeldLine = Omit<OpenLine, 'quantity'> & { readonly quantity: bigint }

/** Of locked reservations, in their order and then in that of the stock. */
export async function heldLinesOf(
  tx: Tx,
  companyId: string,
  reservations: readonly LockedReservation[],
): Promise<HeldLine[]> {
  if (reservations.length === 0) return []
  const ids = reservations.map(({ id }) => id)
  const lines = await findOpenLines(tx, companyId, ids)
  return lines.map((line) => ({ ...line, quantity: quantityOf(line.quantity) }))
}
