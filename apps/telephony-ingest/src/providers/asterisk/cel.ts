import type { CallDirection } from '@dealwire/contracts'
import type { NormalisedEvent } from '../provider.ts'
import { hashKey } from '../shared/call-event.ts'
import { directionBetween } from '../shared/parties.ts'
import { type Fields, fieldsOfObject, isObject, readJson } from '../shared/read-body.ts'
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
  const eventKey = hashKey([channel.legId, field('eventtime'), kind, field('appname'), field('extra')])
  return [channelEvent(row, channel, { eventKey, ...parts })]
}

function kindOf({ field }: Row): string {
  const kind = field('eventtype')?.toUpperCase() ?? ''
  return kind === 'USER_DEFINED' ? (field('usereventname') ?? field('userdeftype') ?? '').toUpperCase() : kind
}

function meaningOf(row: Row, channel: Channel): Parts | null {
  if (channel.isInternal) return null
  const extra = extraOf(row)
  switch (kindOf(row)) {
    case 'CHAN_START':
      return channel.isOrigin ? beginning(row, channel) : { type: 'call.ringing' }
    case 'ANSWER':
      // Picked up, by a phone or by the dial plan: people speak once they are in a bridge.
      return { type: 'call.answered', data: { by: 'exchange' } }
    case 'BRIDGE_ENTER':
      return extra('bridge_technology') === 'holding_bridge' ? null : { type: 'call.bridged' }
    case 'BRIDGE_START':
      return { type: 'call.bridged' }
    case 'APP_START':
      return application(row)
    case 'APP_END':
      return row.field('appname')?.toLowerCase() === 'queue' ? { type: 'queue.left', queue: queueOf(row) } : null
    case 'PARK_START':
      return { type: 'call.held', data: { parked: true } }
    case 'PARK_END':
      return { type: 'call.resumed', data: { parked: true } }
    case 'BLINDTRANSFER':
    case 'TRANSFER':
      return { type: 'call.transferred', data: { kind: 'blind', extension: extra('extension') } }
    case 'ATTENDEDTRANSFER':
      return { type: 'call.transferred', data: { kind: 'attended' } }
    case 'HANGUP':
      // The channel is about to go: its end is the record after this one, its cause is only here.
      return { type: 'call.ended', hangupCause: extra('hangupcause'), data: { approximate: true } }
    case 'CHAN_END':
      return { type: 'call.ended' }
    case 'LINKEDID_END':
      return { type: 'call.ended', legId: null, relatedCallKeys: [], data: { approximate: true, final: true } }
    case 'XIVO_INCALL':
      return channel.isOrigin ? stated('INBOUND') : null
    case 'XIVO_OUTCALL':
      // On another channel it is a forwarding to the outside, whoever called.
      return channel.isOrigin ? stated('OUTBOUND') : null
    case 'XIVO_USER_FWD':
      // A colleague's call that is forwarded to the outside goes out after this, and is a colleague's call all the same.
      return channel.isOrigin && channel.extension !== null ? stated('INTERNAL') : null
    case 'MIXMONITOR_START':
      return recording(row, extra)
    default:
      return null
  }
}

function extraOf({ field }: Row): Fields {
  const json = readJson(field('extra') ?? '')
  return fieldsOfObject(isObject(json) ? json : {})
}

function stated(direction: CallDirection): Parts {
  return { type: 'call.started', direction, data: { statesDirection: true } }
}

const fromOutside = /^(from[-_]?(extern\w*|trunk|pstn|did)\b|incall|inbound|did)/i

function beginning({ field, settings }: Row, { number }: Channel): Parts {
  const to = field('exten') === 's' ? null : field('exten')
  const isFromOutside = fromOutside.test(field('context') ?? '')
  const direction = isFromOutside ? 'INBOUND' : directionBetween(number, to, settings.maxExtensionDigits)
  return { type: 'call.started', direction, from: number, to }
}

function application(row: Row): Parts | null {
  switch (row.field('appname')?.toLowerCase()) {
    case 'queue':
      return { type: 'queue.entered', queue: queueOf(row) }
    case 'voicemail':
      return { type: 'call.voicemail' }
    default:
      return null
  }
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
