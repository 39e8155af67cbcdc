import { createHash } from 'node:crypto'
import { callEvent, hashKey, secondsOf } from './normalise/call-event.ts'
import { assumed, instantOf, timeOr } from './normalise/instants.ts'
import {
  type Fields,
  fieldsOfObject,
  isObject,
  nothingToTell,
  notUnderstood,
  readJson,
  understood,
} from './normalise/read-body.ts'
import { hmac, matchAny, TOLERANCE_SECONDS } from './normalise/signatures.ts'
import type { ParsedWebhook, Provider, Verification, WebhookCredentials, WebhookRequest } from './provider.ts'
import { refused, textOf } from './provider.ts'

/** Vonage voice events. A leg's `completed` follows every outcome, so it never says how the leg came out. */
export const vonage: Provider = { name: 'vonage', methods: ['POST'], verify: verifyToken, parse: parseEvent }

/** A JWT of the account's signature secret, whose claims carry the hash of the body. */
function verifyToken(request: WebhookRequest, { secrets, nowMs }: WebhookCredentials): Verification {
  const header = request.headers.authorization
  if (header === undefined) return refused('missing_credentials')
  const [, head, payload, signature] = /^bearer +([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(header.trim()) ?? []
  if (head === undefined || payload === undefined || signature === undefined) return refused('malformed_credentials')
  const [algorithm, claims] = [decode(head), decode(payload)]
  if (algorithm?.alg !== 'HS256' || claims === undefined) return refused('malformed_credentials')
  const expected = secrets.map((secret) => hmac('sha256', secret, `${head}.${payload}`, 'base64url'))
  const verification = matchAny([signature], expected)
  if (!verification.ok) return verification
  if (claims.payload_hash !== createHash('sha256').update(request.rawBody).digest('hex')) {
    return refused('wrong_credentials')
  }
  return isInTime(claims, nowMs / 1_000) ? verification : refused('stale_timestamp')
}

function decode(part: string): Record<string, unknown> | undefined {
  const json = readJson(Buffer.from(part, 'base64url').toString('utf8'))
  return isObject(json) ? json : undefined
}

/** Retries carry the token of the first attempt, so age is no fault; one from the future is, and so is one that says it is over. */
function isInTime(claims: Record<string, unknown>, nowSeconds: number): boolean {
  const { iat, exp } = claims
  if (typeof iat !== 'number' || iat > nowSeconds + TOLERANCE_SECONDS) return false
  return typeof exp !== 'number' || exp >= nowSeconds - TOLERANCE_SECONDS
}

const types = {
  started: 'call.started',
  ringing: 'call.ringing',
  answered: 'call.answered',
  busy: 'call.busy',
  cancelled: 'call.cancelled',
  unanswered: 'call.ended',
  timeout: 'call.ended',
  rejected: 'call.ended',
  failed: 'call.failed',
  disconnected: 'call.ended',
  completed: 'call.ended',
} as const

const asides = new Set(['human', 'machine', 'input', 'dtmf', 'recording'])

function parseEvent(request: WebhookRequest): ParsedWebhook {
  const json = readJson(textOf(request.rawBody))
  if (!isObject(json)) return notUnderstood(request, 'malformed_json', 'The body is not a JSON object')
  const field = fieldsOfObject(json)
  const status = field('status')?.toLowerCase() ?? null
  const callKey = field('conversation_uuid') ?? field('conversation_uuid_from') ?? field('uuid') ?? field('call_uuid')
  if (callKey === null) return notUnderstood(request, 'no_call', 'The event names neither a conversation nor a leg')
  if (isAside(json, status)) return nothingToTell
  const target = field('conversation_uuid_to')
  if (target !== null) return moved(request, field, callKey, target)
  if (field('recording_url') !== null && status === null) return recording(request, field, callKey)
  if (status === null || !Object.hasOwn(types, status)) {
    return notUnderstood(request, 'unknown_status', `The status '${status ?? ''}' is not known`)
  }
  return understood([legEvent(request, field, callKey, status as keyof typeof types)])
}

/** Keys that were pressed or words that were spoken; who picked up, a person or a machine. */
function isAside(json: Record<string, unknown>, status: string | null): boolean {
  return status === null ? ['dtmf', 'digits', 'speech'].some((name) => Object.hasOwn(json, name)) : asides.has(status)
}

function legEvent(request: WebhookRequest, field: Fields, callKey: string, status: keyof typeof types) {
  const uuid = field('uuid')
  const time = timeOr(instantOf(field('timestamp')), request.receivedAtMs)
  const type = types[status]
  const isInbound = field('direction') === 'inbound'
  const user = isInbound ? appUser(field) : null
  return callEvent({
    eventKey: hashKey([uuid, status, field('timestamp'), time.isAssumed ? callKey : null]),
    callKey,
    legId: uuid,
    type,
    occurredAt: time.at,
    direction: directionOf(field, user),
    from: user === null ? nameOrNumber(field('from')) : null,
    to: user === null ? field('to') : null,
    agent: user ?? (isInbound ? null : userName(field('to'))),
    hangupCause: type === 'call.ended' ? status : null,
    data: {
      // The incoming leg is picked up by the application; a person speaks when the leg that it dials is answered.
      ...(isInbound && type === 'call.answered' ? { by: 'exchange' } : {}),
      ...(status === 'completed' ? { reportedSeconds: secondsOf(field('duration')) } : {}),
      ...assumed(time),
    },
  })
}

/** A leg that comes in from one of the company's own apps, with its user in place of a number, is a call going out. */
function appUser(field: Fields): string | null {
  const isFromNobody = nameOrNumber(field('from')) === null
  return isFromNobody ? userName(field('to')) : null
}

function userName(party: string | null): string | null {
  return party !== null && !/^[+\d\s-]+$/.test(party) ? party : null
}

function nameOrNumber(party: string | null): string | null {
  return party === null || party.toLowerCase() === 'unknown' ? null : party
}

function directionOf(field: Fields, user: string | null) {
  if (user !== null) return 'OUTBOUND'
  const direction = field('direction')
  if (direction === null) return null
  return direction === 'outbound' ? 'OUTBOUND' : 'INBOUND'
}

function recording(request: WebhookRequest, field: Fields, callKey: string): ParsedWebhook {
  const url = field('recording_url')
  const time = timeOr(instantOf(field('end_time')) ?? instantOf(field('timestamp')), request.receivedAtMs)
  const eventKey = field('recording_uuid') ?? hashKey([callKey, url])
  const event = { eventKey, callKey, type: 'recording.available', occurredAt: time.at, recordingUrl: url } as const
  return understood([callEvent({ ...event, data: { bytes: field('size'), ...assumed(time) } })])
}

/** A leg went over to another conversation: both are one call. */
function moved(request: WebhookRequest, field: Fields, from: string, to: string): ParsedWebhook {
  const time = timeOr(instantOf(field('timestamp')), request.receivedAtMs)
  const eventKey = hashKey([field('uuid'), 'transfer', from, to, field('timestamp')])
  return understood([
    callEvent({
      eventKey,
      callKey: from,
      legId: field('uuid'),
      type: 'call.transferred',
      occurredAt: time.at,
      relatedCallKeys: [to],
      data: assumed(time),
    }),
  ])
}
