import type { Actor, listLocationsRoute, QueryOf } from '@dealwire/contracts'
import { type Database, withTx } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { ensureDefaultLocation } from './ensure-default-location.ts'
import { locationList } from './locations.repository.ts'

/** A company that has only just registered sees its default location, even before identity's event has arrived. */
export async function listLocations(
  database: Database,
  actor: Actor,
  query: QueryOf<typeof listLocationsRoute>,
): Promise<string> {
  const { kind, ...page } = query
  const input = { ...page, filters: { kind } }
  const found = await listPage(database, locationList, actor.companyId, input)
  if (query.cursor !== undefined || !found.startsWith('{"data":[]')) return found
  await withTx(database, (tx) => ensureDefaultLocation(tx, actor.companyId))
  return listPage(database, locationList, actor.companyId, input)
}
