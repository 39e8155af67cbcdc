import { connect } from './conversation.ts'
import { type TransferKind, transferKind } from './event-data.ts'
import { closeVisit } from './queue-visits.ts'
import { type Connection, closeSpans, disconnect, type Step, type Timeline } from './timeline.ts'

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
  if (openOf(timeline, event.callKey).length > 1) return 'attended'
  return timeline.ahead.continuedTransfers.has(event) ? 'blind' : 'attended'
}

function handOver(timeline: Timeline, step: Step): void {
  const { event, at } = step
  const isOfCall = (span: { callKey: string }) => span.callKey === event.callKey
  const heldSince = Math.min(...[...timeline.openHolds.values()].filter(isOfCall).map((held) => held.from))
  closeSpans(timeline.openHolds, isOfCall, at)

  const open = openOf(timeline, event.callKey)
  const leaving = open.length > 1 ? transferorOf(timeline, step, open) : undefined
  closeSpans(timeline.openConnections, (span) => span === leaving, at)
  for (const connection of open) {
    if (connection !== leaving && connection.from >= heldSince) connection.consultUntil = at
  }
  if (open.length === 1) nameTarget(timeline, step, open[0])
}

/** Named by leg or by agent, else whoever has been on the line longest. */
function transferorOf(timeline: Timeline, { event }: Step, open: readonly Connection[]): Connection | undefined {
  const agentKey = timeline.agents.keyOf(event)
  return (
    open.find((connection) => event.legId !== null && connection.legId === event.legId) ??
    open.find((connection) => agentKey !== null && connection.agentKey === agentKey) ??
    open[0]
  )
}

/** With one person on the line, another agent named by the transfer is the one who takes over. */
function nameTarget(timeline: Timeline, step: Step, current: Connection | undefined): void {
  const agentKey = timeline.agents.keyOf(step.event)
  if (agentKey === null || current === undefined || current.agentKey === agentKey) return
  closeSpans(timeline.openConnections, (span) => span === current, step.at)
  connect(timeline, step)
}

function openOf(timeline: Timeline, callKey: string): Connection[] {
  return [...timeline.openConnections.values()].filter((connection) => connection.callKey === callKey)
}
