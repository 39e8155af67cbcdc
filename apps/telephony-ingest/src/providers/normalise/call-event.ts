import { createHash } from 'node:crypto'
import { completeEvent, type SpokenEvent } from '../../calls/stored-call-event.ts'
import type { NormalisedEvent } from '../provider.ts'

export type EventParts = SpokenEvent

const MAX_KEY = 200

/** An event of which only what the provider says is filled in. */
export function callEvent(parts: EventParts): NormalisedEvent {
  const { eventKey } = parts
  return completeEvent({ ...parts, eventKey: eventKey.length <= MAX_KEY ? eventKey : hashKey([eventKey]) })
}

/** The same on every delivery of the same event, where the provider names none. */
export function hashKey(parts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)
}

/** A whole number or null. */
export function countOf(text: string | null): number | null {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null
}

/** Seconds as a number or null. */
export function secondsOf(text: string | null): number | null {
  return text !== null && /^\d{1,9}(\.\d+)?$/.test(text) ? Number(text) : null
}
