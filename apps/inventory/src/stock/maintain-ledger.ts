import { type Database, run, statement } from '@dealwire/db/client'

const MONTHS_AHEAD = 2

/** Makes the ledger's partitions ahead of time. None is ever dropped: the ledger is the proof of every level. */
export async function maintainLedger(database: Database): Promise<void> {
  await run(database, maintainStatement, [MONTHS_AHEAD])
}

const maintainStatement = statement(
  'maintain_stock_transactions',
  "SELECT maintain_partitions('stock_transactions', $1, NULL)",
)
