import { run, statement, type Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'

const share = statement(
  'share_projected_companies',
  `SELECT pg_advisory_xact_lock_shared(hashtextextended('project ' || id, 0)) FROM (SELECT unnest($1::text[]) AS id ORDER BY 1) companies`,
)

/** Waits while a rebuild puts a company's new figures in place. It is no fault of the events: they are kept and tried again. */
export async function shareCompanies(tx: Tx, companyIds: readonly string[]): Promise<void> {
  try {
    await run(tx, share, [companyIds])
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'storage_busy') throw cause
    throw held(cause)
  }
}

function held(cause: AppError): AppError {
  return new AppError('unavailable', 'storage_unavailable', 'A rebuild is putting new figures in place.', { cause })
}
