import type { Actor, BodyOf, updateLocationRoute } from '@dealwire/contracts'
import { isConstraint, type Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { changedFields, isEmpty, merged } from '@dealwire/messaging'
import { getLocation } from './get-location.ts'
import { locationKeyTaken } from './location-key-taken.ts'
import { locationFields, lockLocation, type StoredLocation, updateLocationRow } from './locations.repository.ts'

type UpdateLocationInput = {
  readonly id: string
  readonly ifMatch: number | undefined
  readonly changes: BodyOf<typeof updateLocationRoute>
}

/** Changes the given fields of a location. */
export async function updateLocation(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, changes }: UpdateLocationInput,
): Promise<StoredLocation> {
  const before = await lockLocation(tx, actor.companyId, id)
  if (before === undefined) throw notFound('location', id)
  ensureVersion(before, ifMatch)

  const after = merged(before, changes)
  if (isEmpty(changedFields(before, after, locationFields))) return getLocation(tx, actor, id)
  return updateLocationRow(tx, actor.companyId, after).catch((error: unknown) => {
    throw isConstraint(error, 'locations_key') ? locationKeyTaken(after.key, error) : error
  })
}
