import { isImplied, isReaped, isSummary } from './event-data.ts'
import type { OrderedEvent } from './order-events.ts'
import type { StoredCallEvent } from './stored-call-event.ts'

/**
 * Without what other events of the call tell better: summaries (a detail record, a queue log) where the channels' own events
 * reach the end of the call, and what only follows from another event where the event itself is there.
 */
export function withoutRetold(ordered: readonly OrderedEvent[]): readonly OrderedEvent[] {
  if (!ordered.some(({ event }) => isSummary(event) || isImplied(event))) return ordered
  const firsthand = ordered.filter(({ event }) => !isSummary(event))
  const told = firsthand.some(({ event }) => endsCaller(event)) ? firsthand : ordered
  const byType = Map.groupBy(
    told.filter(({ event }) => !isImplied(event)),
    ({ event }) => event.type,
  )
  return told.filter(
    ({ event }) => !isImplied(event) || !byType.get(event.type)?.some((other) => tellsOf(other.event, event)),
  )
}

function endsCaller(event: StoredCallEvent): boolean {
  return event.type === 'call.ended' && !isReaped(event) && (event.legId === null || event.legId === event.callKey)
}

function tellsOf(told: StoredCallEvent, implied: StoredCallEvent): boolean {
  const isOfLeg = implied.legId === null || implied.legId === told.legId
  return isOfLeg && told.callKey === implied.callKey && told.queue === implied.queue
}
