import { callEvent, hashKey, secondsOf } from './normalise/call-event.ts'
import { type Fields, fieldsOfObject, isObject, notUnderstood, readJson, understood } from './normalise/read-body.ts'
import { hmac, isFresh, matchAny } from './normalise/signatures.ts'
import {
  type NormalisedEvent,
  type ParsedWebhook,
  type Provider,
  refused,
  textOf,
  type Verification,
  type WebhookCredentials,
  type WebhookRequest,
} from './provider.ts'

/** jambonz call status hooks: no time and no counter, so an event counts for the moment it arrived. */
export const jambonz: Provider = { name: 'jambonz', methods: ['POST'], verify: verifySignature, parse: parseStatus }

function verifySignature(request: WebhookRequest, { secrets, nowMs }: WebhookCredentials): Verification {
  const header = request.headers['jambonz-signature']
  if (header === undefined) return refused('missing_credentials')
  const parts = header.split(',').map((part) => part.trim())
  const timestamp = parts.find((part) => /^t=\d{1,12}$/.test(part))?.slice(2)
  const given = parts.filter((part) => part.startsWith('v1=')).map((part) => part.slice(3))
  if (timestamp === undefined || given.length === 0) return refused('malformed_credentials')
  const content = Buffer.concat([Buffer.from(`${timestamp}.`), request.rawBody])
  const expected = secrets.map((secret) => hmac('sha256', secret, content, 'hex'))
  const verification = matchAny(given, expected)
  if (!verification.ok) return verification
  return isFresh(Number(timestamp), nowMs) ? verification : refused('stale_timestamp')
}

const types: Readonly<Record<string, NormalisedEvent['type']>> = {
  trying: 'call.started',
  ringing: 'call.ringing',
  'early-media': 'call.ringing',
  'in-progress': 'call.answered',
  completed: 'call.ended',
  failed: 'call.failed',
  busy: 'call.busy',
  'no-answer': 'call.ended',
}

function parseStatus(request: WebhookRequest): ParsedWebhook {
  const json = readJson(textOf(request.rawBody))
  if (!isObject(json)) return notUnderstood(request, 'malformed_json', 'The body is not a JSON object')
  const field = fieldsOfObject(json)
  const legId = field('call_sid')
  const status = field('call_status') ?? ''
  const type = types[status]
  if (legId === null || type === undefined) {
    return notUnderstood(request, 'unknown_status', `No call_sid, or the call_status '${status}' is not known`)
  }
  return understood(statusEvents(field, legId, type, request.receivedAtMs))
}

function statusEvents(field: Fields, legId: string, type: NormalisedEvent['type'], at: number): NormalisedEvent[] {
  const status = field('call_status')
  const callKey = field('parent_call_sid') ?? legId
  const isChild = callKey !== legId
  const isInbound = field('direction') === 'inbound' && !isChild
  const leg = { callKey, legId, from: field('from'), to: field('to') }
  const direction = isInbound ? 'INBOUND' : 'OUTBOUND'
  const base = isChild ? { ...leg, relatedCallKeys: [legId] } : ({ ...leg, direction } as const)
  const role = isChild ? { role: 'destination' } : {}
  const told = callEvent({
    ...base,
    eventKey: hashKey([legId, status, field('sip_status')]),
    type,
    occurredAt: at,
    hangupCause: type === 'call.ended' ? status : null,
    data: {
      ...role,
      ...(isInbound ? { by: 'exchange' } : {}),
      ...(type === 'call.ended' ? { final: !isChild } : {}),
      timeAssumed: true,
    },
  })
  // The seconds of a leg that was dialled prove its answer, whatever was asked to be told.
  const seconds = status === 'completed' && !isInbound ? (secondsOf(field('duration')) ?? 0) : 0
  if (seconds === 0) return [told]
  const eventKey = `${legId}:answered-by-duration`
  const answer = callEvent({ ...base, eventKey, type: 'call.answered', occurredAt: at - seconds * 1_000, data: role })
  return [answer, told]
}
