import type { CallDirection } from '@dealwire/contracts'
import { callEvent, countOf, type EventParts, hashKey, secondsOf } from './normalise/call-event.ts'
import { assumed, instantOf, type MomentInTime, timeOr } from './normalise/instants.ts'
import {
  type Fields,
  fieldsOfObject,
  nothingToTell,
  notUnderstood,
  readFlatBody,
  understood,
} from './normalise/read-body.ts'
import type { NormalisedEvent, ParsedWebhook, Provider, WebhookRequest } from './provider.ts'
import { verifyTwilio } from './twilio-signature.ts'

/** Twilio's voice callbacks, and those of the systems that speak its language: SignalWire, Telnyx TeXML and others. */
export const twilio: Provider = {
  name: 'twilio',
  methods: ['POST', 'GET'],
  verify: verifyTwilio,
  parse: parseCallback,
  /** An empty document: anything else would be played to the caller where the address answers for a call. */
  answer: () => ({ contentType: 'text/xml', body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' }),
}

const types: Readonly<Record<string, NormalisedEvent['type']>> = {
  queued: 'call.started',
  initiated: 'call.started',
  ringing: 'call.ringing',
  'in-progress': 'call.answered',
  answered: 'call.answered',
  completed: 'call.ended',
  busy: 'call.busy',
  'no-answer': 'call.ended',
  canceled: 'call.cancelled',
  failed: 'call.failed',
}

type Callback = {
  readonly field: Fields
  readonly callSid: string
  readonly callKey: string
  /** Dialled by the call itself. */
  readonly isChild: boolean
  readonly direction: CallDirection | null
  readonly time: MomentInTime
}

function parseCallback(request: WebhookRequest): ParsedWebhook {
  const body = readFlatBody(request)
  if (body === undefined)
    return notUnderstood(request, 'malformed_body', 'The body is neither a form nor a JSON object')
  const field = fieldsOfObject(body)
  const callSid = field('CallSid')
  if (callSid === null) return notUnderstood(request, 'no_call', 'The callback names no CallSid')
  const parentSid = field('ParentCallSid')
  const isChild = parentSid !== null && parentSid !== callSid
  const callback: Callback = {
    field,
    callSid,
    callKey: isChild ? parentSid : callSid,
    isChild,
    direction: isChild ? null : directionOf(field('Direction')),
    time: timeOr(instantOf(field('Timestamp')), request.receivedAtMs),
  }
  const events = [
    ...progress(callback),
    ...dialled(callback),
    ...queued(callback),
    ...conferred(callback),
    ...recorded(callback),
  ]
  if (events.length === 0 && field('ConferenceSid') !== null) return nothingToTell
  if (events.length === 0) {
    return notUnderstood(request, 'unknown_status', `CallStatus '${field('CallStatus') ?? ''}' is not known`)
  }
  return understood(events)
}

function directionOf(text: string | null): CallDirection | null {
  if (text === null) return null
  return text.toLowerCase().startsWith('out') ? 'OUTBOUND' : 'INBOUND'
}

function base({ callKey, callSid, direction, field, time }: Callback) {
  return {
    callKey,
    legId: callSid,
    occurredAt: time.at,
    direction,
    from: field('From') ?? field('Caller'),
    to: field('To') ?? field('Called'),
  }
}

/** The status of the leg that the callback is about. In `<Dial action>` and recordings it only repeats what was told. */
function progress(callback: Callback): NormalisedEvent[] {
  const { field, callSid, isChild, time } = callback
  const status = field('CallStatus')?.toLowerCase() ?? ''
  const type = types[status]
  const isAside = ['DialCallStatus', 'RecordingSid', 'QueueResult', 'ConferenceSid'].some(
    (name) => field(name) !== null,
  )
  if (type === undefined || isAside) return []
  const sequence = countOf(field('SequenceNumber'))
  const eventKey =
    sequence === null
      ? hashKey([callSid, status, field('Timestamp'), field('CallbackSource'), field('StatusCallbackEvent')])
      : `${callSid}:${sequence}`
  const role = isChild ? { role: 'destination' } : {}
  const told = callEvent({
    ...base(callback),
    eventKey,
    type,
    sequence,
    sequenceScope: sequence === null ? null : callSid,
    extension: null,
    agent: isChild ? agentOf(field('To')) : null,
    hangupCause: type === 'call.ended' || type.startsWith('call.bus') ? status : null,
    relatedCallKeys: isChild ? [callSid] : [],
    data: { ...role, ...meaning(callback, type), ...assumed(time) },
  })
  return [told, ...impliedAnswer(callback, type, role)]
}

/** An incoming call is picked up by Twilio itself: whether a person spoke, the legs that it dials tell. */
function meaning(callback: Callback, type: NormalisedEvent['type']) {
  const isOwnPickUp = type === 'call.answered' && !callback.isChild && callback.direction === 'INBOUND'
  if (isOwnPickUp) return { by: 'exchange' }
  if (type !== 'call.ended') return {}
  const seconds = secondsOf(callback.field('CallDuration'))
  const figure = callback.direction === 'INBOUND' ? { durationSeconds: seconds } : { talkSeconds: seconds }
  return { ...(seconds === null ? {} : figure), ...(callback.isChild ? {} : { final: true }) }
}

/** Only the end may have been asked for; the seconds that were billed prove the answer then. */
function impliedAnswer(callback: Callback, type: NormalisedEvent['type'], role: { role?: string }): NormalisedEvent[] {
  const seconds = secondsOf(callback.field('CallDuration')) ?? 0
  if (type !== 'call.ended' || seconds === 0 || callback.direction === 'INBOUND') return []
  if (callback.field('CallStatus') !== 'completed') return []
  return [
    callEvent({
      ...base(callback),
      eventKey: `${callback.callSid}:answered-by-duration`,
      type: 'call.answered',
      occurredAt: callback.time.at - seconds * 1_000,
      agent: callback.isChild ? agentOf(callback.field('To')) : null,
      data: { ...role, implied: true },
    }),
  ]
}

/** `<Dial action>`: how the leg that was dialled came out, told by the leg that dialled it. */
function dialled(callback: Callback): NormalisedEvent[] {
  const { field, callSid, time } = callback
  const status = field('DialCallStatus')?.toLowerCase()
  if (status === undefined) return []
  const legId = field('DialCallSid') ?? `${callSid}:dialled`
  const seconds = secondsOf(field('DialCallDuration')) ?? 0
  const leg: Omit<EventParts, 'eventKey' | 'type'> = {
    ...base(callback),
    from: null,
    to: null,
    legId,
    relatedCallKeys: legId === `${callSid}:dialled` ? [] : [legId],
    data: { role: 'destination', ...assumed(time) },
  }
  const answeredAt = time.at - seconds * 1_000
  const answered =
    seconds > 0
      ? [callEvent({ ...leg, eventKey: `${legId}:dial-answered`, type: 'call.answered', occurredAt: answeredAt })]
      : []
  const ended = callEvent({ ...leg, eventKey: `${legId}:dial-${status}`, type: 'call.ended', hangupCause: status })
  return [...answered, ended]
}

/** `<Enqueue action>`: the wait is over, and this is how long it was. */
function queued(callback: Callback): NormalisedEvent[] {
  const { field, callSid, time } = callback
  const result = field('QueueResult')
  if (result === null) return []
  const queue = field('QueueName') ?? field('QueueSid')
  const waited = secondsOf(field('QueueTime')) ?? 0
  const key = field('QueueSid') ?? queue ?? callSid
  const entered = { ...base(callback), queue, occurredAt: time.at - waited * 1_000 }
  const isGone = result === 'hangup'
  return [
    callEvent({ ...entered, eventKey: `${callSid}:${key}:entered`, type: 'queue.entered' }),
    callEvent({
      ...base(callback),
      queue,
      eventKey: `${callSid}:${key}:left`,
      type: isGone ? 'queue.abandoned' : 'queue.left',
      data: { reason: result },
    }),
  ]
}

const conference: Readonly<Record<string, NormalisedEvent['type']>> = {
  'participant-join': 'call.bridged',
  'participant-hold': 'call.held',
  'participant-unhold': 'call.resumed',
}

/** A leg in a conference: how agents are put on hold and third parties brought in. Whoever is alone there speaks with nobody. */
function conferred(callback: Callback): NormalisedEvent[] {
  const { field, callSid, isChild, time } = callback
  const event = field('StatusCallbackEvent')
  const type = field('ConferenceSid') === null ? undefined : conference[event ?? '']
  if (type === undefined || (type === 'call.bridged' && !isChild)) return []
  const eventKey = hashKey([callSid, field('ConferenceSid'), event, field('SequenceNumber'), field('Timestamp')])
  const role = isChild ? { role: 'destination' } : {}
  const agent = isChild ? agentOf(field('To')) : null
  return [callEvent({ ...base(callback), eventKey, type, agent, data: { ...role, ...assumed(time) } })]
}

function recorded(callback: Callback): NormalisedEvent[] {
  const { field, callSid } = callback
  const url = field('RecordingUrl')
  if (url === null) return []
  const key = field('RecordingSid') ?? hashKey([callSid, url])
  const data = { seconds: secondsOf(field('RecordingDuration')) }
  return [callEvent({ ...base(callback), eventKey: key, type: 'recording.available', recordingUrl: url, data })]
}

/** `client:anna` is a user of the account; a number is not. */
function agentOf(to: string | null): string | null {
  return /^client:(.+)$/.exec(to ?? '')?.[1] ?? null
}
