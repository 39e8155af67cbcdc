import { z } from 'zod'
import { instant, longText, text, uuid } from '../core/fields.ts'

/** What can happen to a call, in any provider's words. Only ever added to. */
export const callEventTypes = [
  'call.started',
  'call.ringing',
  'call.answered',
  'call.bridged',
  'call.held',
  'call.resumed',
  'call.transferred',
  'call.voicemail',
  'call.busy',
  'call.failed',
  'call.cancelled',
  'call.ended',
  'queue.entered',
  'queue.left',
  'queue.abandoned',
  'agent.connected',
  'agent.wrapup_ended',
  'recording.available',
] as const

export const callEventType = z.enum(callEventTypes)
export type CallEventType = z.infer<typeof callEventType>

export const callDirection = z.enum(['INBOUND', 'OUTBOUND', 'INTERNAL'])
export type CallDirection = z.infer<typeof callDirection>

export const liveCallStatus = z.enum(['RINGING', 'QUEUED', 'ACTIVE', 'HELD'])

export const callStatus = z.enum([
  ...liveCallStatus.options,
  'COMPLETED',
  'MISSED',
  'ABANDONED',
  'VOICEMAIL',
  'FAILED',
  'BUSY',
])
export type CallStatus = z.infer<typeof callStatus>

const EARLIEST = Date.parse('2000-01-01T00:00:00Z')
const LATEST = Date.parse('2100-01-01T00:00:00Z')

/** A clock that was never set writes 1970; a unit mix-up writes the year 50000. Both are refused, not stored. */
const callInstant = instant.refine((value) => {
  const at = Date.parse(value)
  return at >= EARLIEST && at < LATEST
}, 'must lie between the years 2000 and 2100')

/** A number as the PBX wrote it: E.164, national, an extension, a SIP user, "anonymous", or empty when withheld. */
const party = longText(200)

const MAX_DATA_DEPTH = 10

/** By a list of its own, not by recursion: a body of nothing but brackets must not exhaust the stack. */
function isStorableData(data: unknown): boolean {
  const open: { value: unknown; depth: number }[] = [{ value: data, depth: 0 }]
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { value, depth } = item
    if (typeof value === 'string' && (value.includes('\u0000') || !value.isWellFormed())) return false
    if (value === null || typeof value !== 'object') continue
    if (depth > MAX_DATA_DEPTH) return false
    for (const [key, inner] of Object.entries(value))
      open.push({ value: key, depth }, { value: inner, depth: depth + 1 })
  }
  return true
}

/** Whatever else the provider says. Keys with a meaning are described beside the call fold. */
const eventData = z
  .record(z.string(), z.unknown())
  .refine(isStorableData, `must be at most ${MAX_DATA_DEPTH} levels deep, without NUL or unpaired surrogates`)

/** One item of `POST /v1/telephony/events` and of the generic webhook. */
export const callEventInput = z.strictObject({
  /** Unique per connection: the same id again changes nothing. */
  eventId: text(200),
  callId: text(200),
  /** Left out: the event concerns the call as a whole. */
  legId: text(200).optional(),
  type: callEventType,
  occurredAt: callInstant,
  /** The provider's own counter within the call. Where present it orders events before their times do. */
  sequence: z.int().min(0).optional(),
  direction: callDirection,
  from: party,
  to: party,
  queue: text(200).optional(),
  agent: text(200).optional(),
  extension: text(50).optional(),
  recordingUrl: text(2_000).optional(),
  hangupCause: text(200).optional(),
  data: eventData.optional(),
})
export type CallEventInput = z.infer<typeof callEventInput>

export const MAX_CALL_EVENTS = 500

/** The envelope only: items are validated one by one, so that valid events of a batch with bad ones are stored. */
export const callEventBatch = z.strictObject({
  connectionId: uuid.optional(),
  events: z.array(z.unknown()).min(1).max(MAX_CALL_EVENTS),
})
export type CallEventBatch = z.infer<typeof callEventBatch>

export const callEventBatchAnswer = z.strictObject({
  accepted: z.int().min(0),
  duplicates: z.int().min(0),
  rejected: z.array(z.strictObject({ index: z.int().min(0), code: z.string(), message: z.string() })),
})
export type CallEventBatchAnswer = z.infer<typeof callEventBatchAnswer>
