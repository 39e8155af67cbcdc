import type { CallDirection } from '@dealwire/contracts'
import { callEvent, countOf, hashKey } from './normalise/call-event.ts'
import { assumed, instantOf, type MomentInTime, timeOr } from './normalise/instants.ts'
import { isExtension } from './normalise/parties.ts'
import {
  fieldsOfObject,
  isObject,
  nothingToTell,
  notUnderstood,
  objectIn,
  readJson,
  textOrNull,
  understood,
} from './normalise/read-body.ts'
import { matchAny } from './normalise/signatures.ts'
import {
  type NormalisedEvent,
  type ParsedWebhook,
  type Provider,
  type ProviderAnswer,
  type ProviderSettings,
  textOf,
  type Verification,
  type WebhookCredentials,
  type WebhookRequest,
} from './provider.ts'
import { verifySharedSecret } from './shared-secret.ts'

/** RingCentral telephony sessions: one notification per party and status, numbered within the session. */
export const ringcentral: Provider = {
  name: 'ringcentral',
  methods: ['POST'],
  verify: verifyRingCentral,
  parse: parseNotification,
  answer: echoValidation,
}

/** The token that the subscription was made with; before there is one, and without, the secret in the address. */
function verifyRingCentral(request: WebhookRequest, credentials: WebhookCredentials): Verification {
  const given = request.headers['verification-token'] ?? request.headers['validation-token']
  const isHandshake = request.rawBody.length === 0
  if (request.pathToken !== null || isHandshake || given === undefined) return verifySharedSecret(request, credentials)
  return matchAny([given], credentials.secrets)
}

/** A subscription is only made when its own token is said back. */
function echoValidation(request: WebhookRequest): ProviderAnswer | undefined {
  const token = request.headers['validation-token']
  if (token === undefined || !/^[\x21-\x7e]{1,300}$/.test(token)) return undefined
  return { contentType: 'text/plain', body: '', headers: { 'validation-token': token } }
}

const types: Readonly<Record<string, NormalisedEvent['type']>> = {
  Setup: 'call.started',
  Proceeding: 'call.ringing',
  Answered: 'call.answered',
  Hold: 'call.held',
  Parked: 'call.held',
  Voicemail: 'call.voicemail',
  VMScreening: 'call.voicemail',
  Disconnected: 'call.ended',
  Gone: 'call.ended',
}

function parseNotification(request: WebhookRequest, settings: ProviderSettings): ParsedWebhook {
  if (request.rawBody.length === 0) return nothingToTell
  const json = readJson(textOf(request.rawBody))
  if (!isObject(json)) return notUnderstood(request, 'malformed_json', 'The body is not a JSON object')
  const wrapped = isObject(json.body) ? json : objectIn(json, 'pn_apns')
  const body = objectIn(wrapped, 'body')
  const session = textOrNull(body.telephonySessionId)
  if (session === null) {
    // Presence, messages and other subscriptions may come to the same address.
    const isOther = /^\/(restapi|ai)\//.test(textOrNull(json.event ?? wrapped.event) ?? '')
    return isOther ? nothingToTell : notUnderstood(request, 'no_call', 'The notification names no telephony session')
  }
  const parties = Array.isArray(body.parties) ? body.parties.filter(isObject) : []
  const time = timeOr(instantOf(textOrNull(body.eventTime)), request.receivedAtMs)
  const sequence = countOf(textOrNull(body.sequence))
  const uuid = textOrNull(json.uuid) ?? hashKey([session, textOrNull(body.sequence), textOrNull(body.eventTime)])
  const events = parties.flatMap((party, index) => {
    const event = partyEvent(party, { session, time, sequence, eventKey: `${uuid}:${index}`, settings })
    return event === null ? [] : [event]
  })
  return understood(events)
}

type Notification = {
  readonly session: string
  readonly time: MomentInTime
  readonly sequence: number | null
  readonly eventKey: string
  readonly settings: ProviderSettings
}

function partyEvent(party: Record<string, unknown>, notification: Notification): NormalisedEvent | null {
  const { session, time, sequence, eventKey, settings } = notification
  const status = fieldsOfObject(objectIn(party, 'status'))
  const type = types[status('code') ?? '']
  if (type === undefined) return null
  const ends = { from: fieldsOfObject(objectIn(party, 'from')), to: fieldsOfObject(objectIn(party, 'to')) }
  const isCaller = textOrNull(party.direction) === 'Outbound'
  const own = isCaller ? ends.from : ends.to
  const extensionId = textOrNull(party.extensionId)
  const number = own('phoneNumber') ?? own('extensionNumber')
  return callEvent({
    eventKey,
    callKey: session,
    legId: textOrNull(party.id) ?? session,
    type,
    occurredAt: time.at,
    sequence,
    sequenceScope: sequence === null ? null : session,
    direction: directionOf(party, isCaller, ends.from('extensionId'), ends.to('extensionId')),
    from: ends.from('phoneNumber'),
    to: ends.to('phoneNumber'),
    agent: extensionId,
    extension: isExtension(number, settings.maxExtensionDigits) ? number : null,
    hangupCause: type === 'call.ended' ? status('reason') : null,
    data: { ...(isCaller ? {} : { role: 'party' }), ...assumed(time) },
  })
}

function directionOf(
  party: Record<string, unknown>,
  isCaller: boolean,
  fromId: string | null,
  toId: string | null,
): CallDirection | null {
  if (fromId !== null && toId !== null) return 'INTERNAL'
  if (textOrNull(party.direction) === null) return null
  return isCaller ? 'OUTBOUND' : 'INBOUND'
}
