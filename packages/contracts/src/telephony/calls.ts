import { z } from 'zod'
import { instantOut, text, version } from '../core/fields.ts'
import { isOrdered, pageOf, pageQuery, windowEdge } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { callDirection, callEventType, callStatus, liveCallStatus } from './call-events.ts'

const seconds = z.number().min(0)

export const call = z.strictObject({
  id: z.uuid(),
  externalId: z.string(),
  connectionId: z.uuid(),
  direction: callDirection,
  status: callStatus,
  /** As the PBX wrote them. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** E.164 of the number at the other end; null when it is withheld or no subscriber's number. */
  phone: z.string().nullable(),
  contactId: z.uuid().nullable(),
  customerId: z.uuid().nullable(),
  contactName: z.string().nullable(),
  queue: z.string().nullable(),
  /** The user who talked longest. */
  agentId: z.uuid().nullable(),
  agentName: z.string().nullable(),
  startedAt: instantOut,
  answeredAt: instantOut.nullable(),
  endedAt: instantOut.nullable(),
  ringSeconds: seconds,
  waitSeconds: seconds,
  talkSeconds: seconds,
  holdSeconds: seconds,
  wrapUpSeconds: seconds,
  durationSeconds: seconds.nullable(),
  hangupCause: z.string().nullable(),
  hasRecording: z.boolean(),
  /** `clock_skew`, `implausible_duration`, `provider_mismatch`, `direction_assumed`, `start_assumed`, `end_assumed`. */
  flags: z.array(z.string()),
  /** Since when nothing more is expected of an ended call: its detail record came, or the grace after its end passed. Late news sets it back to null. */
  finalizedAt: instantOut.nullable(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})

const agent = {
  agentId: z.uuid().nullable(),
  /** As the PBX names the agent. */
  agent: z.string().nullable(),
  extension: z.string().nullable(),
}

export const callLeg = z.strictObject({
  legId: z.string(),
  isOrigin: z.boolean(),
  ...agent,
  from: z.string().nullable(),
  to: z.string().nullable(),
  startedAt: instantOut,
  ringingAt: instantOut.nullable(),
  answeredAt: instantOut.nullable(),
  endedAt: instantOut.nullable(),
  outcome: z.string().nullable(),
  hangupCause: z.string().nullable(),
})

export const queueVisit = z.strictObject({
  queue: z.string(),
  /** 1 for the first entry of the call into this queue. */
  entry: z.int().min(1),
  enteredAt: instantOut,
  leftAt: instantOut.nullable(),
  outcome: z.enum(['answered', 'abandoned', 'left']).nullable(),
  reason: z.string().nullable(),
  ...agent,
  waitSeconds: seconds,
})

export const agentSegment = z.strictObject({
  ...agent,
  kind: z.enum(['ring', 'talk', 'hold', 'wrapup']),
  startedAt: instantOut,
  endedAt: instantOut.nullable(),
  seconds,
  outcome: z.string().nullable(),
})

const recording = z.strictObject({ eventId: z.string(), legId: z.string().nullable(), url: z.string().nullable() })

const storedEvent = z.strictObject({
  eventId: z.string(),
  legId: z.string().nullable(),
  type: callEventType,
  occurredAt: instantOut,
  receivedAt: instantOut,
  data: z.looseObject({}).nullable(),
})

export const callDetail = call.extend({
  legs: z.array(callLeg),
  queueVisits: z.array(queueVisit),
  agentSegments: z.array(agentSegment),
  recordings: z.array(recording),
  /** The PBX's own figures, kept beside ours. */
  provider: z.looseObject({}).nullable(),
  eventsCount: z.int().min(1),
  /** In the order of their times, at most the first 1,000. */
  events: z.array(storedEvent),
})

const callFilters = {
  direction: callDirection.optional(),
  agentId: z.union([z.literal('me'), z.uuid()]).optional(),
  queue: text(200).optional(),
  phone: text(100).optional(),
  contactId: z.uuid().optional(),
  customerId: z.uuid().optional(),
  connectionId: z.uuid().optional(),
}

export const listCallsRoute = defineRoute({
  method: 'GET',
  path: '/v1/telephony/calls',
  service: 'telephony-ingest',
  permission: 'telephony:read',
  description:
    '`ringSeconds` is from the first ringing to answer or end, outside queues; `waitSeconds` from queue entry to agent, abandonment or leaving; `talkSeconds` is the union of connected intervals less hold. `agentId` is who talked longest.',
  summary: 'List calls. `phone` is compared as E.164; `from` and `to` are a window of the start.',
  query: pageQuery({
    sorts: ['startedAt', 'createdAt'],
    defaultSort: '-startedAt',
    filters: { status: callStatus.optional(), ...callFilters, from: windowEdge.optional(), to: windowEdge.optional() },
  }).refine((query) => isOrdered(query.from, query.to), { path: ['to'], message: 'must not be before from' }),
  responses: { 200: pageOf(call) },
})

export const listLiveCallsRoute = defineRoute({
  method: 'GET',
  path: '/v1/telephony/calls/live',
  service: 'telephony-ingest',
  permission: 'telephony:read',
  summary: 'List the calls that have not ended.',
  query: pageQuery({
    sorts: ['startedAt'],
    defaultSort: '-startedAt',
    filters: { status: liveCallStatus.optional(), ...callFilters },
  }),
  responses: { 200: pageOf(call) },
})

/** Longer than it takes to send the longest recording over a slow line. */
const RECORDING_DEADLINE_MS = 10 * 60_000

export const getRecordingRoute = defineRoute({
  method: 'GET',
  path: '/v1/telephony/calls/:id/recording',
  service: 'telephony-ingest',
  permission: 'telephony:read',
  summary: 'Listen to a call: its first recording, or the one of `eventId`.',
  description:
    'Recordings are fetched from the PBX soon after it tells of them, and sent from here: with `Range`, so that a player can seek. One that is not here, yet or any more, is 409 `recording_unavailable`.',
  query: z.strictObject({ eventId: text(200).optional() }),
  stream: {
    mediaTypes: ['audio/mpeg', 'audio/wav', 'audio/ogg', 'application/octet-stream'],
    deadlineMs: RECORDING_DEADLINE_MS,
  },
  errors: ['recording_unavailable'],
  responses: { 200: z.string(), 206: z.string(), 308: null, 404: problem, 409: problem, 416: null },
})

export const getCallRoute = defineRoute({
  method: 'GET',
  path: '/v1/telephony/calls/:id',
  service: 'telephony-ingest',
  permission: 'telephony:read',
  summary:
    'Get one call with its legs, queue visits and events. A call that was merged into another answers 308 to it.',
  responses: { 200: callDetail, 308: null, 404: problem },
})
