import type { Logger } from '@dealwire/telemetry'
import { LRUCache } from 'lru-cache'
import { countGateways } from './count-gateways.ts'
import { type Answer, type Entry, newEntry, refusal, takeLocally } from './limit-entry.ts'
import type { Claim, RedisWindows, Settled } from './redis-windows.ts'

/** Limits per key and sliding minute, over all gateways while Redis is there, per process while it is not. */
export type SharedLimits = {
  take(key: string, limit: number, answer: Answer): void
  stop(): void
}

const MAX_KEYS = 50_000
/** How much more than the limit all gateways together may let through, for not asking Redis each time. */
const TOLERANCE = 0.01
const SETTLE_EVERY_MS = 100
const RETRY_REDIS_MS = 1_000
/** What is known of the other gateways is worth nothing after this long. */
const STALE_MS = 2_000
/** A refused key asks Redis again this often: a caller who ignores 429 must not cost a round trip each time. */
const REFUSE_MS = 250
/** Until the window says better, a request counts for this long. */
const WINDOW_MS = 60_000

/**
 * A request passes at once while the process has let through less than its share of the tolerance since it last told Redis;
 * it tells Redis in batches. Only when the share is used up does a request wait for a round trip, together with all others
 * of its key. A small limit has no share, so it is exact.
 */
export function openSharedLimits(redis: RedisWindows | undefined, logger: Logger): SharedLimits {
  const entries = new LRUCache<string, Entry>({ max: MAX_KEYS })
  const unsettled = new Set<Entry>()
  const gateways = redis === undefined ? undefined : countGateways(redis)
  let redisAwayUntil = 0
  let settleTimer: NodeJS.Timeout | undefined

  function entryOf(key: string, limit: number): Entry {
    const known = entries.get(key)
    if (known !== undefined) return known
    const made = newEntry(key, limit)
    entries.set(key, made)
    return made
  }

  function takeShared(windows: RedisWindows, entry: Entry, answer: Answer): void {
    const now = performance.now()
    if (now < entry.refusedUntil) {
      answer(refusal(entry, entry.refusedUntil - now))
      return
    }
    const total = now - entry.settledAt > STALE_MS ? 0 : entry.total
    const share = Math.floor((entry.limit * TOLERANCE) / (gateways?.count() ?? 1))
    if (entry.unsettled < share && total + entry.unsettled < entry.limit) {
      passAtOnce(windows, entry, share)
      answer({ allowed: true, used: total + entry.unsettled, resetMs: WINDOW_MS })
    } else {
      entry.waiting.push(answer)
      void settle(windows, [entry])
    }
  }

  function passAtOnce(windows: RedisWindows, entry: Entry, share: number): void {
    entry.unsettled++
    entry.local.add(performance.now())
    unsettled.add(entry)
    if (entry.unsettled * 2 >= share) void settle(windows, [entry])
    else settleTimer ??= setTimeout(settleAll, SETTLE_EVERY_MS, windows).unref()
  }

  function settleAll(windows: RedisWindows): void {
    settleTimer = undefined
    void settle(windows, [...unsettled])
  }

  /** Tells Redis what passed, and asks it about those who wait; again and again while more of them come. */
  async function settle(windows: RedisWindows, candidates: readonly Entry[]): Promise<void> {
    let batch = candidates.filter((entry) => !entry.settling)
    for (const entry of batch) entry.settling = true
    while (batch.length > 0) {
      await settleOnce(windows, batch)
      for (const entry of batch) entry.settling = entry.waiting.length > 0
      batch = batch.filter((entry) => entry.settling)
    }
  }

  async function settleOnce(windows: RedisWindows, batch: readonly Entry[]): Promise<void> {
    try {
      await settleWith(windows, batch)
    } catch (error) {
      redisAwayUntil = performance.now() + RETRY_REDIS_MS
      logger.warn({ err: error }, 'rate limits are counted per process until Redis answers')
      for (const entry of batch) decideLocally(entry)
    }
    for (const entry of batch) if (entry.unsettled === 0) unsettled.delete(entry)
  }

  return {
    take(key, limit, answer) {
      const entry = entryOf(key, limit)
      if (redis === undefined || performance.now() < redisAwayUntil || !redis.isReady()) takeLocally(entry, answer)
      else takeShared(redis, entry, answer)
    },
    stop() {
      gateways?.stop()
      clearTimeout(settleTimer)
    },
  }
}

async function settleWith(windows: RedisWindows, batch: readonly Entry[]): Promise<void> {
  const claims = batch.map(claimOf)
  const settled = await windows.settle(claims.map(({ claim }) => claim))
  for (const [index, { entry, claim }] of claims.entries()) applySettled(entry, claim, settled[index])
}

function claimOf(entry: Entry): { entry: Entry; claim: Claim } {
  return { entry, claim: { key: entry.key, limit: entry.limit, used: entry.unsettled, wanted: entry.waiting.length } }
}

function decideLocally(entry: Entry): void {
  for (const answer of entry.waiting.splice(0)) takeLocally(entry, answer)
}

function applySettled(entry: Entry, claim: Claim, settled: Settled | undefined): void {
  if (settled === undefined) throw new Error('Redis answered fewer claims than were made')
  const { total, granted, msUntilRoom } = settled
  entry.unsettled -= claim.used
  entry.total = total
  entry.settledAt = performance.now()
  const answers = entry.waiting.splice(0, claim.wanted)
  for (const [index, answer] of answers.slice(0, granted).entries()) {
    entry.local.add(performance.now())
    answer({ allowed: true, used: total - granted + index + 1, resetMs: msUntilRoom })
  }
  if (granted < answers.length) entry.refusedUntil = entry.settledAt + Math.min(REFUSE_MS, msUntilRoom)
  for (const answer of answers.slice(granted)) answer(refusal(entry, msUntilRoom))
}
