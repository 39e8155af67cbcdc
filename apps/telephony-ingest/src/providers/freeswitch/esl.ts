import { callEvent, type EventParts } from '../normalise/call-event.ts'
import { fieldsOfObject } from '../normalise/read-body.ts'
import type { NormalisedEvent, ProviderSettings } from '../provider.ts'
import { cdrEvents } from './cdr-events.ts'
import { readParties } from './cdr-parties.ts'
import { type CdrRecord, readCdrRecord } from './cdr-record.ts'
import { decodePercent } from './cdr-text.ts'

/** One event of the event socket, its headers as they are in its JSON form. */
export type EslEvent = Readonly<Record<string, unknown>>

/** Known, and of no meaning for a call. `CHANNEL_HANGUP` is told again, whole, by `CHANNEL_HANGUP_COMPLETE`. */
const asides =
  /^(CHANNEL_(HANGUP|UNBRIDGE|DESTROY|STATE|CALLSTATE|EXECUTE|EXECUTE_COMPLETE|OUTGOING|PARK|UNPARK|APPLICATION|ORIGINATE|UUID|DATA)|HEARTBEAT|RE_SCHEDULE|API|BACKGROUND_JOB|PRESENCE_IN|DTMF|CODEC|RECORD_START|RECORD_STOP|CALL_UPDATE|MEDIA_BUG_START|MEDIA_BUG_STOP|CUSTOM)$/

/** The plain form: a header a line, values percent-encoded, after which a body may follow. Undefined for anything else. */
export function readPlainEvent(text: string): EslEvent | undefined {
  if (!/^(?:[\w.-]+: [^\r\n]*\r?\n)*Event-Name: /.test(text.slice(0, 4_000))) return undefined
  const headers: Record<string, string> = {}
  for (const line of text.split(/\r?\n/)) {
    if (line === '') break
    const at = line.indexOf(': ')
    if (at > 0) headers[line.slice(0, at)] ??= decodePercent(line.slice(at + 2))
  }
  return headers
}

/**
 * The end of a leg carries all that its detail record does, and becomes the same events under the same keys: whoever sends
 * both has no call twice. What comes before the end is for those who watch.
 */
export function eslEvents(event: EslEvent, settings: ProviderSettings): NormalisedEvent[] | string {
  const field = fieldsOfObject(event)
  const name = field('Event-Name')
  if (name === null) return 'The event has no Event-Name'
  if (name === 'CUSTOM' && field('Event-Subclass') === 'callcenter::info') return queueEvents(event)
  if (asides.test(name)) return []
  const record = recordOf(event)
  if ('problem' in record) return record.problem
  if (name === 'CHANNEL_HANGUP_COMPLETE') return cdrEvents(record, settings)
  const at = microseconds(field('Event-Date-Timestamp'))
  if (at === null) return 'The event has no Event-Date-Timestamp'
  const type = typeOf(name, readParties(record, settings).isDestination)
  if (type === undefined) return `The event '${name}' is not known`
  return [
    legEvent(record, settings, { type, at, eventKey: `${record.uuid}:esl:${name}:${field('Event-Date-Timestamp')}` }),
  ]
}

function typeOf(name: string, isDestination: boolean): NormalisedEvent['type'] | undefined {
  switch (name) {
    case 'CHANNEL_CREATE':
      return isDestination ? 'call.ringing' : 'call.started'
    case 'CHANNEL_PROGRESS':
    case 'CHANNEL_PROGRESS_MEDIA':
      return 'call.ringing'
    case 'CHANNEL_ANSWER':
      return 'call.answered'
    case 'CHANNEL_BRIDGE':
      return 'call.bridged'
    case 'CHANNEL_HOLD':
      return 'call.held'
    case 'CHANNEL_UNHOLD':
      return 'call.resumed'
    default:
      return undefined
  }
}

function legEvent(
  record: CdrRecord,
  settings: ProviderSettings,
  told: { type: NormalisedEvent['type']; at: number; eventKey: string },
): NormalisedEvent {
  const { callKey, relatedCallKeys, isDestination, direction, from, to, agent, extension } = readParties(
    record,
    settings,
  )
  const namesAgent = isDestination || told.type === 'call.bridged'
  return callEvent({
    eventKey: told.eventKey,
    callKey,
    legId: record.uuid,
    type: told.type,
    occurredAt: told.at,
    direction,
    from,
    to,
    agent: namesAgent ? agent : null,
    extension: namesAgent || direction === 'OUTBOUND' ? extension : null,
    relatedCallKeys,
    data: isDestination ? { role: 'destination' } : null,
  })
}

/** The event in the form of a detail record: variables by their names, the caller's profile, the channel's times. */
function recordOf(event: EslEvent): CdrRecord | { readonly problem: string } {
  const field = fieldsOfObject(event)
  const own = Object.entries(event).flatMap(([name, value]) =>
    name.startsWith('variable_') ? [[name.slice('variable_'.length), value]] : [],
  )
  const time = (name: string) => field(`Caller-Channel-${name}-Time`)
  const isRung = field('Other-Type') === 'originator'
  const other = field('Other-Leg-Unique-ID')
  return readCdrRecord(
    {
      variables: {
        call_uuid: field('Channel-Call-UUID'),
        hangup_cause: field('Hangup-Cause'),
        direction: field('Call-Direction'),
        ...(isRung && other !== null ? { originating_leg_uuid: other } : {}),
        ...(isRung || other === null ? {} : { bridge_uuid: other }),
        start_uepoch: time('Created'),
        progress_uepoch: time('Progress'),
        progress_media_uepoch: time('Progress-Media'),
        answer_uepoch: time('Answered'),
        bridge_uepoch: time('Bridged'),
        end_uepoch: time('Hangup'),
        hold_accum_usec: field('Caller-Channel-Hold-Accum'),
        last_hold_uepoch: field('Caller-Channel-Last-Hold'),
        ...Object.fromEntries(own),
        uuid: field('Unique-ID'),
        // In a JSON event nothing is encoded: one value that cannot be says so to the reader of records.
        'event source': 'event socket: plain values',
      },
      callflow: [
        {
          caller_profile: {
            caller_id_number: field('Caller-Caller-ID-Number'),
            destination_number: field('Caller-Destination-Number'),
            callee_id_number: field('Caller-Callee-ID-Number'),
          },
          times: {},
        },
      ],
    },
    '',
  )
}

function microseconds(text: string | null): number | null {
  const value = Number(text ?? '')
  return Number.isFinite(value) && value > 0 ? Math.floor(value / 1_000) : null
}

/** mod_callcenter: a caller's stay in a queue. The offers to agents are legs of their own. */
function queueEvents(event: EslEvent): NormalisedEvent[] | string {
  const field = fieldsOfObject(event)
  const member = field('CC-Member-Session-UUID')
  const at = microseconds(field('Event-Date-Timestamp'))
  const action = field('CC-Action')
  if (member === null || action === null) return []
  if (at === null) return 'The event has no Event-Date-Timestamp'
  const base = {
    eventKey: `${member}:callcenter:${action}:${field('Event-Date-Timestamp')}`,
    callKey: member,
    legId: member,
    occurredAt: at,
    queue: field('CC-Queue'),
  }
  switch (action) {
    case 'member-queue-start':
      return [callEvent({ ...base, type: 'queue.entered' })]
    case 'bridge-agent-start':
      return [callEvent({ ...base, type: 'agent.connected', agent: field('CC-Agent') })]
    case 'member-queue-end':
      return field('CC-Cause')?.toLowerCase() === 'cancel' ? [leaving(base, field('CC-Cancel-Reason'))] : []
    default:
      return []
  }
}

function leaving(base: Omit<EventParts, 'type'>, reason: string | null): NormalisedEvent {
  return reason === null || /^(break_out|none)$/i.test(reason)
    ? callEvent({ ...base, type: 'queue.abandoned' })
    : callEvent({ ...base, type: 'queue.left', data: { reason: reason.toLowerCase() } })
}
