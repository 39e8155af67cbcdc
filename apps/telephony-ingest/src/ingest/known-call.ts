import type { StoredCallEvent } from '../calls/stored-call-event.ts'

/** A call that the touched identities belong to, as it was before this batch. */
export type KnownCall = {
  readonly companyId: string
  readonly connectionId: string
  readonly id: string
  readonly callKeys: readonly string[]
  readonly events: readonly StoredCallEvent[]
  /** Null: its events could not be folded so far. */
  readonly stored: StoredCall | null
}

export type StoredCall = {
  readonly version: number
  readonly status: string
  readonly digest: string
  readonly isAnswered: boolean
  readonly isEnded: boolean
  readonly recordingIds: readonly string[]
}

/** Who has a number. */
export type Person = {
  readonly companyId: string
  readonly e164: string
  readonly kind: 'contact' | 'customer'
  readonly id: string
  readonly name: string
  readonly customerId: string | null
}
