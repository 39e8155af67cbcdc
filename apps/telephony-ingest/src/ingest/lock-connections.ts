import { run, statement, type Tx } from '@dealwire/db/client'

/** Keeps every other fold of the connections' calls out until the transaction ends. */
export async function lockConnections(tx: Tx, connectionIds: readonly string[]): Promise<void> {
  await run(tx, lockEach, [connectionIds])
}

// Sorted, so that two batches with the same connections wait for each other in one order instead of deadlocking.
const lockEach = statement(
  'lock_connections',
  `SELECT count(pg_advisory_xact_lock(key))
   FROM (SELECT DISTINCT hashtextextended(id, 7412) AS key FROM unnest($1::text[]) AS given(id) ORDER BY key OFFSET 0) AS sorted`,
)
