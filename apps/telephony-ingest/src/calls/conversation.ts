import type { AgentKey } from './agents.ts'
import { closeVisit } from './queue-visits.ts'
import { type Connection, closeSpan, closeSpans, type Ring, type Step, type Timeline } from './timeline.ts'

/** A person is on the line. */
export function connect(timeline: Timeline, step: Step): void {
  const { event, at, leg } = step
  const agentKey = whoAnswered(timeline, step)
  timeline.pickedUpAt ??= at
  leg.answeredAt ??= at
  leg.isConnected = true
  settleRings(timeline, step, agentKey)
  closeVisit(timeline, step, 'answered', null, agentKey)
  if (agentKey !== null) timeline.lastAgentKey = agentKey

  const open = timeline.openConnections.get(leg.legId)
  if (open !== undefined && (agentKey === null || open.agentKey === agentKey)) return
  if (open !== undefined && open.agentKey === null) {
    open.agentKey = agentKey
    return
  }
  closeSpan(timeline.openConnections, leg.legId, at)
  const isOver = leg.endedAt !== null
  if (isOver) timeline.isSkewed = true
  const connection: Connection = {
    callKey: event.callKey,
    legId: leg.legId,
    isOrigin: leg.isOrigin,
    agentKey,
    from: at,
    to: isOver ? at : null,
    consultUntil: null,
  }
  timeline.connections.push(connection)
  if (!isOver) timeline.openConnections.set(leg.legId, connection)
}

export function hold(timeline: Timeline, { event, at, leg }: Step): void {
  if (timeline.openHolds.has(leg.legId) || leg.endedAt !== null) return
  const held = { callKey: event.callKey, legId: leg.legId, isOrigin: leg.isOrigin, from: at, to: null }
  timeline.holds.push(held)
  timeline.openHolds.set(leg.legId, held)
}

/** A resume that names another leg than the hold did ends every hold of the call: somebody is talking again. */
export function resume(timeline: Timeline, { event, at, leg }: Step): void {
  if (event.legId !== null && closeSpan(timeline.openHolds, leg.legId, at) !== undefined) return
  closeSpans(timeline.openHolds, (span) => span.callKey === event.callKey, at)
}

/** Named by the event, else by its leg, else the only one whose phone rings, else the agent who placed the call. */
function whoAnswered(timeline: Timeline, { event, leg }: Step): AgentKey | null {
  const named = timeline.agents.keyOf(event)
  if (named !== null) return named
  if (!leg.isOrigin && leg.agentKey !== null) return leg.agentKey
  const ringing = [...new Set(openRingsOf(timeline, event.callKey).map((ring) => ring.agentKey))]
  if (leg.isOrigin && ringing.length === 1) return ringing[0] ?? null
  for (const other of timeline.legs.values()) {
    if (other.isOrigin && other.callKey === event.callKey) return other.agentKey
  }
  return null
}

/** The phone that was picked up was answered; every other one ringing for this call lost the race. */
function settleRings(timeline: Timeline, { event, at, leg }: Step, agentKey: AgentKey | null): void {
  if (timeline.openRings.size === 0) return
  for (const ring of closeSpans(timeline.openRings, (span) => span.callKey === event.callKey, at)) {
    const isHis = agentKey !== null && ring.agentKey === agentKey
    const isItsLeg = !leg.isOrigin && ring.legId === leg.legId
    ring.outcome = isHis || isItsLeg ? 'answered' : 'answered_elsewhere'
  }
}

function openRingsOf(timeline: Timeline, callKey: string): Ring[] {
  return [...timeline.openRings.values()].filter((ring) => ring.callKey === callKey)
}
