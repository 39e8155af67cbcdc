import type { CallDirection } from '@dealwire/contracts'
import { agentActivities, longestTalker, toSegments } from './agent-segments.ts'
import { collectAgents } from './agents.ts'
import { applyEvent } from './apply-event.ts'
import type { Call, CallRecording, ProviderFigures } from './call.ts'
import { callEnd, findThreadEnds, type ThreadEnds } from './call-end.ts'
import { callFlags } from './call-flags.ts'
import { isDestinationLeg, isFinalRecord, isReaped, statesDirection } from './event-data.ts'
import { clip, coveredMs, type Interval, subtract, toSeconds } from './intervals.ts'
import { toLegs } from './legs.ts'
import { type OrderedEvent, orderEvents } from './order-events.ts'
import { findOriginLegs } from './origin-legs.ts'
import { finalVerdict, liveStatus, type Verdict } from './outcome.ts'
import { readAhead } from './read-ahead.ts'
import type { StoredCallEvent } from './stored-call-event.ts'
import { type Close, conversationOf, indexHolds } from './talk-time.ts'
import { emptyTimeline, type Timeline } from './timeline.ts'
import { toQueueVisits, visitInterval } from './visit-results.ts'
import { withoutRetold } from './without-retold.ts'

/**
 * The call that a set of events describes. A pure function of the set: arrival order, duplicates and batching never matter,
 * so folding again after every arrival is always right.
 *
 * @throws RangeError without events: there is no call to speak of.
 */
export function foldCall(events: readonly StoredCallEvent[]): Call {
  const { ordered: all, isSkewed } = orderEvents(events)
  const ordered = withoutOvertaken(withoutRetold(all))
  const [first] = ordered
  if (first === undefined) throw new RangeError('A call needs at least one event')
  const timeline = buildTimeline(ordered)
  const begin = findBegin(ordered, first)
  const ends = findThreadEnds(timeline, begin.direction)
  const lastAt = ordered.reduce((latest, { at }) => Math.max(latest, at), begin.at)
  const end = callEnd(ends)
  const endedAt = end === null ? null : Math.max(end, begin.at)
  settleOpenRings(timeline, ends)
  const horizon = { from: begin.at, to: endedAt ?? lastAt }
  const verdict: Verdict =
    end === null ? { status: liveStatus(timeline), outcome: null } : finalVerdict(timeline, begin.direction)
  const measured = measure(timeline, begin.direction, ends, horizon)
  const provider = originFigures(timeline)
  const durationSeconds = endedAt === null ? null : toSeconds(endedAt - begin.at)

  return {
    externalId: first.event.callKey,
    callKeys: [...timeline.threads.keys()],
    direction: begin.direction,
    ...verdict,
    isEnded: end !== null,
    hasFinalRecord: ordered.some(({ event }) => isFinalRecord(event)),
    from: begin.from,
    to: begin.to,
    queue: queueOf(timeline, ordered),
    startedAt: begin.at,
    answeredAt: firstAnswer(timeline, begin.at),
    endedAt,
    durationSeconds,
    ...measured,
    hangupCause: hangupCauseOf(timeline),
    ...recordingsOf(ordered),
    legs: toLegs(timeline, ends),
    queueVisits: toQueueVisits(timeline, ends, horizon),
    provider,
    flags: callFlags({
      isSkewed: isSkewed || timeline.isSkewed || (end !== null && end < begin.at),
      isDirectionAssumed: begin.isDirectionAssumed,
      isStartAssumed: begin.isStartAssumed,
      isEndAssumed: ordered.some(({ event }) => isReaped(event)),
      durationSeconds,
      talkSeconds: measured.talkSeconds,
      holdSeconds: measured.holdSeconds,
      provider,
    }),
    eventsCount: ordered.length,
    lastEventAt: lastAt,
  }
}

/** An end that was only assumed is none, once the call is known to have gone on or to have ended otherwise. */
function withoutOvertaken(ordered: readonly OrderedEvent[]): readonly OrderedEvent[] {
  if (!ordered.some(({ event }) => isReaped(event))) return ordered
  const told = ordered.filter(({ event }) => !isReaped(event))
  const lastAt = told.reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY)
  const whollyEnded = new Set(
    told.filter(({ event }) => event.type === 'call.ended' && event.legId === null).map(({ event }) => event.callKey),
  )
  return ordered.filter(({ event, at }) => !isReaped(event) || (at >= lastAt && !whollyEnded.has(event.callKey)))
}

function buildTimeline(ordered: readonly OrderedEvent[]): Timeline {
  const origins = findOriginLegs(ordered)
  const timeline = emptyTimeline(collectAgents(ordered), origins, readAhead(ordered, origins))
  for (const step of ordered) applyEvent(timeline, step)
  return timeline
}

type Begin = {
  at: number
  direction: CallDirection
  from: string | null
  to: string | null
  isDirectionAssumed: boolean
  isStartAssumed: boolean
}

function findBegin(ordered: readonly OrderedEvent[], first: OrderedEvent): Begin {
  const started = ordered.find(({ event }) => event.type === 'call.started' && !isDestinationLeg(event))
  const find = <Value>(read: (event: StoredCallEvent) => Value | null): Value | null =>
    (started && read(started.event)) ?? ordered.map(({ event }) => read(event)).find((value) => value !== null) ?? null
  const stated = ordered.find(({ event }) => statesDirection(event))?.event.direction
  const direction = stated ?? find((event) => event.direction)
  return {
    at: (started ?? first).at,
    direction: direction ?? 'INBOUND',
    from: find((event) => event.from),
    to: find((event) => event.to),
    isDirectionAssumed: direction === null,
    isStartAssumed: started === undefined,
  }
}

/** Phones that still rang when the caller hung up. */
function settleOpenRings(timeline: Timeline, ends: ThreadEnds): void {
  for (const ring of timeline.openRings.values()) {
    if (ends.get(ring.callKey) !== null) ring.outcome = 'cancelled'
  }
}

type Measured = Pick<
  Call,
  | 'agent'
  | 'extension'
  | 'ringSeconds'
  | 'waitSeconds'
  | 'talkSeconds'
  | 'holdSeconds'
  | 'wrapUpSeconds'
  | 'agentSegments'
>

function measure(timeline: Timeline, direction: CallDirection, ends: ThreadEnds, horizon: Interval): Measured {
  const close: Close = (span) => {
    const limit = ends.get(span.callKey) ?? Number.POSITIVE_INFINITY
    return { from: span.from, to: Math.max(span.from, Math.min(span.to ?? limit, limit)) }
  }
  const holds = indexHolds(timeline.holds, close)
  const seconds = (intervals: readonly Interval[]) => toSeconds(coveredMs(clip(intervals, horizon)))
  const { talk, hold } = conversationOf(timeline.connections, holds, close)
  const activities = agentActivities(timeline, holds, close)
  const waits = timeline.visits.map((visit) => visitInterval(visit, ends))
  const ringSeconds = seconds(ringing(timeline, waits, horizon))
  const who = timeline.agents.refOf(longestTalker(activities, timeline, horizon) ?? callingAgent(timeline, direction))
  return {
    agent: who?.agent ?? null,
    extension: who?.extension ?? null,
    ringSeconds,
    waitSeconds: timeline.visits.length > 0 ? seconds(waits) : ringSeconds,
    talkSeconds: seconds(talk),
    holdSeconds: seconds(hold),
    wrapUpSeconds: toSeconds(coveredMs(activities.flatMap((activity) => activity.wrapUp))),
    agentSegments: activities.flatMap((activity) => toSegments(activity, timeline.agents, horizon)),
  }
}

/** From the first ringing, else the start, to the first answer of any kind, else the end; time in queues is waiting instead. */
function ringing(timeline: Timeline, waits: readonly Interval[], horizon: Interval): Interval[] {
  const from = timeline.firstRingAt ?? horizon.from
  return subtract([{ from, to: timeline.pickedUpAt ?? horizon.to }], waits)
}

/** An outbound call that nobody answered still has the agent who placed it. */
function callingAgent(timeline: Timeline, direction: CallDirection): string | null {
  if (direction !== 'OUTBOUND') return null
  for (const leg of timeline.legs.values()) if (leg.isOrigin && leg.agentKey !== null) return leg.agentKey
  return null
}

function firstAnswer(timeline: Timeline, startedAt: number): number | null {
  const [connection] = timeline.connections
  return connection === undefined ? null : Math.max(connection.from, startedAt)
}

function queueOf(timeline: Timeline, ordered: readonly OrderedEvent[]): string | null {
  const visit = timeline.visits.findLast(({ outcome }) => outcome === 'answered') ?? timeline.visits.at(-1)
  return visit?.queue ?? ordered.find(({ event }) => event.queue !== null)?.event.queue ?? null
}

function originFigures(timeline: Timeline): ProviderFigures | null {
  for (const leg of timeline.legs.values()) if (leg.isOrigin && leg.figures !== null) return leg.figures
  return null
}

/** The caller's leg speaks for the call; the others were torn down with it. */
function hangupCauseOf(timeline: Timeline): string | null {
  const legs = [...timeline.legs.values()].filter((leg) => leg.hangupCause !== null)
  return (legs.find((leg) => leg.isOrigin) ?? legs.at(-1))?.hangupCause ?? null
}

function recordingsOf(ordered: readonly OrderedEvent[]): Pick<Call, 'hasRecording' | 'recordingUrl' | 'recordings'> {
  const recordings: CallRecording[] = ordered
    .filter(({ event }) => event.type === 'recording.available' || event.recordingUrl !== null)
    .map(({ event }) => ({ eventKey: event.eventKey, url: event.recordingUrl, legId: event.legId }))
  return {
    hasRecording: recordings.length > 0,
    recordingUrl: recordings.find(({ url }) => url !== null)?.url ?? null,
    recordings,
  }
}
