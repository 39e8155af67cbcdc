import { randomUUID } from 'node:crypto'
import type { Logger } from '@dealwire/telemetry'
import { LRUCache } from 'lru-cache'
import type { RedisWindows } from './redis-windows.ts'
import { SlidingWindow } from './sliding-window.ts'

/** Whether a request may pass. `used` counts this one. */
export type Verdict = { readonly allowed: boolean; readonly used: number; readonly resetMs: number }
type Answer = (verdict: Verdict) => void

/** Limits per key and sliding minute, over all gateways while Redis is there, per process while it is not. */
export type SharedLimits = {
  take(key: string, limit: number, answer: Answer): void
  stop(): void
}

type Entry = {
  readonly key: string
  limit: number
  /** What this process let through: the whole truth while Redis is away. */
  readonly local: SlidingWindow
  /** Let through, but not yet counted in Redis. */
  unsettled: number
  /** What all gateways had let through when Redis was last asked. */
  total: number
  settledAt: number
  refusedUntil: number
  waiting: Answer[]
  settling: boolean
}

const MAX_KEYS = 50_000
/** How much more than the limit all gateways together may let through, for not asking Redis each time. */
const TOLERANCE = 0.01
const SETTLE_EVERY_MS = 100
const HEARTBEAT_MS = 2_000
/** Until Redis has said how many gateways there are. */
const ASSUMED_GATEWAYS = 8
const RETRY_REDIS_MS = 1_000
/** What is known of the other gateways is worth nothing after this long. */
const STALE_MS = 2_000
/** A refused key asks Redis again this often: a caller who ignores 429 must not cost a round trip each time. */
const REFUSE_MS = 250

/**
 * A request passes at once while the process has let through less than its share of the tolerance since it last told Redis;
 * it tells Redis in batches. Only when the share is used up does a request wait for a round trip, together with all others
 * of its key. A small limit has no share, so it is exact.
 */
export function openSharedLimits(redis: RedisWindows | undefined, logger: Logger): SharedLimits {
  const self = randomUUID()
  const entries = new LRUCache<string, Entry>({ max: MAX_KEYS })
  const unsettled = new Set<Entry>()
  let gateways = ASSUMED_GATEWAYS
  let redisAwayUntil = 0
  let settleTimer: NodeJS.Timeout | undefined
  const heartbeat = redis === undefined ? undefined : setInterval(() => void beat(redis), HEARTBEAT_MS).unref()
  if (redis !== undefined) void beat(redis)

  async function beat(windows: RedisWindows): Promise<void> {
    if (!windows.isReady()) return
    try {
      gateways = Math.max(1, await windows.countGateways(self))
    } catch (error) {
      redisFailed(error)
    }
  }

  function redisFailed(error: unknown): void {
    redisAwayUntil = performance.now() + RETRY_REDIS_MS
    logger.warn({ err: error }, 'rate limits are counted per process until Redis answers')
  }

  function entryOf(key: string, limit: number): Entry {
    const known = entries.get(key)
    if (known !== undefined) {
      known.limit = limit
      return known
    }
    const made: Entry = {
      key,
      limit,
      local: new SlidingWindow(),
      unsettled: 0,
      total: 0,
      settledAt: 0,
      refusedUntil: 0,
      waiting: [],
      settling: false,
    }
    entries.set(key, made)
    return made
  }

  function takeLocally(entry: Entry, answer: Answer): void {
    const now = Date.now()
    const used = entry.local.count(now)
    if (used >= entry.limit) return answer(refusal(entry, entry.local.msUntilRoom(now)))
    entry.local.add(now)
    answer({ allowed: true, used: used + 1, resetMs: entry.local.msUntilRoom(now) })
  }

  function takeShared(windows: RedisWindows, entry: Entry, answer: Answer): void {
    const now = performance.now()
    if (now < entry.refusedUntil) return answer(refusal(entry, entry.refusedUntil - now))
    const total = now - entry.settledAt > STALE_MS ? 0 : entry.total
    const share = Math.floor((entry.limit * TOLERANCE) / gateways)
    if (entry.unsettled >= share || total + entry.unsettled >= entry.limit) {
      entry.waiting.push(answer)
      void settle(windows, [entry])
      return
    }
    entry.unsettled++
    entry.local.add(Date.now())
    unsettled.add(entry)
    answer({ allowed: true, used: total + entry.unsettled, resetMs: 60_000 })
    if (entry.unsettled * 2 >= share) void settle(windows, [entry])
    else settleTimer ??= setTimeout(settleAll, SETTLE_EVERY_MS, windows).unref()
  }

  function settleAll(windows: RedisWindows): void {
    settleTimer = undefined
    void settle(windows, [...unsettled])
  }

  async function settle(windows: RedisWindows, candidates: readonly Entry[]): Promise<void> {
    const batch = candidates.filter((entry) => !entry.settling)
    if (batch.length === 0) return
    const claims = batch.map((entry) => ({
      key: entry.key,
      limit: entry.limit,
      used: entry.unsettled,
      wanted: entry.waiting.length,
    }))
    for (const entry of batch) entry.settling = true
    try {
      const settled = await windows.settle(claims)
      for (const [index, entry] of batch.entries()) applySettled(entry, claims[index], settled[index])
    } catch (error) {
      redisFailed(error)
      for (const entry of batch) for (const answer of entry.waiting.splice(0)) takeLocally(entry, answer)
    } finally {
      for (const entry of batch) entry.settling = false
    }
    const still = batch.filter((entry) => entry.waiting.length > 0)
    if (still.length > 0) void settle(windows, still)
  }

  function applySettled(
    entry: Entry,
    claim: { used: number; wanted: number } | undefined,
    settled: { total: number; granted: number; msUntilRoom: number } | undefined,
  ): void {
    if (claim === undefined || settled === undefined) return
    entry.unsettled -= claim.used
    if (entry.unsettled === 0) unsettled.delete(entry)
    entry.total = settled.total
    entry.settledAt = performance.now()
    for (const [index, answer] of entry.waiting.splice(0, claim.wanted).entries()) {
      if (index < settled.granted) {
        entry.local.add(Date.now())
        answer({ allowed: true, used: settled.total - settled.granted + index + 1, resetMs: settled.msUntilRoom })
      } else {
        entry.refusedUntil = entry.settledAt + Math.min(REFUSE_MS, settled.msUntilRoom)
        answer(refusal(entry, settled.msUntilRoom))
      }
    }
  }

  return {
    take(key, limit, answer) {
      const entry = entryOf(key, limit)
      if (redis === undefined || performance.now() < redisAwayUntil || !redis.isReady()) takeLocally(entry, answer)
      else takeShared(redis, entry, answer)
    },
    stop() {
      clearInterval(heartbeat)
      clearTimeout(settleTimer)
    },
  }
}

function refusal(entry: Entry, resetMs: number): Verdict {
  return { allowed: false, used: entry.limit + 1, resetMs: Math.max(1, resetMs) }
}
