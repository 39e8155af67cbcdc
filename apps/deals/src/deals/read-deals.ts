import type { Actor } from '@dealwire/contracts'
import type { Database } from '@dealwire/db/client'
import type { Dependencies } from '../dependencies.ts'
import { DEALS_CACHE } from './change-deals.ts'

/**
 * A read of many deals: on the replica, unless the company has changed its deals since what the replica is known to show. So a caller
 * sees its own write, and that of colleagues, whichever process made it.
 */
export async function readDeals<T>(
  { database, cache, replica }: Dependencies,
  actor: Actor,
  read: (database: Database) => Promise<T>,
): Promise<T> {
  if (replica === undefined) return read(database)
  return replica.read(await cache.msSinceInvalidated(actor.companyId, DEALS_CACHE), read)
}
