import type { CallDirection } from '@dealwire/contracts'
import { hashKey } from '../normalise/call-event.ts'
import { directionBetween } from '../normalise/parties.ts'
import { type Fields, fieldsOfObject, isObject, readJson } from '../normalise/read-body.ts'
import type { NormalisedEvent } from '../provider.ts'
import { type Channel, channelEvent, channelOf, type Row } from './row.ts'

type Parts = Pick<NormalisedEvent, 'type'> & Partial<NormalisedEvent>

/** One channel event record. What a record means never depends on another: the fold puts them together. */
export function celEvents(row: Row): NormalisedEvent[] | string {
  const channel = channelOf(row)
  if (channel === null) return 'The channel event names no UniqueID'
  const parts = meaningOf(row, channel)
  if (parts === null) return []
  const { field } = row
  const kind = kindOf(row)
  // By the instant, not by its text: a file writes the time of an event otherwise than the live stream does.
  const at = row.time.isAssumed ? field('eventtime') : String(row.time.at)
  const eventKey = hashKey([channel.legId, at, kind, field('appname'), field('extra')])
  return [channelEvent(row, channel, { eventKey, ...parts })]
}

function kindOf({ field }: Row): string {
  const kind = field('eventtype')?.toUpperCase() ?? ''
  return kind === 'USER_DEFINED' ? (field('usereventname') ?? field('userdeftype') ?? '').toUpperCase() : kind
}

type Meaning = (row: Row, channel: Channel, extra: Fields) => Parts | null

const meanings: Readonly<Record<string, Meaning>> = {
  CHAN_START: (row, channel) => (channel.isOrigin ? beginning(row, channel) : { type: 'call.ringing' }),
  // Picked up, by a phone or by the dial plan: people speak once they are in a bridge.
  ANSWER: () => ({ type: 'call.answered', data: { by: 'exchange' } }),
  BRIDGE_ENTER: (_row, _channel, extra) =>
    extra('bridge_technology') === 'holding_bridge' ? null : { type: 'call.bridged' },
  BRIDGE_START: () => ({ type: 'call.bridged' }),
  APP_START: application,
  APP_END: (row) => (isApp(row, 'queue') ? { type: 'queue.left', queue: queueOf(row) } : null),
  PARK_START: () => ({ type: 'call.held', data: { parked: true } }),
  PARK_END: () => ({ type: 'call.resumed', data: { parked: true } }),
  BLINDTRANSFER: blindTransfer,
  TRANSFER: blindTransfer,
  ATTENDEDTRANSFER: () => ({ type: 'call.transferred', data: { kind: 'attended' } }),
  // The channel is about to go: its end is the record after this one, its cause is only here.
  HANGUP: (_row, _channel, extra) => ({
    type: 'call.ended',
    hangupCause: extra('hangupcause'),
    data: { approximate: true },
  }),
  CHAN_END: () => ({ type: 'call.ended' }),
  LINKEDID_END: () => ({
    type: 'call.ended',
    legId: null,
    relatedCallKeys: [],
    data: { approximate: true, final: true },
  }),
  XIVO_INCALL: (_row, channel) => stated(channel, 'INBOUND'),
  // On another channel it is a forwarding to the outside, whoever called.
  XIVO_OUTCALL: (_row, channel) => stated(channel, 'OUTBOUND'),
  // A colleague's call that is forwarded to the outside goes out after this, and is a colleague's call all the same.
  XIVO_USER_FWD: (_row, channel) => (channel.extension === null ? null : stated(channel, 'INTERNAL')),
  MIXMONITOR_START: (row, _channel, extra) => recording(row, extra),
}

function meaningOf(row: Row, channel: Channel): Parts | null {
  return channel.isInternal ? null : (meanings[kindOf(row)]?.(row, channel, extraOf(row)) ?? null)
}

function extraOf({ field }: Row): Fields {
  const json = readJson(field('extra') ?? '')
  return fieldsOfObject(isObject(json) ? json : {})
}

function stated({ isOrigin }: Channel, direction: CallDirection): Parts | null {
  return isOrigin ? { type: 'call.started', direction, data: { statesDirection: true } } : null
}

function blindTransfer(_row: Row, _channel: Channel, extra: Fields): Parts {
  return { type: 'call.transferred', data: { kind: 'blind', extension: extra('extension') } }
}

const fromOutside = /^(from[-_]?(extern\w*|trunk|pstn|did)\b|incall|inbound|did)/i

function beginning({ field, settings }: Row, { number }: Channel): Parts {
  const to = field('exten') === 's' ? null : field('exten')
  const isFromOutside = fromOutside.test(field('context') ?? '')
  const direction = isFromOutside ? 'INBOUND' : directionBetween(number, to, settings.maxExtensionDigits)
  return { type: 'call.started', direction, from: number, to }
}

function application(row: Row): Parts | null {
  if (isApp(row, 'queue')) return { type: 'queue.entered', queue: queueOf(row) }
  return isApp(row, 'voicemail') ? { type: 'call.voicemail' } : null
}

function isApp({ field }: Row, name: string): boolean {
  return field('appname')?.toLowerCase() === name
}

function queueOf({ field }: Row): string | null {
  return field('appdata')?.split(',', 1)[0] || null
}

function recording({ settings }: Row, extra: Fields): Parts | null {
  const path = extra('filename')
  if (path === null) return null
  const base = settings.recordingBaseUrl?.replace(/\/+$/, '') ?? null
  const recordingUrl = base === null ? null : `${base}/${path.replace(/^\/+/, '')}`
  return { type: 'recording.available', recordingUrl, data: { path } }
}
