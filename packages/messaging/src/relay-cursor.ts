import type pg from 'pg'
import { LOG_START, type LogPosition } from './log-page.ts'

/** Where the relay goes on; the start of the log when it has never run. */
export async function openCursor(client: pg.ClientBase, name: string): Promise<LogPosition> {
  await client.query('INSERT INTO relay_cursor (name, tx_id, seq) VALUES ($1, $2::xid8, $3) ON CONFLICT DO NOTHING', [
    name,
    LOG_START.txId,
    LOG_START.seq,
  ])
  const { rows } = await client.query<{ tx_id: string; seq: number; ahead: boolean }>(
    'SELECT tx_id::text, seq, tx_id >= pg_snapshot_xmax(pg_current_snapshot()) AS ahead FROM relay_cursor WHERE name = $1',
    [name],
  )
  const [row] = rows
  if (row === undefined) throw new Error(`The relay's cursor '${name}' has disappeared`)
  // Transaction ids belong to one cluster. After a dump was loaded into a new one, new events would sort before the cursor for ever.
  if (row.ahead)
    throw new Error(
      `The cursor of relay '${name}' is ahead of this database cluster; see docs/operations.md, "Restoring a dump"`,
    )
  return { txId: row.tx_id, seq: row.seq }
}

/** Never moves back, so a relay that lost its lock unnoticed cannot undo its successor's progress. */
export async function advanceCursor(client: pg.ClientBase, name: string, to: LogPosition): Promise<void> {
  await client.query({
    name: 'relay_advance_cursor',
    text: `UPDATE relay_cursor SET tx_id = $2::xid8, seq = $3, updated_at = now() WHERE name = $1 AND (tx_id, seq) < ($2::xid8, $3::bigint)`,
    values: [name, to.txId, to.seq],
  })
}
