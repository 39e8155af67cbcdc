import type { Author } from '@dealwire/contracts'
import { run, statement, type Tx } from '@dealwire/db/client'
import type { HistoryEntry } from './deal-history.ts'

/** Inserts the entries as the transaction commits, in the same round trip. */
export function recordHistory(tx: Tx, author: Author, entries: readonly HistoryEntry[]): void {
  if (entries.length === 0) return
  tx.hooks.beforeCommit.push(() => run(tx, insertStatement, [author.companyId, author.userId, JSON.stringify(entries)]))
}

const insertStatement = statement(
  'insert_deal_history',
  `INSERT INTO deal_history (company_id, id, deal_id, field, from_value, to_value, changed_by_id, at, seconds_in_stage)
   SELECT $1, uuidv7(), e."dealId", e.field, e.from, e.to, $2, statement_timestamp(), e."secondsInStage"
   FROM json_to_recordset($3::json) AS e("dealId" uuid, field text, "from" jsonb, "to" jsonb, "secondsInStage" integer)`,
)
