import { SlidingWindow } from './sliding-window.ts'

/** Whether a request may pass. `used` counts this one. */
export type Verdict = { readonly allowed: boolean; readonly used: number; readonly resetMs: number }
export type Answer = (verdict: Verdict) => void

/** What one process knows of one key. */
export type Entry = {
  readonly key: string
  readonly limit: number
  /** What this process let through: the whole truth while Redis is away. */
  readonly local: SlidingWindow
  /** Let through, but not yet counted in Redis. */
  unsettled: number
  /** What all gateways had let through when Redis was last asked. */
  total: number
  settledAt: number
  refusedUntil: number
  readonly waiting: Answer[]
  settling: boolean
}

export function newEntry(key: string, limit: number): Entry {
  const local = new SlidingWindow()
  return { key, limit, local, unsettled: 0, total: 0, settledAt: 0, refusedUntil: 0, waiting: [], settling: false }
}

/** Decides by what this process has let through itself, by a clock that nobody sets. */
export function takeLocally(entry: Entry, answer: Answer): void {
  const now = performance.now()
  const used = entry.local.count(now)
  if (used < entry.limit) {
    entry.local.add(now)
    answer({ allowed: true, used: used + 1, resetMs: entry.local.msUntilRoom(now) })
  } else {
    answer(refusal(entry, entry.local.msUntilRoom(now)))
  }
}

export function refusal(entry: Entry, resetMs: number): Verdict {
  return { allowed: false, used: entry.limit + 1, resetMs: Math.max(1, resetMs) }
}
