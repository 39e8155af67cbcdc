import { hashKey } from '../normalise/call-event.ts'
import { directionBetween, isExtension } from '../normalise/parties.ts'
import type { NormalisedEvent } from '../provider.ts'
import { type Channel, channelEvent, channelOf, extensionOfPhone, type Row } from './row.ts'

type Parts = Pick<NormalisedEvent, 'type'> & Partial<NormalisedEvent>

/** One event of the manager interface. Most are not about calls, and tell nothing. */
export function amiEvents(row: Row): NormalisedEvent[] | string {
  const channel = channelOf(row) ?? transfererOf(row)
  if (channel === null || channel.isInternal) return []
  const parts = meaningOf(row, channel)
  if (parts === null) return []
  const { field } = row
  const eventKey =
    field('eventid') ??
    hashKey([field('event'), channel.legId, field('timestamp'), field('channelstate'), field('queue')])
  return [channelEvent(row, channel, { eventKey, ...parts })]
}

function meaningOf(row: Row, channel: Channel): Parts | null {
  const { field } = row
  switch (field('event')?.toLowerCase()) {
    case 'newchannel':
      return channel.isOrigin ? beginning(row, channel) : { type: 'call.ringing' }
    case 'newstate':
      return stateOf(row, channel)
    case 'bridgeenter':
      return /holding/i.test(field('bridgetechnology') ?? '') ? null : { type: 'call.bridged' }
    case 'hold':
      return { type: 'call.held' }
    case 'unhold':
      return { type: 'call.resumed' }
    case 'blindtransfer':
      return { type: 'call.transferred', data: { kind: 'blind', extension: field('extension') } }
    case 'attendedtransfer':
      return { type: 'call.transferred', data: { kind: 'attended' }, relatedCallKeys: transferredCalls(row, channel) }
    case 'queuecallerjoin':
      return { type: 'queue.entered', queue: field('queue') }
    case 'queuecallerleave':
      return { type: 'queue.left', queue: field('queue') }
    case 'queuecallerabandon':
      return { type: 'queue.abandoned', queue: field('queue') }
    case 'agentconnect':
      return connected(row)
    case 'hangup':
      return { type: 'call.ended', hangupCause: field('cause') }
    default:
      return null
  }
}

/** Transfers name no channel of their own, but whoever transfers. */
function transfererOf({ field, settings }: Row): Channel | null {
  const legId = field('transfereruniqueid') ?? field('origtransfereruniqueid')
  if (legId === null) return null
  const callKey = field('transfererlinkedid') ?? field('origtransfererlinkedid') ?? legId
  const number = field('transferercalleridnum') ?? field('origtransferercalleridnum')
  const extension = isExtension(number, settings.maxExtensionDigits) ? number : null
  return { callKey, legId, isOrigin: callKey === legId, isInternal: false, extension, number }
}

/** The call that was held and the consultation become one. */
function transferredCalls({ field }: Row, { callKey, legId }: Channel): string[] {
  const keys = [legId, field('secondtransfererlinkedid'), field('transfertargetlinkedid')]
  return [...new Set(keys)].filter((key) => key !== null && key !== callKey).filter((key) => key !== null)
}

function beginning({ field, settings }: Row, { number }: Channel): Parts {
  const to = field('exten') === 's' ? null : field('exten')
  return {
    type: 'call.started',
    direction: directionBetween(number, to, settings.maxExtensionDigits),
    from: number,
    to,
  }
}

/** The member's own channel, where it is named: what is held or hung up later is that. */
function connected({ field, settings }: Row): Parts {
  const member = field('interface') ?? field('member')
  const extension = extensionOfPhone(member, settings) ?? extensionOfPhone(field('destchannel'), settings)
  const phone = field('destuniqueid')
  return {
    type: 'agent.connected',
    queue: field('queue'),
    agent: field('membername') ?? member,
    extension,
    ...(phone === null ? {} : { legId: phone, relatedCallKeys: [phone], from: null, data: { role: 'destination' } }),
  }
}

function stateOf({ field }: Row, { isOrigin }: Channel): Parts | null {
  const state = field('channelstatedesc')?.toLowerCase()
  if (state === 'ringing') return isOrigin ? null : { type: 'call.ringing' }
  return state === 'up' ? { type: 'call.answered', data: { by: 'exchange' } } : null
}
