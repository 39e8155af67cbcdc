import type { CallDirection } from '@dealwire/contracts'
import { callEvent, secondsOf } from './normalise/call-event.ts'
import { assumed, instantOf, timeOr } from './normalise/instants.ts'
import { isExtension } from './normalise/parties.ts'
import { isObject, notUnderstood, objectIn, readJson, textOrNull, understood } from './normalise/read-body.ts'
import {
  type NormalisedEvent,
  type ParsedWebhook,
  type Provider,
  type ProviderSettings,
  textOf,
  type Verification,
  type WebhookCredentials,
  type WebhookRequest,
} from './provider.ts'
import { verifyBodyToken } from './shared-secret.ts'

/** Dial 9: a notice when a call begins and one when it is over; the webhook's token is in the body, nothing is signed. */
export const dial9: Provider = { name: 'dial9', methods: ['POST'], verify: verifyToken, parse: parseNotice }

function verifyToken(request: WebhookRequest, credentials: WebhookCredentials): Verification {
  const json = readJson(textOf(request.rawBody))
  return verifyBodyToken(request, credentials, isObject(json) ? textOrNull(json.auth_token) : null)
}

/** The end is all that is sure to come, and carries the seconds of the whole conversation. */
function parseNotice(request: WebhookRequest, settings: ProviderSettings): ParsedWebhook {
  const json = readJson(textOf(request.rawBody))
  if (!isObject(json)) return notUnderstood(request, 'malformed_json', 'The body is not a JSON object')
  const payload = objectIn(json, 'payload')
  const event = textOrNull(payload.event) ?? ''
  const callKey = textOrNull(payload.call_id)
  if (callKey === null || !/^(IncomingCall|OutgoingCall|CallProcessed)$/.test(event)) {
    return notUnderstood(request, 'unknown_event', `The event '${event}' is not known, or names no call`)
  }
  const time = timeOr(instantOf(textOrNull(json.timestamp)), request.receivedAtMs)
  const begin = beginning(payload, callKey, event, settings)
  if (event !== 'CallProcessed') {
    const data = assumed(time)
    return understood([callEvent({ ...begin, eventKey: `${callKey}:started`, occurredAt: time.at, data })])
  }
  return understood(whole(payload, begin, time.at))
}

function beginning(payload: Record<string, unknown>, callKey: string, event: string, settings: ProviderSettings) {
  const isOut = event === 'OutgoingCall' || textOrNull(payload.call_type) === 'outgoing'
  const direction: CallDirection = isOut ? 'OUTBOUND' : 'INBOUND'
  const [source, destination] = [partyOf(payload.source, settings), partyOf(payload.destination, settings)]
  const own = isOut ? source : destination
  return {
    callKey,
    type: 'call.started',
    direction,
    from: source.number,
    to: destination.number,
    agent: own.agent,
    extension: own.extension,
  } as const
}

/** A number, or a reference to an extension or a contact of theirs. */
function partyOf(value: unknown, settings: ProviderSettings) {
  if (isObject(value)) {
    const id = textOrNull(value.id)
    return { number: null, extension: null, agent: textOrNull(value.type) === 'extension' ? id : null }
  }
  const number = textOrNull(value)
  return { number, extension: isExtension(number, settings.maxExtensionDigits) ? number : null, agent: null }
}

function whole(
  payload: Record<string, unknown>,
  begin: ReturnType<typeof beginning>,
  endedAt: number,
): NormalisedEvent[] {
  const seconds = secondsOf(textOrNull(payload.call_duration)) ?? 0
  const status = textOrNull(payload.call_status)?.toLowerCase() ?? ''
  const isAnswered = status === 'answered'
  const startedAt = endedAt - seconds * 1_000
  const key = begin.callKey
  const answer = { ...begin, eventKey: `${key}:answered`, type: 'call.answered', occurredAt: startedAt } as const
  const end = { ...begin, eventKey: `${key}:ended`, type: 'call.ended', occurredAt: endedAt } as const
  const data = { final: true, ...(isAnswered ? { talkSeconds: seconds } : {}) }
  const hangupCause = isAnswered ? 'normal_clearing' : status || 'no_answer'
  return [
    callEvent({ ...begin, eventKey: `${key}:began`, occurredAt: startedAt, data: { implied: true } }),
    ...(isAnswered ? [callEvent(answer)] : []),
    callEvent({ ...end, hangupCause, data }),
  ]
}
