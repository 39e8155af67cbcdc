import type { CallEventType } from '@dealwire/contracts'
import { connect, hold, resume } from './conversation.ts'
import {
  isDestinationLeg,
  isExactEnd,
  isExchangeAnswer,
  isPartyLeg,
  leaveReason,
  leftMessage,
  providerFigures,
} from './event-data.ts'
import { classifyCause } from './hangup-causes.ts'
import { legOutcomeOf } from './leg-outcome.ts'
import type { OrderedEvent } from './order-events.ts'
import { closeVisit, enterQueue } from './queue-visits.ts'
import type { StoredCallEvent } from './stored-call-event.ts'
import { closeSpan, closeSpans, disconnect, type LegState, type Step, type Thread, type Timeline } from './timeline.ts'
import { transfer } from './transfer.ts'

type Effect = (timeline: Timeline, step: Step) => void

/** What may arrive long after the call, and says nothing about its legs. */
type Afterwards = 'agent.wrapup_ended' | 'recording.available'

const effects: Record<Exclude<CallEventType, Afterwards>, Effect> = {
  'call.started': () => undefined,
  'call.ringing': ring,
  'call.answered': answer,
  'call.bridged': connect,
  'agent.connected': connect,
  'call.held': hold,
  'call.resumed': resume,
  'call.transferred': transfer,
  'call.voicemail': reachMailbox,
  'call.busy': (timeline, step) => impliedEnd(timeline, step, 'busy'),
  'call.failed': (timeline, step) => impliedEnd(timeline, step, 'failed'),
  'call.cancelled': (timeline, step) => impliedEnd(timeline, step, 'cancelled'),
  'call.ended': (timeline, step) => end(timeline, step, isExactEnd(step.event)),
  'queue.entered': enterQueue,
  'queue.left': (timeline, step) => closeVisit(timeline, step, 'left', leaveReason(step.event)),
  'queue.abandoned': abandon,
}

/** Says that the caller is still there, whatever the queue reported. */
const signsOfLife = new Set<CallEventType>([
  'call.ringing',
  'call.answered',
  'call.bridged',
  'call.voicemail',
  'agent.connected',
  'queue.entered',
])

export function applyEvent(timeline: Timeline, { event, at }: OrderedEvent): void {
  const thread = threadOf(timeline, event)
  if (event.type === 'recording.available') return
  if (event.type === 'agent.wrapup_ended') {
    timeline.wrapUpEnds.push({ agentKey: timeline.agents.keyOf(event), at })
    return
  }
  if (signsOfLife.has(event.type)) revive(timeline, thread)
  const leg = legOf(timeline, event, at)
  effects[event.type](timeline, { event, at, leg, thread })
}

/** The caller did not give up, and an end that was only about now was none. */
function revive(timeline: Timeline, thread: Thread): void {
  thread.abandonedAt = null
  if (thread.endedAt === null || thread.isEndExact) return
  for (const leg of timeline.legs.values()) {
    if (leg.callKey === thread.callKey && leg.isOrigin && leg.endedAt === thread.endedAt && !leg.isEndExact)
      leg.endedAt = null
  }
  thread.endedAt = null
}

function threadOf(timeline: Timeline, event: StoredCallEvent): Thread {
  const known = timeline.threads.get(event.callKey)
  if (known !== undefined) return known
  const thread: Thread = {
    callKey: event.callKey,
    endedAt: null,
    isEndExact: false,
    abandonedAt: null,
    wasTransferred: false,
    visit: null,
  }
  timeline.threads.set(event.callKey, thread)
  return thread
}

function legOf(timeline: Timeline, event: StoredCallEvent, at: number): LegState {
  const legId = timeline.origins.legIdOf(event)
  const leg = timeline.legs.get(legId) ?? newLeg(timeline, event, legId, at)
  leg.from ??= event.from
  leg.to ??= event.to
  leg.figures = providerFigures(event) ?? leg.figures
  if (namesLegAgent(event)) leg.agentKey = timeline.agents.keyOf(event) ?? leg.agentKey
  return leg
}

function newLeg(timeline: Timeline, event: StoredCallEvent, legId: string, at: number): LegState {
  const leg: LegState = {
    legId,
    callKey: event.callKey,
    isOrigin: timeline.origins.isOrigin(event) && !isDestinationLeg(event),
    isParty: isPartyLeg(event),
    agentKey: null,
    from: event.from,
    to: event.to,
    startedAt: at,
    ringingAt: null,
    answeredAt: null,
    isConnected: false,
    endedAt: null,
    isEndExact: false,
    verdict: null,
    ringKeys: [],
    hangupCause: null,
    figures: null,
  }
  timeline.legs.set(legId, leg)
  return leg
}

/** The agent on a transfer may be its target; one on an event without a leg need not be the caller. */
function namesLegAgent(event: StoredCallEvent): boolean {
  if (event.legId === null) return event.type === 'call.started'
  return event.type !== 'call.transferred'
}

function ring(timeline: Timeline, step: Step): void {
  const { event, at, leg } = step
  leg.ringingAt ??= at
  startRinging(timeline, at)
  const agentKey = timeline.agents.keyOf(event) ?? (leg.isOrigin ? null : leg.agentKey)
  if (agentKey === null && leg.isOrigin) return
  const key = `${leg.legId}\u0000${agentKey ?? ''}`
  if (timeline.openRings.has(key) || leg.endedAt !== null) return
  const ringing = { callKey: event.callKey, legId: leg.legId, agentKey, from: at, to: null, outcome: null }
  timeline.rings.push(ringing)
  timeline.openRings.set(key, ringing)
  leg.ringKeys.push(key)
}

/** A menu may pick up before any phone rings; once a person has answered, later ringing belongs to a transfer. */
function startRinging(timeline: Timeline, at: number): void {
  if (timeline.firstRingAt !== null || timeline.connections.length > 0) return
  timeline.firstRingAt = at
  timeline.pickedUpAt = null
}

function answer(timeline: Timeline, step: Step): void {
  timeline.pickedUpAt ??= step.at
  step.leg.answeredAt ??= step.at
  // Some providers have no word for taking a call off hold: they say that it was answered again.
  if (timeline.openHolds.has(step.leg.legId)) resume(timeline, step)
  const isMachine = isExchangeAnswer(step.event) || timeline.ahead.machineAnswers.has(step.event)
  if (!isMachine) connect(timeline, step)
}

function reachMailbox(timeline: Timeline, step: Step): void {
  timeline.pickedUpAt ??= step.at
  timeline.reachedMailbox = true
  timeline.leftMessage ||= leftMessage(step.event)
  closeVisit(timeline, step, 'left', 'voicemail')
  disconnect(timeline, step.thread.callKey, step.at)
  for (const ringing of closeSpans(timeline.openRings, (span) => span.callKey === step.thread.callKey, step.at)) {
    ringing.outcome = 'no_answer'
  }
}

function abandon(timeline: Timeline, step: Step): void {
  closeVisit(timeline, step, 'abandoned', null)
  step.thread.abandonedAt = step.at
}

function impliedEnd(timeline: Timeline, step: Step, verdict: NonNullable<LegState['verdict']>): void {
  step.leg.verdict ??= verdict
  end(timeline, step, false)
}

/** The first exact end counts: a leg hangs up once, whatever else is reported afterwards. Of approximate ones the last does. */
function end(timeline: Timeline, step: Step, isExact: boolean): void {
  const { event, at, leg, thread } = step
  leg.hangupCause = event.hangupCause ?? leg.hangupCause
  if (event.legId === null && (thread.endedAt === null || !thread.isEndExact)) {
    thread.endedAt = at
    thread.isEndExact = isExact
    disconnect(timeline, thread.callKey, at)
  }
  if (leg.endedAt !== null && leg.isEndExact) return
  leg.endedAt = at
  leg.isEndExact = isExact
  closeLeg(timeline, leg, at)
}

function closeLeg(timeline: Timeline, leg: LegState, at: number): void {
  const outcome = legOutcomeOf(leg.verdict, classifyCause(leg.hangupCause))
  for (const key of leg.ringKeys) {
    const ringing = closeSpan(timeline.openRings, key, at)
    if (ringing !== undefined) ringing.outcome = outcome
  }
  closeSpan(timeline.openConnections, leg.legId, at)
  closeSpan(timeline.openHolds, leg.legId, at)
}
