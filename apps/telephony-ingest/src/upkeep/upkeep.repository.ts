import { type Database, run, runOne, statement } from '@dealwire/db/client'

const BATCH = 5_000
const MAX_BATCHES = 200

/** Makes the months of a table ahead of time and drops those past retention. */
export async function maintainMonths(
  database: Database,
  table: 'call_events' | 'raw_webhooks',
  retentionMonths: number,
): Promise<void> {
  await run(database, maintain, [table, retentionMonths])
}

const maintain = statement('maintain_months', 'SELECT maintain_partitions($1, 2, $2)')

/** Small deletes, so that no lock lasts; what is left waits for the next run. An old event sent again still changes no call. */
export async function pruneEventKeys(database: Database, days: number, signal: AbortSignal): Promise<void> {
  for (let batch = 0; batch < MAX_BATCHES && !signal.aborted; batch++) {
    const row = await runOne<{ count: number }>(database, prune, [days, BATCH])
    if (row === undefined || row.count < BATCH) return
  }
}

const prune = statement(
  'prune_call_event_keys',
  `WITH gone AS (
     DELETE FROM call_event_keys WHERE ctid = ANY (ARRAY (
       SELECT ctid FROM call_event_keys WHERE received_at < now() - make_interval(days => $1) LIMIT $2))
     RETURNING 1
   ) SELECT count(*)::int AS count FROM gone`,
)
