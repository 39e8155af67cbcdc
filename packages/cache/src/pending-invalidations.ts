import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'

const MAX_PENDING = 20_000
const BATCH = 500
const KEEP_MS = 7 * 86_400_000

/**
 * Invalidations that Redis has not confirmed. A Redis that was out of reach comes back with its old values,
 * so these are made up for before anything is read from it again.
 */
export function createPendingInvalidations() {
  const keys = new Map<string, number>()
  let count = 0
  let hasOverflowed = false
  return {
    /** Returns what to call when Redis has confirmed. A later note of the same key is not forgotten with it. */
    note(noted: readonly string[]): () => void {
      const mark = ++count
      for (const key of noted) keys.set(key, mark)
      if (keys.size > MAX_PENDING) {
        keys.clear()
        hasOverflowed = true
      }
      return () => {
        for (const key of noted) if (keys.get(key) === mark) keys.delete(key)
      }
    },
    async flush(redis: Redis): Promise<void> {
      // Too many to remember one by one: all values go instead, in the only way that misses none.
      if (hasOverflowed) await dropAll(redis)
      hasOverflowed = false
      while (keys.size > 0) {
        const batch = [...keys].slice(0, BATCH)
        await Promise.all(batch.map(([key]) => redis.set(key, randomUUID(), 'PX', KEEP_MS)))
        for (const [key, mark] of batch) if (keys.get(key) === mark) keys.delete(key)
      }
    },
  }
}

async function dropAll(redis: Redis): Promise<void> {
  let cursor = '0'
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', 'dw:{*}:version:*', 'COUNT', 1_000)
    if (found.length > 0) await redis.unlink(found)
    cursor = next
  } while (cursor !== '0')
}
