import type { Database } from '@dealwire/db/client'
import { findUnsettled, markPassed, rescorePage, type Unsettled } from './lead-score.repository.ts'

const COMPANIES = 20
const PAGE = 500
/** Longer than any transaction that writes a deal may take. */
const QUIET_SECONDS = 20
const FIRST = '00000000-0000-0000-0000-000000000000'

/**
 * Scores the stored deals of companies whose weights have changed: at once, and again when nothing is left that may have read the
 * weights before and written after the first pass. Each page is a transaction of its own.
 */
export async function rescoreCompanies(
  database: Database,
  signal: AbortSignal,
  quietSeconds = QUIET_SECONDS,
): Promise<void> {
  const failures: unknown[] = []
  for (const company of await findUnsettled(database, quietSeconds, COMPANIES)) {
    try {
      if (await rescoreCompany(database, company, signal)) await markPassed(database, company)
    } catch (error) {
      failures.push(error) // one company's locked rows hold up no other; it has its next turn soon
    }
  }
  if (failures.length > 0) throw failures[0]
}

/** False when it was stopped before the end. */
async function rescoreCompany(database: Database, { companyId }: Unsettled, signal: AbortSignal): Promise<boolean> {
  let after = FIRST
  while (!signal.aborted) {
    const { last, deals } = await rescorePage(database, companyId, after, PAGE)
    if (last === null || deals < PAGE) return true
    after = last
  }
  return false
}
