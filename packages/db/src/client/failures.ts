import { AppError } from '@dealwire/errors'
import pg from 'pg'

/** SQLSTATE classes and codes that mean "the database is away or going away": the caller may try again soon. */
const AWAY = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '53400',
  '08000',
  '08003',
  '08006',
  '08001',
  '08004',
  '25P03',
  // Read-only: this server was the primary once. A new connection finds the one that is.
  '25006',
])
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH'])
/** The disk is full or broken: no fault of the request, and over once somebody makes room. */
const CANNOT_WRITE = new Set(['53100', '58030'])
/** A row for a month that was not made yet: a CHECK constraint has a name, this has none. */
function isMonthMissing(root: unknown): boolean {
  return root instanceof pg.DatabaseError && root.code === '23514' && root.constraint === undefined
}

const RETRIABLE = new Set(['40001', '40P01'])
const AWAY_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|not queryable|client was closed|cannot use a pool after/i

function codeOf(error: unknown): string {
  if (error !== null && typeof error === 'object' && 'code' in error && typeof error.code === 'string')
    return error.code
  return ''
}

/** A deadlock or serialization failure: the transaction did nothing and may run again from its start. */
export function isRetriable(error: unknown): boolean {
  return RETRIABLE.has(codeOf(rootOf(error)))
}

/** The connection is no longer usable, or its state is unknown. */
export function isConnectionLost(error: unknown): boolean {
  const root = rootOf(error)
  const code = codeOf(root)
  if (AWAY.has(code) || NETWORK.has(code)) return true
  return root instanceof Error && (AWAY_MESSAGES.test(root.message) || root.message === 'Query read timeout')
}

/** True when `error` is the violation of the named constraint or unique index. */
export function isConstraint(error: unknown, name: string): boolean {
  const root = rootOf(error)
  return root instanceof pg.DatabaseError && root.constraint === name
}

/** Drizzle wraps driver errors; the driver's own is what says what happened. */
function rootOf(error: unknown): unknown {
  let current = error
  for (let depth = 0; depth < 4 && current instanceof Error && !(current instanceof pg.DatabaseError); depth++) {
    if (current.cause === undefined) return current
    current = current.cause
  }
  return current
}

/** Storage trouble as an error for the caller; anything else as it was. */
export function translateFailure(error: unknown): unknown {
  if (error instanceof AppError) return error
  if (isConnectionLost(error)) {
    return new AppError('unavailable', 'storage_unavailable', 'The database is not reachable; try again in a moment.', {
      cause: error,
      retryAfterSeconds: 1,
    })
  }
  const root = rootOf(error)
  const code = codeOf(root)
  if (CANNOT_WRITE.has(code) || isMonthMissing(root)) {
    return new AppError(
      'unavailable',
      'storage_unavailable',
      'The database cannot write at the moment; try again shortly.',
      {
        cause: error,
        retryAfterSeconds: 1,
      },
    )
  }
  if (code === '55P03' || RETRIABLE.has(code)) {
    return new AppError('unavailable', 'storage_busy', 'The rows are locked by other work; try again in a moment.', {
      cause: error,
      retryAfterSeconds: 1,
    })
  }
  if (code === '57014') {
    return new AppError('timeout', 'query_timeout', 'The query took too long and was cancelled; narrow the filters.', {
      cause: error,
    })
  }
  if (code === '22003' || code === '22P05' || code === '22021') {
    return new AppError('invalid', 'validation_failed', 'A value is outside the range that can be stored.', {
      cause: error,
    })
  }
  return error
}
