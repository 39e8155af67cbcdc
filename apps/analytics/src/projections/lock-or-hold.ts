import { run, type Statement, type Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'

/**
 * Takes locks that a job may hold for longer than a statement waits: a rebuild, a recount, a month being added up. It is no fault of the
 * events: they are kept and tried again, as if the database were away.
 */
export async function lockOrHold(tx: Tx, query: Statement, values: readonly unknown[]): Promise<void> {
  try {
    await run(tx, query, values)
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'storage_busy') throw cause
    throw held(cause)
  }
}

function held(cause: AppError): AppError {
  return new AppError(
    'unavailable',
    'storage_unavailable',
    'The company’s figures are being recomputed; try again in a moment.',
    { cause },
  )
}
