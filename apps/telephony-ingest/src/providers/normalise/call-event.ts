import { createHash } from 'node:crypto'
import type { CallEventType } from '@dealwire/contracts'
import type { NormalisedEvent } from '../provider.ts'

export type EventParts = Partial<NormalisedEvent> & {
  readonly eventKey: string
  readonly callKey: string
  readonly type: CallEventType
  readonly occurredAt: number
}

const MAX_KEY = 200

/** An event of which only what the provider says is filled in. */
export function callEvent(parts: EventParts): NormalisedEvent {
  return {
    legId: null,
    sequence: null,
    sequenceScope: null,
    direction: null,
    from: null,
    to: null,
    queue: null,
    agent: null,
    extension: null,
    recordingUrl: null,
    hangupCause: null,
    relatedCallKeys: [],
    data: null,
    ...parts,
    eventKey: parts.eventKey.length <= MAX_KEY ? parts.eventKey : hashKey([parts.eventKey]),
  }
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
