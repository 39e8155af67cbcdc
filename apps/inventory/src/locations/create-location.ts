import type { Actor, BodyOf, createLocationRoute } from '@dealwire/contracts'
import { isConstraint, type Tx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import { ensureDefaultLocation } from './ensure-default-location.ts'
import { locationKeyTaken } from './location-key-taken.ts'
import { insertLocation, type StoredLocation } from './locations.repository.ts'

/** Creates a location, and before it the default one, so that nobody else can take its key. */
export async function createLocation(
  tx: Tx,
  actor: Actor,
  input: BodyOf<typeof createLocationRoute>,
): Promise<StoredLocation> {
  await ensureDefaultLocation(tx, actor.companyId)
  return insertLocation(tx, actor.companyId, { id: newId(), ...input }).catch((error: unknown) => {
    throw isConstraint(error, 'locations_key') ? locationKeyTaken(input.key, error) : error
  })
}
