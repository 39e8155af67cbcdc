import type { Actor } from '@dealwire/contracts'
import { type Tx, withTx } from '@dealwire/db/client'
import type { Dependencies } from '../dependencies.ts'

/** What is invalidated when a company's deals or stages change. */
export const DEALS_CACHE = 'deals'

/** A transaction that changes deals: what is cached about them is dropped before the caller is answered, so it sees its own write. */
export async function changeDeals<T>(
  { database, cache }: Dependencies,
  actor: Actor,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const done = await withTx(database, work)
  await cache.invalidate(actor.companyId, DEALS_CACHE)
  return done
}
