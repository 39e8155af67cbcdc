import { hashKey } from '../normalise/call-event.ts'
import { directionBetween, isExtension } from '../normalise/parties.ts'
import { fieldsOfObject, objectIn, textOrNull } from '../normalise/read-body.ts'
import type { NormalisedEvent } from '../provider.ts'
import { type Channel, channelEvent, type Row } from './row.ts'

type Parts = Pick<NormalisedEvent, 'type'> & Partial<NormalisedEvent>

/** One event of the REST interface. A bridge that knows the linked id of the channel adds it as `linkedid`. */
export function ariEvents(item: Readonly<Record<string, unknown>>, row: Row): NormalisedEvent[] | string {
  const channel = objectIn(item, 'channel')
  const legId = textOrNull(channel.id)
  if (legId === null) return []
  const number = textOrNull(objectIn(channel, 'caller').number)
  const callKey = row.field('linkedid') ?? textOrNull(objectIn(channel, 'channelvars').linkedid) ?? legId
  const isOrigin = callKey === legId
  const isInternal = !isOrigin && /^local\//i.test(textOrNull(channel.name) ?? '')
  const extension = isExtension(number, row.settings.maxExtensionDigits) ? number : null
  const of: Channel = { callKey, legId, isOrigin, isInternal, extension, number }
  const parts = isInternal ? null : meaningOf(item, channel, of, row)
  const key = hashKey([row.field('type'), legId, row.field('timestamp'), textOrNull(channel.state)])
  return parts === null ? [] : [channelEvent(row, of, { eventKey: key, ...parts })]
}

function meaningOf(
  item: Readonly<Record<string, unknown>>,
  channel: Record<string, unknown>,
  of: Channel,
  { field, settings }: Row,
): Parts | null {
  const to = fieldsOfObject(objectIn(channel, 'dialplan'))('exten')
  switch (field('type')) {
    case 'ChannelCreated':
    case 'StasisStart':
      if (!of.isOrigin) return { type: 'call.ringing' }
      return {
        type: 'call.started',
        direction: directionBetween(of.number, to, settings.maxExtensionDigits),
        from: of.number,
        to: to === 's' ? null : to,
      }
    case 'ChannelStateChange':
      return stateOf(textOrNull(channel.state), of)
    case 'ChannelEnteredBridge':
      return textOrNull(objectIn(item, 'bridge').bridge_type) === 'holding' ? null : { type: 'call.bridged' }
    case 'ChannelHold':
      return { type: 'call.held' }
    case 'ChannelUnhold':
      return { type: 'call.resumed' }
    case 'ChannelDestroyed':
      return { type: 'call.ended', hangupCause: field('cause') }
    default:
      return null
  }
}

function stateOf(state: string | null, { isOrigin }: Channel): Parts | null {
  if (state === 'Ringing') return isOrigin ? null : { type: 'call.ringing' }
  return state === 'Up' ? { type: 'call.answered', data: { by: 'exchange' } } : null
}
