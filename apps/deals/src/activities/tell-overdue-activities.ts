import { activityOverdue } from '@dealwire/contracts'
import { type Database, withTx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import { takeOverdue } from './activities.repository.ts'

const BATCH = 200

/** Tells once of each activity that was not done by its time. Marks and events commit together, so none is lost or told twice. */
export async function tellOverdueActivities(database: Database, signal: AbortSignal): Promise<void> {
  let taken = BATCH
  while (taken === BATCH && !signal.aborted) {
    taken = await withTx(database, async (tx) => {
      const overdue = await takeOverdue(tx, BATCH)
      for (const { companyId, activity, customerId } of overdue) {
        append(tx, { companyId, userId: null, requestId: newId() }, activityOverdue, activity, { activity, customerId })
      }
      return overdue.length
    })
  }
}
