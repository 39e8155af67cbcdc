import type { CallDirection } from '@dealwire/contracts'
import type { LegState, Thread, Timeline } from './timeline.ts'

/** When each call identity ended; `null` while it goes on. */
export type ThreadEnds = ReadonlyMap<string, number | null>

export function findThreadEnds(timeline: Timeline, direction: CallDirection): ThreadEnds {
  const legsOf = new Map<string, LegState[]>()
  for (const leg of timeline.legs.values()) {
    const legs = legsOf.get(leg.callKey)
    if (legs === undefined) legsOf.set(leg.callKey, [leg])
    else legs.push(leg)
  }
  return new Map(
    [...timeline.threads.values()].map((thread) => [
      thread.callKey,
      threadEnd(thread, legsOf.get(thread.callKey) ?? [], direction),
    ]),
  )
}

/** A call has ended when all of its identities have. */
export function callEnd(ends: ThreadEnds): number | null {
  let latest: number | null = null
  for (const end of ends.values()) {
    if (end === null) return null
    latest = Math.max(latest ?? end, end)
  }
  return latest
}

/**
 * Said of the call as a whole; else the caller hung up; else the caller gave up in the queue; else a call that is said to be
 * about over; else every leg is down.
 * A caller who transferred their own call may leave it while it goes on, so there the last leg decides.
 */
function threadEnd(thread: Thread, legs: readonly LegState[], direction: CallDirection): number | null {
  if (thread.endedAt !== null && thread.isEndExact) return thread.endedAt
  const origin = legs.find((leg) => leg.isOrigin)
  const leavesAlone = thread.wasTransferred && direction !== 'INBOUND'
  if (origin !== undefined && origin.endedAt !== null && !leavesAlone) return origin.endedAt
  if (thread.abandonedAt !== null) return thread.abandonedAt
  return thread.endedAt ?? lastLegEnd(legs)
}

/** Rung legs that lost say nothing about the caller, who may still be waiting. */
function lastLegEnd(legs: readonly LegState[]): number | null {
  if (!legs.some((leg) => leg.isOrigin || leg.isConnected || leg.isParty)) return null
  let latest: number | null = null
  for (const leg of legs) {
    if (leg.endedAt === null) return null
    latest = Math.max(latest ?? leg.endedAt, leg.endedAt)
  }
  return latest
}
