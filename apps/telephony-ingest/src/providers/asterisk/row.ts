import { callEvent, type EventParts } from '../normalise/call-event.ts'
import { assumed, instantOf, type MomentInTime, timeOr } from '../normalise/instants.ts'
import { isExtension } from '../normalise/parties.ts'
import { type Fields, textOrNull } from '../normalise/read-body.ts'
import type { NormalisedEvent, ProviderSettings } from '../provider.ts'

/** A record of any of Asterisk's interfaces. Field names are compared without regard to case or underscores. */
export type Row = {
  readonly field: Fields
  readonly time: MomentInTime
  readonly settings: ProviderSettings
}

export function rowOf(item: Readonly<Record<string, unknown>>, settings: ProviderSettings, receivedAtMs: number): Row {
  const values = new Map(Object.entries(item).map(([name, value]) => [plain(name), value]))
  const field: Fields = (name) => textOrNull(values.get(plain(name)))
  const said = field('eventtime') ?? field('timestamp') ?? field('receivedat')
  return { field, settings, time: timeOr(instantOf(said, settings.timeZone), receivedAtMs) }
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, '')
}

/** One channel of a call, as every record names it. */
export type Channel = {
  readonly callKey: string
  readonly legId: string
  /** The channel that began the call. */
  readonly isOrigin: boolean
  /** `Local/…` joins two parts of the dial plan; nobody holds it in their hand. */
  readonly isInternal: boolean
  readonly extension: string | null
  readonly number: string | null
}

export function channelOf({ field, settings }: Row): Channel | null {
  const legId = field('uniqueid')
  if (legId === null) return null
  const callKey = field('linkedid') ?? legId
  const number = field('cidnum') ?? field('calleridnum')
  const isOrigin = callKey === legId
  return {
    callKey,
    legId,
    isOrigin,
    isInternal: !isOrigin && /^local\//i.test(field('channame') ?? field('channel') ?? ''),
    extension: isExtension(number, settings.maxExtensionDigits) ? number : null,
    number,
  }
}

/** `PJSIP/101-0000002a` and the queue's `Local/101@from-queue` are the phone 101. */
export function extensionOfPhone(name: string | null, settings: ProviderSettings): string | null {
  const number = /^[a-z0-9]+\/(\d+)(?:$|[-@/;])/i.exec(name ?? '')?.[1] ?? null
  return isExtension(number, settings.maxExtensionDigits) ? number : null
}

export function channelEvent(
  row: Row,
  channel: Channel,
  parts: Pick<EventParts, 'eventKey' | 'type'> & Partial<EventParts>,
): NormalisedEvent {
  const { callKey, legId, isOrigin, extension, number } = channel
  return callEvent({
    callKey,
    legId,
    occurredAt: row.time.at,
    from: isOrigin ? number : null,
    to: isOrigin ? null : number,
    extension: isOrigin ? null : extension,
    relatedCallKeys: isOrigin ? [] : [legId],
    ...parts,
    data: { ...(isOrigin ? {} : { role: 'destination' }), ...parts.data, ...assumed(row.time) },
  })
}
