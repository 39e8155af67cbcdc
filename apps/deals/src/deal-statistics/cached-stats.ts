import type { Actor } from '@dealwire/contracts'
import { DEALS_CACHE } from '../deals/change-deals.ts'
import type { Dependencies } from '../dependencies.ts'

/** Days and months end and deals get overdue without a write, so no answer is older than this. */
const TTL_SECONDS = 30

/** Statistics from the cache. Reading is not scoped: everybody in a company who may read deals sees the same. */
export async function cachedStats(
  { cache }: Dependencies,
  actor: Actor,
  key: string,
  compute: () => Promise<string>,
): Promise<string> {
  const { currency, timeZone } = actor.company
  const question = { companyId: actor.companyId, scope: 'all', namespace: DEALS_CACHE, ttlSeconds: TTL_SECONDS }
  return cache.cached({ ...question, key: `${key} ${currency} ${timeZone}` }, compute)
}
