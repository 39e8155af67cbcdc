import {
  createReservationRoute,
  getReservationRoute,
  listReservationsRoute,
  releaseReservationRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { created, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { ensureKnown } from '../directory/ensure-known.ts'
import { createReservation } from './create-reservation.ts'
import { getReservation } from './get-reservation.ts'
import { listReservations } from './list-reservations.ts'
import { releaseReservation } from './release-reservation.ts'

export function reservationRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listReservationsRoute, async ({ actor, query }) => ok(await listReservations(database, actor, query)))

  route(app, createReservationRoute, async ({ actor, body, idempotency }) => {
    await ensureKnown(database, actor, { dealId: body.dealId })
    return withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createReservation(tx, actor, body)
        return created(`/v1/inventory/reservations/${made.reservation.id}`, made)
      }),
    )
  })

  route(app, getReservationRoute, async ({ actor, params: { id } }) =>
    resource(await getReservation(database, actor, id)),
  )

  route(app, releaseReservationRoute, async ({ actor, params: { id }, ifMatch, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => resource(await releaseReservation(tx, actor, { id, ifMatch }))),
    ),
  )
}
