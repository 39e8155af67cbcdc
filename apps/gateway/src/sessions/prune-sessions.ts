import type { Database } from '@dealwire/db/client'
import { deleteOldSessions } from './sessions.repository.ts'

/** So long after a session has ended, it may still be asked who it belonged to. */
const KEPT_DAYS = 30
const BATCH = 2_000
const MAX_BATCHES = 200

/** Forgets sessions that ended long ago, a few at a time. */
export async function pruneSessions(database: Database, signal?: AbortSignal): Promise<number> {
  let deleted = 0
  for (let batch = 0; batch < MAX_BATCHES && signal?.aborted !== true; batch++) {
    const count = await deleteOldSessions(database, KEPT_DAYS, BATCH)
    deleted += count
    if (count < BATCH) break
  }
  return deleted
}
