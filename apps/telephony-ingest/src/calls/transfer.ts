import { connect } from './conversation.ts'
import { type TransferKind, transferKind } from './event-data.ts'
import { closeVisit } from './queue-visits.ts'
import { type Connection, closeSpan, closeSpans, disconnect, type Step, type Timeline } from './timeline.ts'

/** A blind transfer ends the talk until somebody else answers; an attended one hands it over without a gap. */
export function transfer(timeline: Timeline, step: Step): void {
  const { at, thread } = step
  thread.wasTransferred = true
  if (thread.visit !== null && thread.visit.enteredAt < at) closeVisit(timeline, step, 'left', 'transfer')
  if (kindOf(timeline, step) === 'blind') disconnect(timeline, thread.callKey, at)
  else handOver(timeline, step)
}

/**
 * Unsaid, it was attended if two people are already on the line, and blind if the call was rung or answered again later.
 * With neither, the talk has to be taken as going on: there is no event that says when it stopped.
 */
function kindOf(timeline: Timeline, { event }: Step): TransferKind {
  const said = transferKind(event)
  if (said !== null) return said
  if (openOf(timeline, event.callKey).several) return 'attended'
  return timeline.ahead.continuedTransfers.has(event) ? 'blind' : 'attended'
}

function handOver(timeline: Timeline, step: Step): void {
  const { event, at } = step
  const holds = closeSpans(timeline.openHolds, (span) => span.callKey === event.callKey, at)
  const { only, several } = openOf(timeline, event.callKey)
  const leaving = several ? transferorOf(timeline, step) : undefined
  if (leaving !== undefined) closeSpan(timeline.openConnections, leaving.legId, at)
  if (holds.length > 0) endConsultations(timeline, step, Math.min(...holds.map((held) => held.from)))
  if (only !== undefined) nameTarget(timeline, step, only)
}

/** Whoever came on the line while the caller was on hold has spoken with the transferring agent only, until now. */
function endConsultations(timeline: Timeline, { event, at }: Step, heldSince: number): void {
  for (const connection of timeline.openConnections.values()) {
    if (connection.callKey === event.callKey && connection.from >= heldSince) connection.consultUntil = at
  }
}

/** Named by leg or by agent, else whoever has been on the line longest. */
function transferorOf(timeline: Timeline, { event }: Step): Connection | undefined {
  const named = event.legId === null ? undefined : timeline.openConnections.get(event.legId)
  if (named?.callKey === event.callKey) return named
  const agentKey = timeline.agents.keyOf(event)
  let longest: Connection | undefined
  for (const connection of timeline.openConnections.values()) {
    if (connection.callKey !== event.callKey) continue
    if (agentKey !== null && connection.agentKey === agentKey) return connection
    longest ??= connection
  }
  return longest
}

/** With one person on the line, another agent named by the transfer is the one who takes over. */
function nameTarget(timeline: Timeline, step: Step, current: Connection): void {
  const agentKey = timeline.agents.keyOf(step.event)
  if (agentKey === null || current.agentKey === agentKey) return
  closeSpan(timeline.openConnections, current.legId, step.at)
  connect(timeline, step)
}

/** Who is on the line: one person, or several, or nobody. Looks no further than the second. */
function openOf(timeline: Timeline, callKey: string): { only: Connection | undefined; several: boolean } {
  let only: Connection | undefined
  for (const connection of timeline.openConnections.values()) {
    if (connection.callKey !== callKey) continue
    if (only !== undefined) return { only: undefined, several: true }
    only = connection
  }
  return { only, several: false }
}
