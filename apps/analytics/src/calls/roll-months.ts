import { type Database, withTx } from '@dealwire/db/client'
import { listMonthsToRoll, rollMonth } from './month-rollups.repository.ts'

const AT_ONCE = 500

/** Adds up months to the end of yesterday, and anew those that late calls have changed since; one month of a company a transaction. */
export async function rollMonths(database: Database, signal: AbortSignal): Promise<void> {
  for (const month of await listMonthsToRoll(database, AT_ONCE)) {
    if (signal.aborted) return
    await withTx(database, (tx) => rollMonth(tx, month))
  }
}
