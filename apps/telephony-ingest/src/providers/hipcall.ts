import { callEvent } from './normalise/call-event.ts'
import { instantOf } from './normalise/instants.ts'
import {
  type Fields,
  fieldsOfObject,
  isObject,
  notUnderstood,
  objectIn,
  readJson,
  textOrNull,
  understood,
} from './normalise/read-body.ts'
import { type NormalisedEvent, type ParsedWebhook, type Provider, textOf, type WebhookRequest } from './provider.ts'
import { verifySharedSecret } from './shared-secret.ts'

/** Hipcall sends the whole call with every event: each of its times is an event of ours, under the same key every time. */
export const hipcall: Provider = {
  name: 'hipcall',
  methods: ['POST'],
  verify: verifySharedSecret,
  parse: parseSnapshot,
}

function parseSnapshot(request: WebhookRequest): ParsedWebhook {
  const json = readJson(textOf(request.rawBody))
  if (!isObject(json)) return notUnderstood(request, 'malformed_json', 'The body is not a JSON object')
  const data = objectIn(json, 'data')
  const field = fieldsOfObject(data)
  const event = textOrNull(json.event) ?? ''
  const callKey = field('uuid')
  const startedAt = instantOf(field('started_at'))
  if (!event.startsWith('call_') || callKey === null || startedAt === null) {
    return notUnderstood(request, 'unknown_event', `The event '${event}' is not known, or names no call or no start`)
  }
  return understood(eventsOf(field, callKey, startedAt))
}

function eventsOf(field: Fields, callKey: string, startedAt: number): NormalisedEvent[] {
  const isOut = field('direction') === 'outbound'
  const isMissed = field('missing_call') === 'true'
  const base = {
    callKey,
    direction: isOut ? 'OUTBOUND' : 'INBOUND',
    from: field('caller_number'),
    to: field('callee_number'),
  } as const
  const at = (type: NormalisedEvent['type'], time: number | null, rest: Partial<NormalisedEvent> = {}) =>
    time === null
      ? []
      : [callEvent({ ...base, eventKey: `${callKey}:${type}:${time}`, type, occurredAt: time, ...rest })]
  const agent = field('user_id')
  const endedAt = instantOf(field('ended_at'))
  const bridgedAt = instantOf(field('bridged_at'))
  const lastAt = endedAt ?? bridgedAt ?? startedAt
  const mailbox = field('voicemail_url')
  const recordingUrl = field('record_url') ?? mailbox
  // Picked up is only that a menu or an announcement plays; with somebody at the other end it is bridged.
  const pickUp = { data: { by: 'exchange' } }
  return [
    ...at('call.started', startedAt, { agent: isOut ? agent : null }),
    ...at('call.answered', instantOf(field('answered_at')), pickUp),
    ...at('call.bridged', bridgedAt, { agent }),
    ...(mailbox === null ? [] : at('call.voicemail', lastAt)),
    ...(recordingUrl === null ? [] : at('recording.available', lastAt, { recordingUrl })),
    ...at('call.ended', endedAt, {
      hangupCause: isMissed ? 'no_answer' : 'normal_clearing',
      data: { final: true },
    }),
  ]
}
