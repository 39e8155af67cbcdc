import { callEvent, hashKey, secondsOf } from './normalise/call-event.ts'
import { instantOf } from './normalise/instants.ts'
import {
  type Fields,
  fieldsOfObject,
  notUnderstood,
  readFlatBody,
  readForm,
  textOrNull,
  understood,
} from './normalise/read-body.ts'
import type {
  NormalisedEvent,
  ParsedWebhook,
  PossibleCaller,
  Provider,
  ProviderAnswer,
  ProviderSettings,
  WebhookRequest,
} from './provider.ts'
import { verifySharedSecret } from './shared-secret.ts'

/**
 * 3CX call journaling: one report per agent after the call, without an id of the call. Reports of one number and start are
 * one call: a ring group makes one for each of its phones.
 */
export const threecx: Provider = {
  name: 'threecx',
  methods: ['POST', 'GET'],
  verify: verifySharedSecret,
  parse: parseReport,
  lookup: { phoneIn, answer: contactList },
}

/** The template's lookup asks with the number alone; a report says what kind of call it is about. */
function phoneIn(request: WebhookRequest): string | null {
  if (request.method !== 'GET') return null
  const field = filled(readForm(request.rawQuery))
  return field('CallType') === null ? (field('number') ?? field('phone')) : null
}

/** What the template's rules read: one object for each contact, and none where the number is unknown. */
function contactList(callers: readonly PossibleCaller[]): ProviderAnswer {
  const contacts = callers.map(({ kind, id, name, phone }) => ({ entityType: kind, entityId: id, name, phone }))
  return { contentType: 'application/json; charset=utf-8', body: JSON.stringify({ contacts }) }
}

type Report = {
  readonly field: Fields
  readonly kind: string
  readonly agent: string
  readonly number: string | null
  readonly startedAt: number
  readonly answeredAt: number | null
  readonly endedAt: number
}

function parseReport(request: WebhookRequest, settings: ProviderSettings): ParsedWebhook {
  const body = readFlatBody(request)
  if (body === undefined)
    return notUnderstood(request, 'malformed_body', 'The body is neither a form nor a JSON object')
  const field = filled(body)
  const kind = field('CallType')?.toLowerCase() ?? ''
  if (!['inbound', 'outbound', 'missed', 'notanswered'].includes(kind)) {
    return notUnderstood(request, 'unknown_call_type', `CallType '${kind}' is not known`)
  }
  const startedAt = timeOf(field, 'CallStartTime', settings) ?? instantOf(field('DateTime'), settings.timeZone)
  const agent = field('Agent')
  if (startedAt === null || agent === null) {
    return notUnderstood(request, 'report_incomplete', 'The report has no start time or no agent')
  }
  const seconds = durationOf(field('Duration'))
  const isAnswered = kind === 'inbound' || kind === 'outbound'
  const established = timeOf(field, 'CallEstablishedTime', settings)
  const endedAt = timeOf(field, 'CallEndTime', settings) ?? (established ?? startedAt) + seconds * 1_000
  const answeredAt = isAnswered ? (established ?? endedAt - seconds * 1_000) : null
  return understood(
    eventsOf({
      field,
      kind,
      agent,
      number: field('Number'),
      startedAt,
      answeredAt,
      endedAt: Math.max(endedAt, startedAt),
    }),
  )
}

/** A variable that the PBX had nothing for arrives as its own name in brackets. */
function filled(body: Record<string, unknown>): Fields {
  const field = fieldsOfObject(body)
  return (name) => {
    const value = field(name)
    return value !== null && /^\[\w+\]$/.test(value) ? null : textOrNull(value)
  }
}

function timeOf(field: Fields, name: string, settings: ProviderSettings): number | null {
  return instantOf(field(`${name}UTC`)) ?? instantOf(field(`${name}Local`), settings.timeZone)
}

/** `hh:mm:ss`, with or without leading zeros. */
function durationOf(text: string | null): number {
  const [, hours, minutes, seconds] = /^(\d{1,3}):(\d\d):(\d\d)$/.exec(text ?? '') ?? []
  if (hours === undefined) return secondsOf(text) ?? 0
  return Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)
}

function eventsOf(report: Report): NormalisedEvent[] {
  const { field, kind, agent, number, startedAt, answeredAt, endedAt } = report
  const isOutbound = kind === 'outbound' || kind === 'notanswered'
  const start = new Date(startedAt).toISOString()
  const callKey = hashKey([start, number, isOutbound ? 'out' : 'in'])
  const key = hashKey([start, agent, number, kind])
  const base = {
    callKey,
    legId: `${callKey}:${agent}`,
    direction: isOutbound ? 'OUTBOUND' : 'INBOUND',
    from: isOutbound ? agent : number,
    to: isOutbound ? number : null,
    agent: field('AgentEmail'),
    extension: agent,
    data: { ...(isOutbound ? {} : { role: 'party' }), derived: true },
  } as const
  const url = field('RecordingUrl')
  const at = (type: NormalisedEvent['type'], occurredAt: number, rest: Partial<NormalisedEvent> = {}) =>
    callEvent({ ...base, eventKey: `${key}:${type}`, type, occurredAt, ...rest })
  return [
    at('call.started', startedAt),
    ...(isOutbound ? [] : [at('call.ringing', startedAt)]),
    ...(answeredAt === null ? [] : [at('call.answered', answeredAt)]),
    ...(url === null ? [] : [at('recording.available', endedAt, { recordingUrl: url })]),
    at('call.ended', endedAt, { hangupCause: answeredAt === null ? 'no_answer' : 'normal_clearing' }),
  ]
}
