import { createPublicKey, type KeyObject, verify } from 'node:crypto'
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
import { isFresh } from './normalise/signatures.ts'
import {
  type NormalisedEvent,
  type ParsedWebhook,
  type Provider,
  type ProviderSettings,
  refused,
  textOf,
  type Verification,
  verified,
  type WebhookCredentials,
  type WebhookRequest,
} from './provider.ts'
import { twilio } from './twilio.ts'

/** Telnyx Call Control, version 2, and TeXML. The connection's secret is the account's public key. */
export const telnyx: Provider = { name: 'telnyx', methods: ['POST'], verify: verifyEd25519, parse: parseEvent }

function verifyEd25519(request: WebhookRequest, { secrets, nowMs }: WebhookCredentials): Verification {
  const timestamp = request.headers['telnyx-timestamp']
  const signature = request.headers['telnyx-signature-ed25519']
  if (timestamp === undefined || signature === undefined) return refused('missing_credentials')
  if (!/^\d{1,12}$/.test(timestamp)) return refused('malformed_credentials')
  const signed = Buffer.concat([Buffer.from(`${timestamp}|`), request.rawBody])
  const keys = secrets.map(publicKeyOf).filter((key) => key !== undefined)
  const isSigned = keys.some((key) => verify(null, signed, key, Buffer.from(signature, 'base64')))
  if (!isSigned) return refused('wrong_credentials')
  return isFresh(Number(timestamp), nowMs) ? verified : refused('stale_timestamp')
}

const KEY_BYTES = 32
/** What turns 32 raw bytes into a key in the form that is read everywhere. */
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

function publicKeyOf(secret: string): KeyObject | undefined {
  const raw = Buffer.from(secret, 'base64')
  if (raw.length !== KEY_BYTES) return undefined
  return createPublicKey({ key: Buffer.concat([ED25519_PREFIX, raw]), format: 'der', type: 'spki' })
}

const types: Readonly<Record<string, NormalisedEvent['type']>> = {
  'call.initiated': 'call.started',
  'call.answered': 'call.answered',
  'call.bridged': 'call.bridged',
  'call.hold': 'call.held',
  'call.unhold': 'call.resumed',
  'call.enqueued': 'queue.entered',
  'call.dequeued': 'queue.left',
  'call.hangup': 'call.ended',
  'call.recording.saved': 'recording.available',
}

/** Known, and of no meaning for a call: tones, announcements, transcripts, costs and the like. */
const asides =
  /^(call\.(machine|dtmf|gather|playback|speak|recording|refer|cost|conversation|fork|streaming|siprec|ai_gather|transcription|conversation_insights)|conference|ai|transcription|number|streaming)\b/

/** TeXML speaks Twilio's language, signed as everything of Telnyx is. */
function isTeXml(text: string, json: unknown): boolean {
  return isObject(json) ? Object.hasOwn(json, 'CallSid') : /(?:^|&)CallSid=/.test(text)
}

function parseEvent(request: WebhookRequest, settings: ProviderSettings): ParsedWebhook {
  const text = textOf(request.rawBody)
  const json = readJson(text)
  if (isTeXml(text, json)) return twilio.parse(request, settings)
  const data = isObject(json) ? objectIn(json, 'data') : {}
  const eventType = textOrNull(data.event_type)
  if (eventType === null) return notUnderstood(request, 'malformed_json', 'The body has no data.event_type')
  const type = Object.hasOwn(types, eventType) ? types[eventType] : undefined
  if (type === undefined) {
    if (asides.test(eventType)) return nothingToTell
    return notUnderstood(request, 'unknown_event', `The event '${eventType}' is not known`)
  }
  const event = legEvent(data, type, request.receivedAtMs)
  return event === null ? notUnderstood(request, 'no_call', 'The event names no id or no call') : understood([event])
}

function legEvent(
  data: Record<string, unknown>,
  type: NormalisedEvent['type'],
  receivedAtMs: number,
): NormalisedEvent | null {
  const payload = objectIn(data, 'payload')
  const field = fieldsOfObject(payload)
  const eventKey = textOrNull(data.id)
  const callKey = field('call_session_id') ?? field('call_leg_id')
  if (eventKey === null || callKey === null) return null
  const time = timeOr(instantOf(textOrNull(data.occurred_at)), receivedAtMs)
  const isPickedUp = field('direction') === 'incoming' && type === 'call.answered'
  return callEvent({
    eventKey,
    callKey,
    legId: field('call_leg_id'),
    type,
    occurredAt: time.at,
    direction: directionOf(field),
    from: field('from'),
    to: field('to'),
    queue: field('queue'),
    agent: /^sip:([^@]+)@/.exec(field('to') ?? '')?.[1] ?? null,
    hangupCause: field('hangup_cause'),
    recordingUrl: type === 'recording.available' ? recordingUrl(payload) : null,
    data: {
      ...(isPickedUp ? { by: 'exchange' } : {}),
      ...(type === 'queue.left' ? { reason: field('reason') } : {}),
      ...assumed(time),
    },
  })
}

function directionOf(field: Fields) {
  const direction = field('direction')
  if (direction === null) return null
  return direction === 'outgoing' ? 'OUTBOUND' : 'INBOUND'
}

function recordingUrl(payload: Record<string, unknown>): string | null {
  const urls = [objectIn(payload, 'public_recording_urls'), objectIn(payload, 'recording_urls')]
  return urls.flatMap((one) => [textOrNull(one.mp3), textOrNull(one.wav)]).find((url) => url !== null) ?? null
}
