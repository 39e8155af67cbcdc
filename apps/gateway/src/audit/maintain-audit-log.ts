import type { Database } from '@dealwire/db/client'
import { deleteOldEntries, maintainPartitions } from './audit-entries.repository.ts'

const BATCH = 5_000
const MAX_BATCHES = 200

/** Makes the months to come, and drops those past retention with what came late from before them. Null keeps all. */
export async function maintainAuditLog(database: Database, retentionMonths: number | null): Promise<void> {
  await maintainPartitions(database, retentionMonths)
  if (retentionMonths === null) return
  for (let batch = 0; batch < MAX_BATCHES; batch++)
    if ((await deleteOldEntries(database, retentionMonths, BATCH)) < BATCH) return
}
