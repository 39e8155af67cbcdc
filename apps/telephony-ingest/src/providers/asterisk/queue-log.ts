import { callEvent, hashKey } from '../normalise/call-event.ts'
import { instantOf } from '../normalise/instants.ts'
import { fieldsOfObject } from '../normalise/read-body.ts'
import type { NormalisedEvent, ProviderSettings } from '../provider.ts'

type Line = {
  readonly time: string
  readonly callId: string
  readonly queue: string
  readonly member: string
  readonly event: string
  readonly parameters: readonly string[]
}

/** Kept by hand or by the queue's own upkeep, not by a caller. */
const noCall = new Set(['NONE', 'REALTIME', 'MANAGER', 'CLI', ''])

/** A line of the file, or a row of the table that it can be written to. Null for what is neither. */
export function queueLogEvents(
  item: string | Readonly<Record<string, unknown>>,
  settings: ProviderSettings,
): NormalisedEvent[] | null {
  const line = typeof item === 'string' ? readLine(item) : readRow(item)
  const at = line === null ? null : instantOf(line.time, settings.timeZone)
  if (line === null || at === null) return null
  if (noCall.has(line.callId)) return []
  const parts = meaningOf(line)
  if (parts === null) return []
  const { callId, queue, member, event, time, parameters } = line
  return [
    callEvent({
      eventKey: hashKey([time, callId, queue, member, event, ...parameters]),
      callKey: callId,
      occurredAt: at,
      queue: queue === 'NONE' ? null : queue,
      ...parts,
    }),
  ]
}

function readLine(text: string): Line | null {
  const [time = '', callId = '', queue = '', member = '', event, ...parameters] = text
    .replace(/^\uFEFF/, '')
    .trim()
    .split('|')
  return event === undefined ? null : { time, callId, queue, member, event, parameters }
}

function readRow(row: Readonly<Record<string, unknown>>): Line | null {
  const field = fieldsOfObject(row)
  const [time, callId, event] = [field('time'), field('callid'), field('event')]
  if (time === null || callId === null || event === null) return null
  const parameters = ['data1', 'data2', 'data3', 'data4', 'data5'].map((name) => field(name) ?? '')
  return { time, callId, queue: field('queuename') ?? 'NONE', member: field('agent') ?? 'NONE', event, parameters }
}

function meaningOf({
  event,
  member,
  parameters,
}: Line): (Pick<NormalisedEvent, 'type'> & Partial<NormalisedEvent>) | null {
  switch (event) {
    case 'ENTERQUEUE':
      return { type: 'queue.entered', direction: 'INBOUND', from: parameters[1] || null }
    case 'CONNECT':
      return { type: 'agent.connected', agent: member }
    case 'ABANDON':
      return { type: 'queue.abandoned' }
    case 'EXITWITHTIMEOUT':
    case 'EXITWITHKEY':
    case 'EXITEMPTY':
    case 'LEAVEEMPTY':
    case 'FULL':
    case 'JOINEMPTY':
    case 'CLOSED':
    case 'WITHDRAW':
      return { type: 'queue.left', data: { reason: event.toLowerCase() } }
    case 'COMPLETEAGENT':
    case 'COMPLETECALLER':
      return { type: 'call.ended', data: { approximate: true } }
    case 'BLINDTRANSFER':
    case 'TRANSFER':
      return { type: 'call.transferred', agent: member, data: { kind: 'blind' } }
    case 'ATTENDEDTRANSFER':
      return { type: 'call.transferred', agent: member, data: { kind: 'attended' } }
    default:
      return null
  }
}
