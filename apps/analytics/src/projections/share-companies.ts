import { statement, type Tx } from '@dealwire/db/client'
import { lockOrHold } from './lock-or-hold.ts'

const share = statement(
  'share_projected_companies',
  `SELECT pg_advisory_xact_lock_shared(hashtextextended('project ' || id, 0)) FROM (SELECT unnest($1::text[]) AS id ORDER BY 1) companies`,
)

/** Waits while a rebuild puts a company's new figures in place. */
export async function shareCompanies(tx: Tx, companyIds: readonly string[]): Promise<void> {
  await lockOrHold(tx, share, [companyIds])
}
