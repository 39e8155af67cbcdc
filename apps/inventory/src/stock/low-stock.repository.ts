import { run, statement, type Tx } from '@dealwire/db/client'

/** Returns the products that were not low before. */
export async function insertLowStock(tx: Tx, companyId: string, productIds: readonly string[]): Promise<string[]> {
  const rows = await run<{ product_id: string }>(tx, insertStatement, [companyId, productIds])
  return rows.map((row) => row.product_id)
}

const insertStatement = statement(
  'insert_low_stock',
  `INSERT INTO low_stock (company_id, product_id) SELECT $1, id FROM unnest($2::uuid[]) AS w(id) ORDER BY id
   ON CONFLICT DO NOTHING RETURNING product_id`,
)

export async function deleteLowStock(tx: Tx, companyId: string, productIds: readonly string[]): Promise<void> {
  await run(tx, deleteStatement, [companyId, productIds])
}

const deleteStatement = statement(
  'delete_low_stock',
  'DELETE FROM low_stock WHERE company_id = $1 AND product_id = ANY ($2::uuid[])',
)

export type LowProduct = {
  readonly companyId: string
  readonly productId: string
  readonly sku: string
  readonly productName: string
  readonly available: number
  readonly reorderLevel: number
  readonly reorderQuantity: number | null
}

/** Brings the rows in line with stock and reorder levels; returns the products that turned out to be low and were not told. */
export async function reconcileLowStock(tx: Tx, limit: number): Promise<LowProduct[]> {
  await run(tx, forgetStatement, [])
  return run<LowProduct>(tx, rememberStatement, [limit])
}

const AVAILABLE = `SELECT coalesce(sum(s.on_hand - s.reserved), 0) AS available FROM stock_levels s
  WHERE s.company_id = p.company_id AND s.product_id = p.id`

const forgetStatement = statement(
  'forget_low_stock',
  `DELETE FROM low_stock l USING products p CROSS JOIN LATERAL (${AVAILABLE}) a
   WHERE p.company_id = l.company_id AND p.id = l.product_id
     AND (p.deleted_at IS NOT NULL OR p.reorder_level IS NULL OR a.available > p.reorder_level)`,
)

// A product that never had stock anywhere is new, not low: nothing was crossed.
const rememberStatement = statement(
  'remember_low_stock',
  `WITH low AS (
     SELECT p.company_id, p.id, p.sku, p.name, a.available, p.reorder_level, p.reorder_quantity
     FROM products p CROSS JOIN LATERAL (${AVAILABLE}) a
     WHERE p.deleted_at IS NULL AND p.active AND p.reorder_level >= a.available
       AND EXISTS (SELECT FROM stock_levels s WHERE s.company_id = p.company_id AND s.product_id = p.id)
       AND NOT EXISTS (SELECT FROM low_stock l WHERE l.company_id = p.company_id AND l.product_id = p.id)
     LIMIT $1
   ), noted AS (
     INSERT INTO low_stock (company_id, product_id) SELECT company_id, id FROM low ORDER BY 1, 2 ON CONFLICT DO NOTHING
     RETURNING company_id, product_id
   )
   SELECT company_id AS "companyId", id AS "productId", sku, name AS "productName", available::float8 AS available,
     reorder_level::float8 AS "reorderLevel", reorder_quantity::float8 AS "reorderQuantity"
   FROM low JOIN noted n USING (company_id) WHERE n.product_id = low.id`,
)
