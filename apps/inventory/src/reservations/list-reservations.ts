import type { Actor, listReservationsRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { reservationList } from './reservations.repository.ts'

export function listReservations(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listReservationsRoute>,
): Promise<string> {
  const { status, productId, dealId, workOrderId, ...page } = query
  return listPage(db, reservationList, actor.companyId, {
    ...page,
    filters: { status, productId, dealId, workOrderId },
  })
}
