import { callEvent } from './normalise/call-event.ts'
import { assumed, instantOf, timeOr } from './normalise/instants.ts'
import {
  type Fields,
  fieldsOfObject,
  isObject,
  nothingToTell,
  notUnderstood,
  objectIn,
  readJson,
  textOrNull,
  understood,
} from './normalise/read-body.ts'
import {
  type NormalisedEvent,
  type ParsedWebhook,
  type Provider,
  textOf,
  type Verification,
  type WebhookCredentials,
  type WebhookRequest,
} from './provider.ts'
import { verifyBodyToken } from './shared-secret.ts'

/** Aircall: nothing is signed, the body carries the webhook's token. `call.ended` comes half a minute after `call.hungup`. */
export const aircall: Provider = { name: 'aircall', methods: ['POST'], verify: verifyToken, parse: parseEvent }

function verifyToken(request: WebhookRequest, credentials: WebhookCredentials): Verification {
  const json = readJson(textOf(request.rawBody))
  return verifyBodyToken(request, credentials, isObject(json) ? textOrNull(json.token) : null)
}

const types: Readonly<Record<string, NormalisedEvent['type']>> = {
  'call.created': 'call.started',
  'call.ringing_on_agent': 'call.ringing',
  'call.answered': 'call.answered',
  'call.hold': 'call.held',
  'call.unhold': 'call.resumed',
  'call.transferred': 'call.transferred',
  'call.voicemail_left': 'call.voicemail',
  'call.hungup': 'call.ended',
  'call.ended': 'call.ended',
}

function parseEvent(request: WebhookRequest): ParsedWebhook {
  const json = readJson(textOf(request.rawBody))
  if (!isObject(json)) return notUnderstood(request, 'malformed_json', 'The body is not a JSON object')
  const event = textOrNull(json.event) ?? ''
  const type = types[event]
  if (type === undefined) {
    // Comments, tags, assignments, contacts and users.
    if (/^(call|contact|user|number|message|conversation_intelligence|transcription)\./.test(event))
      return nothingToTell
    return notUnderstood(request, 'unknown_event', `The event '${event}' is not known`)
  }
  const data = objectIn(json, 'data')
  const callKey = textOrNull(data.id)
  if (callKey === null) return notUnderstood(request, 'no_call', 'The event names no call')
  const sentAt = textOrNull(json.timestamp)
  return understood(eventsOf({ event, type, data, callKey, sentAt, receivedAtMs: request.receivedAtMs }))
}

type Notification = {
  readonly event: string
  readonly type: NormalisedEvent['type']
  readonly data: Record<string, unknown>
  readonly callKey: string
  readonly sentAt: string | null
  readonly receivedAtMs: number
}

function eventsOf({ event, type, data, callKey, sentAt, receivedAtMs }: Notification): NormalisedEvent[] {
  const field = fieldsOfObject(data)
  const user = fieldsOfObject(objectIn(data, 'user'))
  const userId = user('id')
  const base = baseOf(data, field, callKey)
  const time = timeOr(instantOf(ownTime(event, field)) ?? instantOf(sentAt), receivedAtMs)
  const isPhone = userId !== null && (type === 'call.ringing' || type === 'call.answered')
  const namesUser = isPhone || base.direction === 'OUTBOUND'
  const told = callEvent({
    ...base,
    eventKey: `${callKey}:${event}:${sentAt}:${userId}`,
    type,
    occurredAt: time.at,
    legId: isPhone ? `${callKey}:${userId}` : null,
    agent: namesUser ? (user('email') ?? userId) : null,
    hangupCause: type === 'call.ended' ? field('missed_call_reason') : null,
    data: {
      ...(isPhone ? { role: 'destination' } : {}),
      ...(event === 'call.ended' ? { final: true } : {}),
      ...assumed(time),
    },
  })
  return [told, ...afterwards(event, field, base, time.at)]
}

/** The call's own times are exact; that of the event is when it was sent. */
function ownTime(event: string, field: Fields): string | null {
  if (event === 'call.created') return field('started_at')
  if (event === 'call.answered') return field('answered_at')
  return event === 'call.hungup' || event === 'call.ended' ? field('ended_at') : null
}

function baseOf(data: Record<string, unknown>, field: Fields, callKey: string) {
  const isOutbound = field('direction') === 'outbound'
  const remote = field('raw_digits')
  const line = textOrNull(objectIn(data, 'number').digits)
  const [from, to] = isOutbound ? [line, remote] : [remote, line]
  return { callKey, direction: isOutbound ? 'OUTBOUND' : 'INBOUND', from, to } as const
}

function afterwards(event: string, field: Fields, base: ReturnType<typeof baseOf>, at: number): NormalisedEvent[] {
  const url = field('recording') ?? field('voicemail')
  if (event !== 'call.ended' || url === null) return []
  const eventKey = `${base.callKey}:recording`
  return [callEvent({ ...base, eventKey, type: 'recording.available', occurredAt: at, recordingUrl: url })]
}
