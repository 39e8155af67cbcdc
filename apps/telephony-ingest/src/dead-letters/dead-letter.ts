/** What came with the right credentials and cannot be used today. */
export type NewDeadLetter = {
  readonly companyId: string
  readonly connectionId: string
  readonly code: string
  readonly message: string
  readonly rawQuery: string
  readonly body: Uint8Array
}

/** The events of a call are stored, but no call could be made of them: the body is the call's identity. */
export const FOLD_FAILED = 'fold_failed'
