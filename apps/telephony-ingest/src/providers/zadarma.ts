import { createHmac } from 'node:crypto'
import { equalSecrets } from './equal-secrets.ts'
import { callEvent, hashKey, secondsOf } from './normalise/call-event.ts'
import { instantOf } from './normalise/instants.ts'
import {
  type Fields,
  fieldsOfObject,
  nothingToTell,
  notUnderstood,
  readFlatBody,
  readForm,
  understood,
} from './normalise/read-body.ts'
import { hmac, matchAny } from './normalise/signatures.ts'
import {
  type NormalisedEvent,
  type ParsedWebhook,
  type Provider,
  type ProviderAnswer,
  type ProviderSettings,
  refused,
  type Verification,
  verified,
  type WebhookCredentials,
  type WebhookRequest,
} from './provider.ts'

/** Zadarma's PBX notifications. Times are those of the account, and only the beginning of a call has one. */
export const zadarma: Provider = {
  name: 'zadarma',
  methods: ['POST', 'GET'],
  verify: verifyZadarma,
  parse: parseNotification,
  answer: echo,
  pathTokenOf,
}

/**
 * The last part of the address. The signature covers the numbers and the start only, so one seen once fits every event of
 * its call; the token keeps those out who have only seen one. Derived, so that the secret itself is in no address.
 */
function pathTokenOf(secret: string, connectionId: string): string {
  return createHmac('sha256', secret).update(`webhook address of ${connectionId}`).digest('hex').slice(0, 32)
}

function verifyZadarma(request: WebhookRequest, { secrets, connectionId }: WebhookCredentials): Verification {
  const { pathToken } = request
  if (pathToken === null) return refused('missing_credentials')
  const matching = secrets.filter((secret) => equalSecrets(pathToken, pathTokenOf(secret, connectionId)))
  if (matching.length === 0) return refused('wrong_credentials')
  // Asked once, unsigned, when the address is entered: it changes nothing.
  if (request.method === 'GET') return echoed(request) === null ? refused('missing_credentials') : verified
  const signature = request.headers.signature
  if (signature === undefined) return refused('missing_credentials')
  const field = fieldsOfObject(readFlatBody(request) ?? {})
  const content = signedFields(field('event') ?? '')
    .map((name) => field(name) ?? '')
    .join('')
  return matchAny(
    [signature],
    matching.map((secret) => Buffer.from(hmac('sha1', secret, content, 'hex')).toString('base64')),
  )
}

function signedFields(event: string): string[] {
  if (event === 'NOTIFY_RECORD') return ['pbx_call_id', 'call_id_with_rec']
  if (event.startsWith('NOTIFY_OUT_')) return ['internal', 'destination', 'call_start']
  if (event === 'NOTIFY_ANSWER') return ['caller_id', 'destination', 'call_start']
  return ['caller_id', 'called_did', 'call_start']
}

function echoed(request: WebhookRequest): string | null {
  const value = fieldsOfObject(readForm(request.rawQuery))('zd_echo')
  return value !== null && /^[\w.-]{1,200}$/.test(value) ? value : null
}

/** Nothing but the echo: a body would be taken for an instruction on where to put the call through. */
function echo(request: WebhookRequest): ProviderAnswer {
  return { contentType: 'text/plain', body: request.method === 'GET' ? (echoed(request) ?? '') : '' }
}

function parseNotification(request: WebhookRequest, settings: ProviderSettings): ParsedWebhook {
  if (request.rawBody.length === 0 && echoed(request) !== null) return nothingToTell
  const field = fieldsOfObject(readFlatBody(request) ?? {})
  const callKey = field('pbx_call_id')
  const event = field('event')
  if (callKey === null || event === null) return notUnderstood(request, 'no_call', 'The notification names no call')
  const startedAt = instantOf(field('call_start'), settings.timeZone)
  const events = eventsOf(event, { field, callKey, startedAt, receivedAtMs: request.receivedAtMs })
  return events === null
    ? notUnderstood(request, 'unknown_event', `The event '${event}' is not known`)
    : understood(events)
}

type Notification = {
  readonly field: Fields
  readonly callKey: string
  readonly startedAt: number | null
  readonly receivedAtMs: number
}

function eventsOf(event: string, notification: Notification): NormalisedEvent[] | null {
  switch (event) {
    case 'NOTIFY_START':
      return [told(notification, event, 'call.started', 'INBOUND')]
    case 'NOTIFY_OUT_START':
      return [told(notification, event, 'call.started', 'OUTBOUND')]
    case 'NOTIFY_INTERNAL':
      return [told(notification, event, 'call.ringing', 'INBOUND')]
    case 'NOTIFY_ANSWER':
      return [told(notification, event, 'call.answered', 'INBOUND')]
    case 'NOTIFY_END':
      return ending(notification, event, 'INBOUND')
    case 'NOTIFY_OUT_END':
      return ending(notification, event, 'OUTBOUND')
    case 'NOTIFY_RECORD':
      return [told(notification, event, 'recording.available', null)]
    case 'NOTIFY_IVR':
      return []
    default:
      return null
  }
}

function told(
  { field, callKey, startedAt, receivedAtMs }: Notification,
  event: string,
  type: NormalisedEvent['type'],
  direction: 'INBOUND' | 'OUTBOUND' | null,
): NormalisedEvent {
  const internal = field('internal')
  const isOut = direction === 'OUTBOUND'
  const isPhone = !isOut && (type === 'call.ringing' || type === 'call.answered')
  const own = type === 'call.started' ? startedAt : null
  return callEvent({
    eventKey: hashKey([event, callKey, internal, field('call_start'), field('call_id_with_rec')]),
    callKey,
    legId: isPhone ? phoneOf(callKey, field) : null,
    type,
    occurredAt: own ?? Math.max(receivedAtMs, startedAt ?? 0),
    direction,
    from: isOut ? internal : field('caller_id'),
    to: field(isOut ? 'destination' : 'called_did'),
    extension: isPhone || isOut ? internal : null,
    data: {
      ...(isPhone ? { role: 'destination' } : {}),
      ...(own === null ? { timeAssumed: true } : {}),
      recordingId: field('call_id_with_rec'),
    },
  })
}

function phoneOf(callKey: string, field: Fields): string {
  return `${callKey}:${field('internal') ?? field('destination') ?? ''}`
}

const causes: Readonly<Record<string, string>> = {
  answered: 'normal_clearing',
  busy: 'busy',
  cancel: 'cancelled',
  'no answer': 'no_answer',
}

/** The end may be all that arrives: its seconds are those of the conversation, and prove the answer. */
function ending(notification: Notification, event: string, direction: 'INBOUND' | 'OUTBOUND'): NormalisedEvent[] {
  const { field, startedAt } = notification
  const disposition = field('disposition')?.toLowerCase() ?? ''
  const seconds = secondsOf(field('duration')) ?? 0
  const end = told(notification, event, 'call.ended', direction)
  const started = told(notification, event, 'call.started', direction)
  const beginning = startedAt === null ? [] : [{ ...started, eventKey: `${end.eventKey}:started` }]
  const answer = { ...told(notification, event, 'call.answered', direction), eventKey: `${end.eventKey}:answered` }
  const answeredAt = Math.max(end.occurredAt - seconds * 1_000, startedAt ?? 0)
  const isAnswered = disposition === 'answered' && seconds > 0
  const ended: NormalisedEvent = {
    ...end,
    type: disposition === 'busy' && direction === 'OUTBOUND' ? 'call.busy' : 'call.ended',
    hangupCause: causes[disposition] ?? (disposition || field('status_code')),
    data: { ...end.data, final: true, ...(isAnswered ? { talkSeconds: seconds } : {}) },
  }
  return [...beginning, ...(isAnswered ? [{ ...answer, occurredAt: answeredAt }] : []), ended]
}
