import type { Database } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { LRUCache } from 'lru-cache'
import { type KeyParts, readKey } from '../api-keys/api-key.ts'
import { type AccessTokens, unauthenticated } from '../keys/access-tokens.ts'
import type { Principal } from './principal.ts'
import { findPrincipalOfKey } from './principals.repository.ts'
import { readPrincipal } from './read-principal.ts'

const MAX_TOKENS = 20_000
/** What is longer is none of ours, and is not kept. */
const LONGEST_TOKEN = 2_000
/** A token that was refused is refused for this long without another look, unless something changes. */
const REFUSED_MS = 5_000
const MAX_REFUSED = 10_000
/** How long an API key is taken for good unless something changes, which is heard of. */
const KEY_MS = 15 * 60_000

/** Who a token or API key stands for. Verified ones are kept until they expire or something about their company's users changes. */
export type Principals = {
  /** The principal of a token that was seen before; undefined means: ask `resolve`. */
  known(token: string): Principal | undefined
  /**
   * Throws `unauthenticated` for a token that is not, or no longer, good. One look-up however many ask at once. What does not
   * prove itself by a signature is looked up through `guard`, which may throw instead.
   */
  resolve(token: string, guard: Guard): Promise<Principal>
  /** From now on every token of the company is looked up again. */
  forget(companyId: string): void
  forgetAll(): void
  /** Is told of every company that is forgotten; null: of all. Answers how to stop listening. */
  onForget(listener: (companyId: string | null) => void): () => void
}

type Guard = <T>(lookUp: () => Promise<T>) => Promise<T>
type Resolved = { readonly principal: Principal; readonly goodUntilMs: number }

export function openPrincipals(database: Database, tokens: AccessTokens): Principals {
  const tokensByCompany = new Map<string, Set<string>>()
  const cache = new LRUCache<string, Principal>({
    max: MAX_TOKENS,
    ttlAutopurge: false,
    dispose: (principal, token) => drop(principal, token),
  })
  const refused = new LRUCache<string, string>({ max: MAX_REFUSED, ttl: REFUSED_MS })
  const pending = new Map<string, Promise<Principal>>()
  const listeners = new Set<(companyId: string | null) => void>()
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

  async function resolveToken(token: string): Promise<Resolved> {
    const { companyId, sessionId, userId, expiresAtMs } = await tokens.verify(token)
    const principal = await readPrincipal(database, companyId, sessionId)
    if (principal.userId !== userId) throw unauthenticated('The access token is not valid; sign in again.')
    return { principal, goodUntilMs: expiresAtMs }
  }

  async function resolveKey({ prefix, secretHash }: KeyParts): Promise<Resolved> {
    const principal = await findPrincipalOfKey(database, prefix, secretHash)
    if (principal === undefined)
      throw unauthenticated('The API key is unknown, revoked or expired; create another one.')
    return { principal, goodUntilMs: Math.min(Date.now() + KEY_MS, principal.endsAtMs ?? Number.POSITIVE_INFINITY) }
  }

  async function lookUp(token: string, guard: Guard): Promise<Principal> {
    const changesBefore = changes
    try {
      const key = readKey(token)
      const { principal, goodUntilMs } = await (key === undefined ? resolveToken(token) : guard(() => resolveKey(key)))
      // A change that came while the row was read may not be in it: use the answer once, but do not keep it.
      if (changes === changesBefore) keep(token, principal, Math.max(1, goodUntilMs - Date.now()))
      return principal
    } catch (error) {
      const isFinal = error instanceof AppError && error.kind === 'unauthenticated'
      if (isFinal && changes === changesBefore) refused.set(token, error.message)
      throw error
    }
  }

  /** Whoever asks from now on gets an answer that was read from now on. */
  function noteChange(): void {
    changes++
    pending.clear()
    refused.clear()
  }

  return {
    known: (token) => cache.get(token),
    async resolve(token, guard) {
      if (token.length > LONGEST_TOKEN) throw unauthenticated('The access token is not valid; sign in again.')
      const reason = refused.get(token)
      if (reason !== undefined) throw unauthenticated(reason)
      const known = pending.get(token)
      if (known !== undefined) return known
      const found = lookUp(token, guard).finally(() => {
        if (pending.get(token) === found) pending.delete(token)
      })
      pending.set(token, found)
      return found
    },
    forget(companyId) {
      noteChange()
      for (const token of [...(tokensByCompany.get(companyId) ?? [])]) cache.delete(token)
      for (const listener of listeners) listener(companyId)
    },
    forgetAll() {
      noteChange()
      cache.clear()
      for (const listener of listeners) listener(null)
    },
    onForget(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
