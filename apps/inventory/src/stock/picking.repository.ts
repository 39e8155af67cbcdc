import type { Picking } from '@dealwire/contracts'
import { run, statement, type Tx } from '@dealwire/db/client'

/** Layers change under the lock of their level only, so those are locked first, in their order. */
export async function updatePickOrder(tx: Tx, companyId: string, productId: string, picking: Picking): Promise<void> {
  await run(tx, lockStatement, [companyId, productId])
  await run(tx, updateStatement, [companyId, productId, picking === 'FEFO'])
}

const lockStatement = statement(
  'lock_levels_to_repick',
  'SELECT 1 FROM stock_levels WHERE company_id = $1 AND product_id = $2 ORDER BY location_id FOR NO KEY UPDATE',
)

const updateStatement = statement(
  'update_pick_order',
  `UPDATE batches SET pick_at = CASE WHEN $3 THEN coalesce(expires_at, 'infinity') ELSE received_at END WHERE company_id = $1 AND product_id = $2`,
)
