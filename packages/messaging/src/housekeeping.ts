import { type Database, run, runOne, statement } from '@dealwire/db/client'
import type { Logger } from '@dealwire/telemetry'

const BATCH = 5_000
const MAX_BATCHES = 200

/** Forgets which events were received. Must be longer ago than the stream keeps messages, or a redelivery would count as new. */
export async function pruneInbox(database: Database, olderThanDays = 30, signal?: AbortSignal): Promise<number> {
  return await pruneInBatches(database, deleteInbox, olderThanDays, signal)
}

/** Forgets answers kept for repeated requests. */
export async function pruneIdempotencyKeys(
  database: Database,
  olderThanDays = 1,
  signal?: AbortSignal,
): Promise<number> {
  return await pruneInBatches(database, deleteIdempotencyKeys, olderThanDays, signal)
}

/** Small deletes, so that no lock lasts and no statement comes near its timeout; what is left waits for the next run. */
async function pruneInBatches(
  database: Database,
  query: typeof deleteInbox,
  days: number,
  signal?: AbortSignal,
): Promise<number> {
  let deleted = 0
  for (let batch = 0; batch < MAX_BATCHES && signal?.aborted !== true; batch++) {
    const row = await runOne<{ count: number }>(database, query, [days, BATCH])
    deleted += row?.count ?? 0
    if (row === undefined || row.count < BATCH) break
  }
  return deleted
}

/**
 * Makes the log's partitions ahead of time and drops those past retention; null keeps all.
 * Drops nothing while an event that old is not published: a long absence of NATS must not cost events.
 */
export async function maintainEventLog(
  database: Database,
  options: { readonly source: string; readonly retentionMonths: number | null; readonly logger: Logger },
): Promise<void> {
  const behind = await runOne<{ behind: boolean }>(database, isRelayBehind, [options.source, options.retentionMonths])
  if (behind?.behind === true)
    options.logger.error({ source: options.source }, 'events past retention are not published; keeping them')
  await run(database, maintainPartitions, [behind?.behind === true ? null : options.retentionMonths])
}

function deleteOld(table: string, column: string): string {
  return `WITH gone AS (
    DELETE FROM ${table} WHERE ctid = ANY (ARRAY (
      SELECT ctid FROM ${table} WHERE ${column} < now() - make_interval(days => $1) ORDER BY ${column} LIMIT $2))
    RETURNING 1)
  SELECT count(*)::int AS count FROM gone`
}

const deleteInbox = statement('delete_old_inbox', deleteOld('inbox', 'received_at'))
const deleteIdempotencyKeys = statement('delete_old_idempotency_keys', deleteOld('idempotency_keys', 'created_at'))
const maintainPartitions = statement('maintain_event_log', `SELECT maintain_partitions('event_log', 2, $1)`)

// Which rows a drop would hit: whole months that ended before the retention.
const isRelayBehind = statement(
  'is_relay_behind',
  `SELECT EXISTS (
     SELECT 1 FROM event_log e
     WHERE (e.tx_id, e.seq) > (coalesce((SELECT tx_id FROM relay_cursor WHERE name = $1), '0'::xid8),
                               coalesce((SELECT seq FROM relay_cursor WHERE name = $1), 0))
       AND e.occurred_at < date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - make_interval(months => $2::int)
   ) AS behind`,
)
