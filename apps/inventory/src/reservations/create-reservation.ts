import type { Actor, BodyOf, createReservationRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { getReservation } from './get-reservation.ts'
import type { StoredReservation } from './reservations.repository.ts'
import { reserveStock } from './reserve-stock.ts'

export async function createReservation(
  tx: Tx,
  actor: Actor,
  input: BodyOf<typeof createReservationRoute>,
): Promise<StoredReservation> {
  if (typeof input.workOrderId === 'string') throw notFound('work order', input.workOrderId)
  const { id } = await reserveStock(tx, actor, input)
  return getReservation(tx, actor, id)
}
