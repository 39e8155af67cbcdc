import type { AgentKey } from './agents.ts'
import { disconnect, type Step, type Timeline, type Visit } from './timeline.ts'

const SAME_ENTRY_MS = 2_000

/** Entering again makes another visit, even into the same queue; whoever was on the line has handed the caller over. */
export function enterQueue(timeline: Timeline, step: Step): void {
  const { event, at, thread } = step
  if (isToldTwice(thread.visit, event.queue, at)) return
  closeVisit(timeline, step, 'left', 'overflow')
  disconnect(timeline, thread.callKey, at)
  const queue = event.queue ?? 'unknown'
  const entry = (timeline.entries.get(queue) ?? 0) + 1
  timeline.entries.set(queue, entry)
  const visit: Visit = {
    callKey: event.callKey,
    queue,
    entry,
    enteredAt: at,
    leftAt: null,
    outcome: null,
    reason: null,
    agentKey: null,
  }
  timeline.visits.push(visit)
  thread.visit = visit
}

/** Whoever is in a queue cannot enter it: two sources told of the one entry, one of them by whole seconds. */
function isToldTwice(open: Visit | null, queue: string | null, at: number): boolean {
  return open !== null && open.queue === (queue ?? 'unknown') && at - open.enteredAt <= SAME_ENTRY_MS
}

export function closeVisit(
  timeline: Timeline,
  { at, thread }: Step,
  outcome: NonNullable<Visit['outcome']>,
  reason: string | null,
  agentKey: AgentKey | null = null,
): void {
  const visit = thread.visit
  if (visit === null) return
  visit.leftAt = at
  visit.outcome = outcome
  visit.reason = reason
  visit.agentKey = agentKey
  thread.visit = null
  if (at < visit.enteredAt) timeline.isSkewed = true
}
