import { rateClasses } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'
import { normalizeIP } from '@fastify/rate-limit'
import { LRUCache } from 'lru-cache'
import type { Verdict } from './limit-entry.ts'
import { scaled, tooMany } from './rate-limits.ts'
import type { SharedLimits } from './shared-limits.ts'

/** Looks an API key up for whoever asks from an address. Throws `rate_limited` instead where the address has guessed too often. */
export type GuardLookUps = <T>(address: string, lookUp: () => Promise<T>) => Promise<T>

const MAX_ADDRESSES = 50_000
const SOON_MS = 1_000

/**
 * Only keys that turn out to be none are counted: a program that acts for thousands of companies may have all their keys looked
 * up when a gateway starts. What is looked up at the same time is bounded instead, since nobody knows yet how it will end.
 */
export function guardLookUps(limits: SharedLimits, scale: number): GuardLookUps {
  const limit = scaled(rateClasses.anonymous, scale)
  const running = new Map<string, number>()
  const refusedUntil = new LRUCache<string, number>({ max: MAX_ADDRESSES })
  const refusal = (resetMs: number) => tooMany('unknown API keys from this address', limit, resetMs)

  function begin(key: string): void {
    const wait = (refusedUntil.get(key) ?? 0) - performance.now()
    if (wait > 0) throw refusal(wait)
    const count = running.get(key) ?? 0
    if (count >= limit) throw refusal(SOON_MS)
    running.set(key, count + 1)
  }

  function end(key: string): void {
    const count = (running.get(key) ?? 0) - 1
    if (count > 0) running.set(key, count)
    else running.delete(key)
  }

  async function countFailure(key: string): Promise<void> {
    const { allowed, used, resetMs } = await new Promise<Verdict>((resolve) => limits.take(key, limit, resolve))
    if (!allowed || used >= limit) refusedUntil.set(key, performance.now() + resetMs)
  }

  return async (address, lookUp) => {
    const key = `look-ups ${normalizeIP(address)}`
    begin(key)
    try {
      return await lookUp()
    } catch (error) {
      if (error instanceof AppError && error.kind === 'unauthenticated') await countFailure(key)
      throw error
    } finally {
      end(key)
    }
  }
}
