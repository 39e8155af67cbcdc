import { countOf, hashKey } from '../normalise/call-event.ts'
import { instantOf } from '../normalise/instants.ts'
import { directionBetween } from '../normalise/parties.ts'
import type { NormalisedEvent } from '../provider.ts'
import { type Channel, channelEvent, channelOf, extensionOfPhone, type Row } from './row.ts'

type Parts = Pick<NormalisedEvent, 'type' | 'occurredAt'> & Partial<NormalisedEvent>

const causes: Readonly<Record<string, string>> = {
  ANSWERED: 'normal_clearing',
  'NO ANSWER': 'no_answer',
  BUSY: 'busy',
  CONGESTION: 'congestion',
  FAILED: 'failed',
}

/**
 * One detail record: one attempt to connect a caller with somebody, to the second. A call has several; they count only where
 * the events of its channels do not tell of its end, so that the two together never make two of one call.
 */
export function cdrEvents(row: Row): NormalisedEvent[] | string {
  const { field } = row
  const channel = channelOf(row)
  if (channel === null) return 'The detail record names no uniqueid; set "loguniqueid" where it is written'
  const startedAt = timeIn(row, 'start')
  if (startedAt === null) return 'The detail record has no start that can be read'
  const endedAt = timeIn(row, 'end') ?? startedAt + 1_000 * (countOf(field('duration')) ?? 0)
  const record = { row, channel, startedAt, endedAt: Math.max(endedAt, startedAt) }
  const key = hashKey([
    channel.legId,
    field('sequence'),
    field('start'),
    field('end'),
    field('dstchannel'),
    field('billsec'),
    field('disposition'),
  ])
  return [...caller(record), ...phone(record)].map((parts, index) =>
    channelEvent(row, channel, {
      eventKey: `${key}:${index}`,
      ...parts,
      data: { ...parts.data, summary: true },
    }),
  )
}

type Detail = {
  readonly row: Row
  readonly channel: Channel
  readonly startedAt: number
  readonly endedAt: number
}

function timeIn({ field, settings }: Row, name: string): number | null {
  return instantOf(field(name), settings.timeZone)
}

function dispositionOf({ field }: Row): string {
  return field('disposition')?.toUpperCase() ?? ''
}

/** The caller's end is the last one of all records; the first one alone would cut the call short. */
function caller({ row, channel, startedAt, endedAt }: Detail): Parts[] {
  const { field, settings } = row
  const [from, to] = [field('src'), field('dst') === 's' ? null : field('dst')]
  const begin: Parts = {
    type: 'call.started',
    occurredAt: startedAt,
    direction: directionBetween(from, to, settings.maxExtensionDigits),
    from,
    to,
  }
  const application = field('lastapp')?.toLowerCase() ?? ''
  const isMailbox = application === 'voicemail' && dispositionOf(row) === 'ANSWERED'
  const isQueue = application === 'queue'
  const queue = isQueue ? (field('lastdata')?.split(',', 1)[0] ?? null) : null
  return [
    ...(channel.isOrigin ? [begin] : []),
    ...(isMailbox ? [{ type: 'call.voicemail', occurredAt: timeIn(row, 'answer') ?? startedAt } as const] : []),
    ...(isQueue ? [{ type: 'queue.entered', occurredAt: startedAt, queue } as const] : []),
    {
      type: 'call.ended',
      legId: null,
      occurredAt: endedAt,
      hangupCause: causes[dispositionOf(row)] ?? field('disposition'),
      data: { approximate: true },
    },
  ]
}

/** Whoever was tried. Without one only the dial plan answered: a menu, an announcement. */
function phone({ row, channel, startedAt, endedAt }: Detail): Parts[] {
  const { field, settings } = row
  const name = field('dstchannel')
  const answeredAt = dispositionOf(row) === 'ANSWERED' ? (timeIn(row, 'answer') ?? startedAt) : null
  if (name === null) {
    const isDialPlans = answeredAt !== null && field('lastapp')?.toLowerCase() !== 'voicemail'
    return isDialPlans ? [{ type: 'call.answered', occurredAt: answeredAt, data: { by: 'exchange' } }] : []
  }
  const extension = extensionOfPhone(name, settings)
  const leg = {
    legId: `${channel.legId}:${name}`,
    to: extension,
    from: null,
    extension,
    data: { role: 'destination' },
  }
  return [
    { type: 'call.ringing', occurredAt: startedAt, ...leg },
    ...(answeredAt === null ? [] : [{ type: 'call.bridged', occurredAt: answeredAt, ...leg } as const]),
    { type: 'call.ended', occurredAt: endedAt, hangupCause: causes[dispositionOf(row)] ?? null, ...leg },
  ]
}
