import type { Actor, BodyOf, createReservationRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { addWorkOrderProducts } from '../work-orders/add-work-order-products.ts'
import { getReservation } from './get-reservation.ts'
import type { StoredReservation } from './reservations.repository.ts'
import { reserveStock } from './reserve-stock.ts'

/** Holds stock; for a work order that is the same as planning the products there. */
export async function createReservation(
  tx: Tx,
  actor: Actor,
  input: BodyOf<typeof createReservationRoute>,
): Promise<StoredReservation> {
  if (typeof input.workOrderId !== 'string') {
    const { id } = await reserveStock(tx, actor, input)
    return getReservation(tx, actor, id)
  }
  const planned = await addWorkOrderProducts(tx, actor, { id: input.workOrderId, lines: input.lines })
  return getReservation(tx, actor, planned.reservationId)
}
