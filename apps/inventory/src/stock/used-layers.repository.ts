import { run, statement, type Tx } from '@dealwire/db/client'

/** What a work order has taken from a layer and not returned. */
export type UsedLayer = {
  readonly batchId: string
  readonly productId: string
  readonly locationId: string
  readonly quantity: string
}

const findUsedStatement = statement(
  'find_used_layers',
  `SELECT t.batch_id AS "batchId", t.product_id AS "productId", t.location_id AS "locationId", (-sum(t.quantity))::text AS quantity
   FROM postings g JOIN stock_transactions t ON t.company_id = g.company_id AND t.occurred_at = g.occurred_at AND t.posting_id = g.id
   WHERE g.company_id = $1 AND g.work_order_id = $2 AND g.kind IN ('CONSUMPTION', 'RETURN') AND t.product_id = ANY ($3::uuid[])
   GROUP BY t.batch_id, t.product_id, t.location_id HAVING sum(t.quantity) < 0
   ORDER BY max(t.occurred_at) FILTER (WHERE t.quantity < 0) DESC, max(t.seq) FILTER (WHERE t.quantity < 0) DESC, t.batch_id`,
)

/** The last used first. */
export async function findUsedLayers(
  tx: Tx,
  companyId: string,
  workOrderId: string,
  productIds: readonly string[],
): Promise<UsedLayer[]> {
  return run(tx, findUsedStatement, [companyId, workOrderId, productIds])
}

const findLayersStatement = statement(
  'find_layers',
  `SELECT id, remaining_quantity::text AS remaining, unit_cost::text AS "unitCost", lot_code AS "lotCode", iso(expires_at) AS "expiresAt"
   FROM batches WHERE company_id = $1 AND id = ANY ($2::uuid[])`,
)

/** Layers as they are now; their levels are locked. */
export async function findLayers(
  tx: Tx,
  companyId: string,
  ids: readonly string[],
): Promise<{ id: string; remaining: string; unitCost: string; lotCode: string | null; expiresAt: string | null }[]> {
  return run(tx, findLayersStatement, [companyId, ids])
}
