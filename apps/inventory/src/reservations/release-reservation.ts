import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion, notFound } from '@dealwire/errors'
import { freeReservation } from './free-reservations.ts'
import { getReservation } from './get-reservation.ts'
import { lockReservation, type StoredReservation } from './reservations.repository.ts'

/** Releases an open reservation. Of two calls at once, or a call and the clock, one does it. */
export async function releaseReservation(
  tx: Tx,
  actor: Actor,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<StoredReservation> {
  const reservation = await lockReservation(tx, actor.companyId, id)
  if (reservation === undefined) throw notFound('reservation', id)
  ensureVersion(reservation, ifMatch)
  if (reservation.status !== 'OPEN')
    throw new AppError('conflict', 'invalid_state', `Reservation '${id}' is ${reservation.status} and holds nothing.`)
  if (reservation.workOrderId !== null)
    throw new AppError(
      'conflict',
      'invalid_state',
      `Reservation '${id}' belongs to work order '${reservation.workOrderId}': approving or cancelling that releases it.`,
    )
  await freeReservation(tx, actor, reservation, 'RELEASED')
  return getReservation(tx, actor, id)
}
