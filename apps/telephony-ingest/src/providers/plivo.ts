import type { CallDirection } from '@dealwire/contracts'
import { callEvent, hashKey, secondsOf } from './normalise/call-event.ts'
import { assumed, instantOf, timeOr } from './normalise/instants.ts'
import { type Fields, fieldsOfObject, notUnderstood, readFlatBody, understood } from './normalise/read-body.ts'
import { hmac, matchAny } from './normalise/signatures.ts'
import type {
  NormalisedEvent,
  ParsedWebhook,
  Provider,
  Verification,
  WebhookCredentials,
  WebhookRequest,
} from './provider.ts'
import { refused, textOf } from './provider.ts'

/** Plivo voice callbacks. Times are UTC without saying so; `BillDuration` is rounded up to a minute and says nothing. */
export const plivo: Provider = { name: 'plivo', methods: ['POST', 'GET'], verify: verifyPlivo, parse: parseCallback }

/** Version 3 covers the fields; version 2 only the address, so it is looked at only where there is no version 3. */
function verifyPlivo(request: WebhookRequest, { secrets }: WebhookCredentials): Verification {
  const { headers } = request
  const third = [headers['x-plivo-signature-v3'], headers['x-plivo-signature-ma-v3']].filter((one) => one !== undefined)
  const given = third.length > 0 ? third : [headers['x-plivo-signature-v2']].filter((one) => one !== undefined)
  const nonce = headers[third.length > 0 ? 'x-plivo-signature-v3-nonce' : 'x-plivo-signature-v2-nonce']
  if (given.length === 0 || nonce === undefined) return refused('missing_credentials')
  if (!URL.canParse(request.publicUrl)) return refused('malformed_credentials')
  const content = third.length > 0 ? `${signedV3(request)}.${nonce}` : addressOf(request.publicUrl) + nonce
  const signatures = given.flatMap((list) => list.split(',')).map((one) => one.trim())
  return matchAny(
    signatures,
    secrets.map((secret) => hmac('sha256', secret, content, 'base64')),
  )
}

function addressOf(publicUrl: string): string {
  const { protocol, host, pathname } = new URL(publicUrl)
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`
}

/** The address with its query sorted, then the sorted fields of a form, run together. */
function signedV3(request: WebhookRequest): string {
  const address = new URL(request.publicUrl)
  const query = sorted(new URLSearchParams(request.rawQuery)).map(([name, value]) => `${name}=${value}`)
  const form = request.method === 'POST' ? sorted(new URLSearchParams(textOf(request.rawBody))) : []
  const base = `${address.protocol}//${address.host}${address.pathname}`
  const fields = form.map(([name, value]) => name + value).join('')
  if (query.length === 0) return fields === '' ? base : `${base}?${fields}`
  return `${base}?${query.join('&')}${fields === '' ? '' : `.${fields}`}`
}

function sorted(parameters: URLSearchParams): [string, string][] {
  return [...parameters].sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : 1
}

const types: Readonly<Record<string, NormalisedEvent['type']>> = {
  ringing: 'call.ringing',
  'in-progress': 'call.answered',
  completed: 'call.ended',
  busy: 'call.busy',
  failed: 'call.failed',
  timeout: 'call.ended',
  'no-answer': 'call.ended',
  cancel: 'call.cancelled',
}

function parseCallback(request: WebhookRequest): ParsedWebhook {
  const body = readFlatBody(request)
  if (body === undefined)
    return notUnderstood(request, 'malformed_body', 'The body is neither a form nor a JSON object')
  const field = fieldsOfObject(body)
  const legId = field('CallUUID')
  if (legId === null) return notUnderstood(request, 'no_call', 'The callback names no CallUUID')
  const status = field('CallStatus')?.toLowerCase() ?? ''
  const type = field('RecordUrl') === null ? types[status] : 'recording.available'
  if (type === undefined) return notUnderstood(request, 'unknown_status', `CallStatus '${status}' is not known`)
  return understood(eventsOf({ field, legId, status, type, receivedAtMs: request.receivedAtMs }))
}

type Callback = {
  readonly field: Fields
  readonly legId: string
  readonly status: string
  readonly type: NormalisedEvent['type']
  readonly receivedAtMs: number
}

function eventsOf(callback: Callback): NormalisedEvent[] {
  const { field, legId, status, type, receivedAtMs } = callback
  const callKey = field('ALegUUID') ?? field('ParentCallUUID') ?? legId
  const isChild = callKey !== legId
  const [startedAt, answeredAt] = [instantOf(field('StartTime')), instantOf(field('AnswerTime'))]
  const time = timeOr(ownTime(callback), receivedAtMs)
  const leg = { callKey, legId, from: field('From'), to: field('To') }
  const base = isChild ? { ...leg, relatedCallKeys: [legId] } : { ...leg, direction: directionOf(field) }
  const role = isChild ? { role: 'destination' } : {}
  const isEnd = type === 'call.ended'
  const told = callEvent({
    ...base,
    eventKey: hashKey([legId, field('Event'), status, field('EndTime'), field('RecordUrl')]),
    type,
    occurredAt: time.at,
    recordingUrl: field('RecordUrl'),
    hangupCause: isEnd ? (field('HangupCause') ?? status) : null,
    data: { ...role, ...assumed(time), ...(isEnd ? { final: !isChild, ...figures(field) } : {}) },
  })
  const events = [told]
  // An end that carries the time of the answer stands for callbacks that were not asked for.
  if (isEnd && answeredAt !== null) {
    events.unshift(
      callEvent({ ...base, eventKey: `${legId}:answered`, type: 'call.answered', occurredAt: answeredAt, data: role }),
    )
  }
  if (startedAt !== null && !isChild) {
    events.unshift(callEvent({ ...base, eventKey: `${legId}:started`, type: 'call.started', occurredAt: startedAt }))
  }
  return events
}

function ownTime({ field, type }: Callback): number | null {
  const name = type === 'call.answered' ? 'AnswerTime' : type === 'call.ringing' ? 'StartTime' : 'EndTime'
  return instantOf(field(name))
}

function directionOf(field: Fields): CallDirection | null {
  const direction = field('Direction')
  if (direction === null) return null
  return direction.toLowerCase() === 'outbound' ? 'OUTBOUND' : 'INBOUND'
}

function figures(field: Fields): { talkSeconds?: number } {
  const talkSeconds = secondsOf(field('Duration'))
  return talkSeconds === null ? {} : { talkSeconds }
}
