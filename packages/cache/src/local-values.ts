import { LRUCache } from 'lru-cache'

const MAX_VALUES = 5_000
const MAX_CHARACTERS = 32 * 1024 ** 2
const MAX_NAMESPACES = 20_000
/** Other processes' invalidations do not reach us while Redis is away: nothing is kept for longer than this. */
export const LOCAL_TTL_MS = 5_000

/** What a process remembers by itself while Redis is away; bounded in number, size and time. */
export function createLocalValues() {
  const values = new LRUCache<string, { version: string; body: string }>({
    max: MAX_VALUES,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: ({ body }) => body.length + 1,
    ttl: LOCAL_TTL_MS,
  })
  const versions = new LRUCache<string, string>({ max: MAX_NAMESPACES })
  const bumpedAt = new LRUCache<string, number>({ max: MAX_NAMESPACES })
  const startedAt = performance.now()
  let last = 0
  const bump = (namespace: string): string => {
    const version = `local-${++last}`
    versions.set(namespace, version)
    bumpedAt.set(namespace, performance.now())
    return version
  }
  return {
    bump,
    /** A forgotten version begins anew, so that values of the old one stay out of reach. */
    version: (namespace: string): string => versions.get(namespace) ?? bump(namespace),
    msSinceBumped: (namespace: string): number => performance.now() - (bumpedAt.get(namespace) ?? startedAt),
    find(key: string, version: string): string | undefined {
      const held = values.get(key)
      return held?.version === version ? held.body : undefined
    },
    store(key: string, value: { version: string; body: string }, ttlMs: number): void {
      values.set(key, value, { ttl: Math.min(ttlMs, LOCAL_TTL_MS) })
    },
  }
}
