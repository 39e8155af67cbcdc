import {
  createLocationRoute,
  deleteLocationRoute,
  getLocationRoute,
  listLocationsRoute,
  updateLocationRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { created, noContent, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { createLocation } from './create-location.ts'
import { deleteLocation } from './delete-location.ts'
import { getLocation } from './get-location.ts'
import { listLocations } from './list-locations.ts'
import { updateLocation } from './update-location.ts'

export function locationRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listLocationsRoute, async ({ actor, query }) => ok(await listLocations(database, actor, query)))

  route(app, createLocationRoute, async ({ actor, body, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createLocation(tx, actor, body)
        return created(`/v1/inventory/locations/${made.location.id}`, made)
      }),
    ),
  )

  route(app, getLocationRoute, async ({ actor, params: { id } }) => resource(await getLocation(database, actor, id)))

  route(app, updateLocationRoute, async ({ actor, params: { id }, body, ifMatch }) =>
    withTx(database, async (tx) => resource(await updateLocation(tx, actor, { id, ifMatch, changes: body }))),
  )

  route(app, deleteLocationRoute, async ({ actor, params: { id }, ifMatch }) =>
    withTx(database, async (tx) => {
      await deleteLocation(tx, actor, { id, ifMatch })
      return noContent
    }),
  )
}
