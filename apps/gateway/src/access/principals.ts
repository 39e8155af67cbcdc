import type { Database } from '@dealwire/db/client'
import { LRUCache } from 'lru-cache'
import { type AccessTokens, unauthenticated } from '../keys/access-tokens.ts'
import type { Principal } from './principal.ts'
import { readPrincipal } from './read-principal.ts'

const MAX_TOKENS = 20_000

/** Who a token stands for. Verified tokens are kept until they expire or something about their company's users changes. */
export type Principals = {
  /** The principal of a token that was seen before; undefined means: ask `resolve`. */
  known(token: string): Principal | undefined
  /** Throws `unauthenticated` for a token that is not, or no longer, good. */
  resolve(token: string): Promise<Principal>
  /** From now on every token of the company is looked up again. */
  forget(companyId: string): void
  forgetAll(): void
}

export function openPrincipals(database: Database, tokens: AccessTokens): Principals {
  const tokensByCompany = new Map<string, Set<string>>()
  const cache = new LRUCache<string, Principal>({
    max: MAX_TOKENS,
    ttlAutopurge: false,
    dispose: (principal, token) => drop(principal, token),
  })
  let changes = 0

  function drop(principal: Principal, token: string): void {
    const siblings = tokensByCompany.get(principal.companyId)
    siblings?.delete(token)
    if (siblings?.size === 0) tokensByCompany.delete(principal.companyId)
  }

  function keep(token: string, principal: Principal, ttlMs: number): void {
    cache.set(token, principal, { ttl: ttlMs })
    const siblings = tokensByCompany.get(principal.companyId) ?? new Set()
    tokensByCompany.set(principal.companyId, siblings.add(token))
  }

  return {
    known: (token) => cache.get(token),
    async resolve(token) {
      const { companyId, sessionId, userId, expiresAtMs } = await tokens.verify(token)
      const changesBefore = changes
      const principal = await readPrincipal(database, companyId, sessionId)
      if (principal.userId !== userId) throw unauthenticated('The access token is not valid; sign in again.')
      // A change that came while the row was read may not be in it: use the answer once, but do not keep it.
      if (changes === changesBefore) keep(token, principal, Math.max(1, expiresAtMs - Date.now()))
      return principal
    },
    forget(companyId) {
      changes++
      for (const token of [...(tokensByCompany.get(companyId) ?? [])]) cache.delete(token)
    },
    forgetAll() {
      changes++
      cache.clear()
    },
  }
}
