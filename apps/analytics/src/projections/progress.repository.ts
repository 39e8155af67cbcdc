import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { AnyEvent } from '@dealwire/messaging'

/** The newest event that is in the figures: sent with COMMIT, so that the row shared by all processes is locked for a moment only. */
export async function recordProgress(tx: Tx, consumer: string, events: readonly AnyEvent[]): Promise<void> {
  const newest = events.reduce((latest, event) => Math.max(latest, Date.parse(event.time)), 0)
  tx.hooks.beforeCommit.push(() => run(tx, upsertProgress, [consumer, new Date(newest).toISOString(), events.length]))
}

const upsertProgress = statement(
  'upsert_progress',
  `INSERT INTO projection_progress AS p (consumer, newest_event_at, applied_at, applied_events) VALUES ($1, $2, clock_timestamp(), $3)
   ON CONFLICT (consumer) DO UPDATE SET newest_event_at = greatest(p.newest_event_at, EXCLUDED.newest_event_at),
     applied_at = EXCLUDED.applied_at, applied_events = p.applied_events + EXCLUDED.applied_events`,
)

/** Epoch milliseconds of the newest applied event; null before the first. */
export async function findNewestEventAt(executor: Executor, consumer: string): Promise<number | null> {
  const row = await runOne<{ newest: number }>(executor, selectNewest, [consumer])
  return row?.newest ?? null
}

const selectNewest = statement(
  'find_newest_event_at',
  `SELECT (extract(epoch FROM newest_event_at) * 1000)::float8 AS newest FROM projection_progress WHERE consumer = $1`,
)
