import { type Database, withTx } from '@dealwire/db/client'
import { isStale, listStale, recount } from './call-rollups.repository.ts'

const AT_ONCE = 20

/** Counts anew what a change of time zone or of a queue's settings made stale; one company a transaction. */
export async function recountStale(
  database: Database,
  onRecounted: (companyIds: readonly string[]) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const companyId of await listStale(database, AT_ONCE)) {
    if (signal.aborted) return
    await withTx(database, (tx) => recount(tx, companyId))
    onRecounted([companyId])
  }
}

/** One company's, if it needs it. */
export async function recountCompany(database: Database, companyId: string): Promise<void> {
  if (await isStale(database, companyId)) await withTx(database, (tx) => recount(tx, companyId))
}
