import type { Database } from '@dealwire/db/client'

export const WAKE_CHANNEL = 'event_log'

/** One notification per process and this long: NOTIFY inside a transaction would make all commits queue behind one lock. */
const COALESCE_MS = 10

const scheduled = new WeakSet<Database>()

/** Tells the service's relay that the log has grown. Best effort: the relay also polls. */
export function wakeRelay(database: Database): void {
  if (scheduled.has(database)) return
  scheduled.add(database)
  setTimeout(() => {
    scheduled.delete(database)
    database.pool.query(`SELECT pg_notify(current_schema() || '_${WAKE_CHANNEL}', '')`).catch(() => {
      // The relay's poll finds the events; a failed wake-up costs some milliseconds, not an event.
    })
  }, COALESCE_MS).unref()
}
