import type { CallDirection, CallEventType } from '@dealwire/contracts'

/**
 * One thing that happened to a call, in our words: what adapters produce, what is stored, what `foldCall` reads.
 * Times are epoch milliseconds, here and everywhere inside the fold.
 */
export type StoredCallEvent = {
  /** Unique per connection and the same on every retry: the second event with a key is a duplicate. */
  readonly eventKey: string
  /** The provider's identity of the call. */
  readonly callKey: string
  /** The provider's identity of the leg; `null`: the call as a whole. */
  readonly legId: string | null
  readonly type: CallEventType
  readonly occurredAt: number
  readonly sequence: number | null
  /** Which counter `sequence` belongs to; `null`: one counter per call. */
  readonly sequenceScope: string | null
  readonly direction: CallDirection | null
  readonly from: string | null
  readonly to: string | null
  readonly queue: string | null
  readonly agent: string | null
  readonly extension: string | null
  readonly recordingUrl: string | null
  readonly hangupCause: string | null
  /** Other call identities that this event proves to be the same call: the edges of merging. */
  readonly relatedCallKeys: readonly string[]
  readonly data: CallEventData | null
  /** Counts readings of the same request: of an event the newest counts. Left out: the first. */
  readonly revision?: number
  /** Read again, the request no longer says this: the event is none. */
  readonly isVoid?: true
}

/** Plain JSON. The keys that the fold understands are read through `event-data.ts`. */
export type CallEventData = { readonly [key: string]: unknown }

const absent = {
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
} as const satisfies Partial<StoredCallEvent>

/** What an event must say; the rest may be left out. */
export type SpokenEvent = Partial<StoredCallEvent> &
  Pick<StoredCallEvent, 'eventKey' | 'callKey' | 'type' | 'occurredAt'>

/** An event of which only what it says is given. */
export function completeEvent(spoken: SpokenEvent): StoredCallEvent {
  return { ...absent, ...spoken }
}

const optional = (Object.keys(absent) as (keyof typeof absent)[]).filter((name) => name !== 'relatedCallKeys')

/** What an event says, without what it leaves open: most of it, in what is stored for every event. */
export function spokenParts(event: StoredCallEvent): SpokenEvent {
  const { eventKey, callKey, type, occurredAt } = event
  const spoken: { -readonly [Name in keyof StoredCallEvent]?: unknown } = { eventKey, callKey, type, occurredAt }
  for (const name of optional) if (event[name] !== null) spoken[name] = event[name]
  if (event.relatedCallKeys.length > 0) spoken.relatedCallKeys = event.relatedCallKeys
  if (event.revision !== undefined) spoken.revision = event.revision
  if (event.isVoid === true) spoken.isVoid = true
  return spoken as SpokenEvent
}
