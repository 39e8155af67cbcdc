import type { CallEventType } from '@dealwire/contracts'
import type { StoredCallEvent } from './stored-call-event.ts'

/** An event with the time it counts for: its own, unless the provider's sequence proves that its clock ran behind. */
export type OrderedEvent = { readonly event: StoredCallEvent; readonly at: number }

export type EventOrder = { readonly ordered: OrderedEvent[]; readonly isSkewed: boolean }

/** Settles equal times: providers stamp `started` and `ringing` with one millisecond, in either order. */
const lifecycleRank: Record<CallEventType, number> = {
  'call.started': 0,
  'queue.entered': 1,
  'call.ringing': 2,
  'call.answered': 3,
  'call.voicemail': 4,
  'agent.connected': 5,
  'call.bridged': 6,
  'call.held': 7,
  'call.resumed': 8,
  'call.transferred': 9,
  'queue.left': 10,
  'queue.abandoned': 10,
  'call.busy': 11,
  'call.failed': 11,
  'call.cancelled': 11,
  'call.ended': 12,
  'recording.available': 13,
  'agent.wrapup_ended': 14,
}

type Keyed = { event: StoredCallEvent; at: number; rank: number }

/**
 * The one order of a set of events: provider sequence, then time, then lifecycle rank, then event key; never arrival.
 * Comparing sequences pairwise is not transitive once some events have none, so a sequence is first turned into times
 * and ranks that never run backwards within its counter; after that a plain tuple decides.
 */
export function orderEvents(events: readonly StoredCallEvent[]): EventOrder {
  const keyed = distinct(events).map((event) => ({ event, at: event.occurredAt, rank: lifecycleRank[event.type] }))
  const isSkewed = applySequences(keyed)
  keyed.sort(compareKeyed)
  return { ordered: keyed.map(({ event, at }) => ({ event, at })), isSkewed }
}

function compareKeyed(a: Keyed, b: Keyed): number {
  return (
    a.at - b.at ||
    a.rank - b.rank ||
    sequenceOf(a.event) - sequenceOf(b.event) ||
    compareText(a.event.eventKey, b.event.eventKey)
  )
}

function sequenceOf(event: StoredCallEvent): number {
  return event.sequence ?? -1
}

/** By code unit: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** One event per key, of its newest reading. Copies that differ are settled by content, so that the order of arrival still decides nothing. */
function distinct(events: readonly StoredCallEvent[]): StoredCallEvent[] {
  const byKey = new Map<string, StoredCallEvent>()
  for (const event of events) {
    const known = byKey.get(event.eventKey)
    if (known === undefined || (known !== event && replaces(event, known))) byKey.set(event.eventKey, event)
  }
  return [...byKey.values()].filter(({ isVoid }) => isVoid !== true)
}

/** Of one reading, an event under another call's key stands for the one that was taken back there. */
function replaces(candidate: StoredCallEvent, known: StoredCallEvent): boolean {
  const newer = (candidate.revision ?? 0) - (known.revision ?? 0)
  if (newer !== 0) return newer > 0
  return candidate.isVoid === known.isVoid ? isEarlierCopy(candidate, known) : known.isVoid === true
}

function isEarlierCopy(candidate: StoredCallEvent, known: StoredCallEvent): boolean {
  return candidate.occurredAt !== known.occurredAt
    ? candidate.occurredAt < known.occurredAt
    : canonical(candidate) < canonical(known)
}

/** JSON with sorted keys: two copies of one event may list their keys differently. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => compareText(a, b)))
      : inner,
  )
}

/** Returns whether any clock contradicted its sequence. */
function applySequences(keyed: readonly Keyed[]): boolean {
  const scopes = new Map<string, Keyed[]>()
  for (const item of keyed) {
    if (item.event.sequence === null) continue
    const scope = item.event.sequenceScope ?? `call:${item.event.callKey}`
    const items = scopes.get(scope)
    if (items === undefined) scopes.set(scope, [item])
    else items.push(item)
  }
  let isSkewed = false
  for (const items of scopes.values()) isSkewed = applySequence(items) || isSkewed
  return isSkewed
}

function applySequence(items: Keyed[]): boolean {
  items.sort((a, b) => sequenceOf(a.event) - sequenceOf(b.event) || compareKeyed(a, b))
  let isSkewed = false
  let previous: Keyed | undefined
  for (const item of items) {
    if (previous !== undefined && item.at < previous.at) {
      item.at = previous.at
      isSkewed = true
    }
    if (previous !== undefined && item.at === previous.at) item.rank = Math.max(item.rank, previous.rank)
    previous = item
  }
  return isSkewed
}
