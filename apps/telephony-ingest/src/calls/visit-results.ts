import type { QueueVisit } from './call.ts'
import type { ThreadEnds } from './call-end.ts'
import { clip, coveredMs, type Interval, toSeconds } from './intervals.ts'
import type { Timeline, Visit } from './timeline.ts'

/** The waiting: from entry to whatever ended it; open for ever while the call is live. */
export function visitInterval(visit: Visit, ends: ThreadEnds): Interval {
  const to = visit.leftAt ?? ends.get(visit.callKey) ?? Number.POSITIVE_INFINITY
  return { from: visit.enteredAt, to: Math.max(visit.enteredAt, to) }
}

/** A visit that nothing closed before the call ended was abandoned. */
export function toQueueVisits(timeline: Timeline, ends: ThreadEnds, horizon: Interval): QueueVisit[] {
  return timeline.visits.map((visit) => {
    const interval = visitInterval(visit, ends)
    const isOpen = interval.to === Number.POSITIVE_INFINITY
    return {
      callKey: visit.callKey,
      queue: visit.queue,
      entry: visit.entry,
      enteredAt: visit.enteredAt,
      leftAt: isOpen ? null : interval.to,
      outcome: visit.outcome ?? (isOpen ? null : 'abandoned'),
      reason: visit.reason,
      agent: timeline.agents.refOf(visit.agentKey),
      waitSeconds: toSeconds(coveredMs(clip([interval], horizon))),
    }
  })
}
