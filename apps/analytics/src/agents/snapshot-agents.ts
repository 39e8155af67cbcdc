import { snapshotCompleted } from '@dealwire/contracts'
import { type Database, withTx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import { listCompaniesAfter, replaceAgentSnapshots, WINDOWS } from './agent-snapshots.repository.ts'

/** Takes the figures of every company's agents anew; one company a transaction. */
export async function snapshotAgents(
  database: Database,
  onTaken: (companyIds: readonly string[]) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let after: string | null = null; !signal.aborted; ) {
    const companyIds: string[] = await listCompaniesAfter(database, after)
    for (const companyId of companyIds) {
      if (signal.aborted) return
      await snapshotAgentsOf(database, companyId)
    }
    onTaken(companyIds)
    const last = companyIds.at(-1)
    if (last === undefined) return
    after = last
  }
}

export async function snapshotAgentsOf(database: Database, companyId: string): Promise<void> {
  await withTx(database, async (tx) => {
    const takenAt = new Date().toISOString()
    const agents = await replaceAgentSnapshots(tx, companyId, takenAt)
    if (agents === 0) return
    const author = { companyId, userId: null, requestId: newId() }
    const data = { takenAt, windowDays: [...WINDOWS], agents }
    append(tx, author, snapshotCompleted, { id: companyId, version: 1 }, data)
  })
}
