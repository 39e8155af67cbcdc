import { callFinalized } from '@dealwire/contracts'
import { type Database, withTx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import { lockConnections } from '../ingest/lock-connections.ts'
import { listUnfinalCalls, markFinal } from './finality.repository.ts'

const BATCH = 200
const MAX_BATCHES = 50

/**
 * Tells of calls that are complete: their detail record has come, or nothing was heard for the grace after their end. News that
 * changes such a call later takes the mark away, and the call is told of again.
 */
export async function finaliseCalls(database: Database, graceSeconds: number, signal: AbortSignal): Promise<number> {
  let total = 0
  for (let batch = 0; batch < MAX_BATCHES && !signal.aborted; batch++) {
    const due = await listUnfinalCalls(database, graceSeconds, BATCH)
    if (due.length === 0) return total
    total += await withTx(database, async (tx) => {
      // Versions are given under the connection's lock: a fold at the same time would give the same one.
      await lockConnections(tx, [...new Set(due.map(({ connectionId }) => connectionId))])
      const marked = await markFinal(tx, graceSeconds, due)
      for (const { companyId, call, ...entity } of marked) {
        append(tx, { companyId, userId: null, requestId: newId() }, callFinalized, entity, { call })
      }
      return marked.length
    })
    if (due.length < BATCH) return total
  }
  return total
}
