import { run, statement, type Tx } from '@dealwire/db/client'

const findStockableStatement = statement(
  'find_stockable_products',
  'SELECT id FROM products WHERE company_id = $1 AND id = ANY ($2::uuid[]) AND deleted_at IS NULL',
)

/** Those of the products that inventory keeps. */
export async function findStockable(tx: Tx, companyId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await run<{ id: string }>(tx, findStockableStatement, [companyId, ids])
  return rows.map((row) => row.id)
}

const lockWonDealStatement = statement('lock_won_deal', 'SELECT pg_advisory_xact_lock(hashtextextended($1, 7412))')

/** A deal that was won twice within a moment is drafted by one after the other. */
export async function lockWonDeal(tx: Tx, companyId: string, dealId: string): Promise<void> {
  await run(tx, lockWonDealStatement, [`${companyId} ${dealId}`])
}

const hasWorkOrderStatement = statement(
  'deal_has_work_order',
  `SELECT 1 FROM work_orders WHERE company_id = $1 AND deal_id = $2 AND deleted_at IS NULL AND status <> 'CANCELLED' LIMIT 1`,
)

export async function hasWorkOrder(tx: Tx, companyId: string, dealId: string): Promise<boolean> {
  return (await run(tx, hasWorkOrderStatement, [companyId, dealId])).length > 0
}
