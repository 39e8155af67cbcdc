import { AppError, type ErrorKind } from '@dealwire/errors'

export type Outcome = 'ack' | 'retry' | 'dead_letter'

/** What a failed delivery deserves. Errors without a kind are bugs or surprises: tried again, then set aside. */
export function outcomeOf(error: unknown, deliveries: number, maxDeliveries: number): Outcome {
  const outcome = error instanceof AppError ? outcomeOfKind(error.kind) : 'retry'
  return outcome === 'retry' && deliveries >= maxDeliveries ? 'dead_letter' : outcome
}

function outcomeOfKind(kind: ErrorKind): Outcome {
  switch (kind) {
    // What the event speaks of is over: there is nothing left to do.
    case 'gone':
      return 'ack'
    // May pass: another transaction was faster, or what this builds on has not arrived yet.
    case 'not_found':
    case 'request_timeout':
    case 'conflict':
    case 'version_mismatch':
    case 'rate_limited':
    case 'bad_gateway':
    case 'unavailable':
    case 'timeout':
      return 'retry'
    // The same on every delivery.
    case 'invalid':
    case 'unauthenticated':
    case 'forbidden':
    case 'too_large':
    case 'unsupported_media_type':
    case 'idempotency_key_reused':
      return 'dead_letter'
  }
}

/** The database itself is away, which says nothing about the message. */
export function isStorageAway(error: unknown): boolean {
  return error instanceof AppError && error.code === 'storage_unavailable'
}

const RETRY_MS = [1_000, 5_000, 15_000, 30_000]

/** How long the server waits before it delivers again. */
export function redeliveryMs(deliveries: number): number {
  return RETRY_MS[Math.max(0, deliveries - 1)] ?? 30_000
}
