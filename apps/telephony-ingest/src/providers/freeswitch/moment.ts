import type { CallEventType } from '@dealwire/contracts'

/** A thing that happened, before it is put into the event's full shape. */
export type Moment = {
  readonly type: CallEventType
  readonly at: number
  readonly queue?: string | null
  readonly agent?: string | null
  readonly extension?: string | null
  readonly recordingUrl?: string | null
  readonly hangupCause?: string | null
  readonly data?: Record<string, unknown>
}
