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
}

/** Plain JSON. The keys that the fold understands are read through `event-data.ts`. */
export type CallEventData = { readonly [key: string]: unknown }
