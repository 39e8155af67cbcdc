import { callEvent, countOf, hashKey } from '../normalise/call-event.ts'
import { instantOf } from '../normalise/instants.ts'
import { fieldsOfObject } from '../normalise/read-body.ts'
import type { NormalisedEvent, ProviderSettings } from '../provider.ts'
import { extensionOfPhone } from './row.ts'

type Line = {
  readonly time: string
  readonly at: number
  readonly callId: string
  readonly queue: string
  readonly member: string
  readonly event: string
  readonly parameters: readonly string[]
}

/** `at`: in epoch milliseconds; left out: the time of the line. */
type Parts = Pick<NormalisedEvent, 'type'> & Partial<NormalisedEvent> & { readonly at?: number }

/** Kept by hand or by the queue's own upkeep, not by a caller. */
const noCall = new Set(['NONE', 'REALTIME', 'MANAGER', 'CLI', ''])

/** A line of the file, or a row of the table that it can be written to. Null for what is neither. */
export function queueLogEvents(
  item: string | Readonly<Record<string, unknown>>,
  settings: ProviderSettings,
): NormalisedEvent[] | null {
  const line = typeof item === 'string' ? readLine(item, settings) : readRow(item, settings)
  if (line === null) return null
  if (noCall.has(line.callId)) return []
  const { callId, queue, member, event, time, parameters } = line
  const key = hashKey([time, callId, queue, member, event, ...parameters])
  return (meanings[event]?.(line) ?? []).map(({ at = line.at, ...parts }, index) =>
    callEvent({
      eventKey: index === 0 ? key : `${key}:${index}`,
      callKey: callId,
      occurredAt: at,
      queue: queue === 'NONE' || queue === '' ? null : queue,
      ...parts,
      extension: parts.agent === undefined ? null : extensionOfPhone(member, settings),
      // Where the channels' own events are known too, they tell all of it, and more exactly.
      data: { summary: true, ...parts.data },
    }),
  )
}

function readLine(text: string, settings: ProviderSettings): Line | null {
  const [time = '', callId = '', queue = '', member = '', event, ...parameters] = text
    .replace(/^\uFEFF/, '')
    .trim()
    .split('|')
  const at = instantOf(time, settings.timeZone)
  return event === undefined || at === null ? null : { time, at, callId, queue, member, event, parameters }
}

function readRow(row: Readonly<Record<string, unknown>>, settings: ProviderSettings): Line | null {
  const field = fieldsOfObject(row)
  const [time, callId, event] = [field('time'), field('callid'), field('event')]
  const at = instantOf(time, settings.timeZone)
  if (time === null || at === null || callId === null || event === null) return null
  const parameters = ['data1', 'data2', 'data3', 'data4', 'data5'].map((name) => field(name) ?? '')
  return { time, at, callId, queue: field('queuename') ?? 'NONE', member: field('agent') ?? 'NONE', event, parameters }
}

const meanings: Readonly<Record<string, (line: Line) => Parts[]>> = {
  ENTERQUEUE: ({ parameters }) => [{ type: 'queue.entered', direction: 'INBOUND', from: parameters[1] || null }],
  CONNECT: connected,
  ABANDON: () => [{ type: 'queue.abandoned' }],
  RINGNOANSWER: (line) => rang(line, 'no_answer'),
  RINGCANCELED: (line) => rang(line, 'cancelled'),
  COMPLETEAGENT: completed,
  COMPLETECALLER: completed,
  BLINDTRANSFER: (line) => transferred(line, 'blind'),
  TRANSFER: (line) => transferred(line, 'blind'),
  ATTENDEDTRANSFER: (line) => transferred(line, 'attended'),
  EXITWITHTIMEOUT: left,
  EXITWITHKEY: left,
  // Told one after the other of the one leaving.
  EXITEMPTY: (line) => left({ ...line, event: 'LEAVEEMPTY' }),
  LEAVEEMPTY: left,
  WITHDRAW: left,
  FULL: refused,
  JOINEMPTY: refused,
  CLOSED: refused,
  DIVERT_CA_RATIO: refused,
  DIVERT_HOLDTIME: refused,
  DIVERT_WAITTIME: refused,
  WRAPUPSTART: ({ member, at, parameters }) =>
    secondsIn(parameters[0]) === null
      ? []
      : [{ type: 'agent.wrapup_ended', agent: member, at: at + (secondsIn(parameters[0]) ?? 0) }],
}

/** Milliseconds of whole seconds. */
function secondsIn(parameter: string | undefined): number | null {
  const seconds = countOf(parameter ?? null)
  return seconds === null ? null : seconds * 1_000
}

function left({ event }: Line): Parts[] {
  return [{ type: 'queue.left', data: { reason: event.toLowerCase() } }]
}

/** Turned away at the door: a visit of no length, so that it can be counted and asked why. */
function refused(line: Line): Parts[] {
  return [{ type: 'queue.entered', direction: 'INBOUND' }, ...left(line)]
}

/** hold time | unique id of the phone's channel | seconds that it rang. */
function connected({ member, at, parameters }: Line): Parts[] {
  const legId = parameters[1] || null
  const rungFor = secondsIn(parameters[2])
  const phone = { legId, agent: member, data: { role: 'destination' } }
  return [
    { type: 'agent.connected', ...(legId === null ? { agent: member } : phone) },
    ...(legId === null || rungFor === null ? [] : [{ type: 'call.ringing' as const, ...phone, at: at - rungFor }]),
  ]
}

/** Milliseconds, unlike every other duration here. */
function rang({ callId, time, member, at, parameters }: Line, hangupCause: string): Parts[] {
  const rungFor = countOf(parameters[0] ?? null) ?? 0
  const phone = { legId: `${callId}:${member}:${time}`, agent: member, data: { role: 'destination' } }
  return [
    { type: 'call.ringing', ...phone, at: at - rungFor },
    { type: 'call.ended', ...phone, hangupCause },
  ]
}

/** hold time | talk time. The queue is done with the caller, who may be sent on; a conversation there was in any case. */
function completed({ member, at, parameters }: Line): Parts[] {
  const [waited, talked] = [secondsIn(parameters[0]) ?? 0, secondsIn(parameters[1])]
  const end: Parts = { type: 'call.ended', data: { approximate: true } }
  if (talked === null || member === 'NONE') return [end]
  const connectedAt = at - talked
  return [
    end,
    { type: 'agent.connected', agent: member, at: connectedAt, data: { implied: true } },
    { type: 'queue.entered', at: connectedAt - waited, data: { implied: true } },
  ]
}

function transferred({ member }: Line, kind: 'blind' | 'attended'): Parts[] {
  return [{ type: 'call.transferred', agent: member, data: { kind } }]
}
