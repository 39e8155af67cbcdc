import type { Stocktake } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'

/** A stocktake as finished JSON, and as the value it was made from. */
export type StoredStocktake = { readonly json: string; readonly version: number; readonly stocktake: Stocktake }

const FIELDS = `'id', s.id, 'locationId', s.location_id, 'status', s.status, 'notes', s.notes, 'lineCount', c.lines, 'countedCount', c.counted,
  'postingId', s.posting_id, 'postedAt', iso(s.posted_at), 'version', s.version, 'createdAt', iso(s.created_at), 'updatedAt', iso(s.updated_at),
  'createdById', s.created_by_id`
const COUNTS = `CROSS JOIN LATERAL (
  SELECT count(*) AS lines, count(l.counted) AS counted FROM stocktake_lines l WHERE l.company_id = s.company_id AND l.stocktake_id = s.id) c`
const LINES = `SELECT coalesce(json_agg(json_build_object('productId', l.product_id, 'sku', p.sku, 'productName', p.name, 'expected', l.expected,
    'counted', l.counted, 'difference', l.counted - l.expected, 'moved', l.moved, 'countedAt', iso(l.counted_at)) ORDER BY p.sku, p.id), '[]')
  FROM stocktake_lines l JOIN products p ON p.company_id = l.company_id AND p.id = l.product_id
  WHERE l.company_id = s.company_id AND l.stocktake_id = s.id`

export const stocktakeList: ListSpec = {
  name: 'stocktakes',
  from: 'stocktakes s',
  alias: 's',
  where: 's.company_id = $1',
  item: `json_build_object(${FIELDS})`,
  joins: COUNTS,
  sorts: { createdAt: { expression: 's.created_at', type: 'timestamptz' } },
  filters: { status: 's.status = $?::text', locationId: 's.location_id = $?::uuid' },
}

const findStatement = statement(
  'find_stocktake',
  `SELECT json_build_object(${FIELDS}, 'lines', (${LINES}))::text AS json FROM stocktakes s ${COUNTS} WHERE s.company_id = $1 AND s.id = $2`,
)

export async function findStocktake(
  executor: Executor,
  companyId: string,
  id: string,
): Promise<StoredStocktake | undefined> {
  const found = await runOne<{ json: string }>(executor, findStatement, [companyId, id])
  if (found === undefined) return undefined
  const stocktake = JSON.parse(found.json) as Stocktake
  return { json: found.json, version: stocktake.version, stocktake }
}

export type NewStocktake = {
  readonly id: string
  readonly locationId: string
  readonly notes: string | null
  readonly createdById: string | null
  /** Undefined: all that ever were at the location. */
  readonly productIds: readonly string[] | undefined
}

const insertStatement = statement(
  'insert_stocktake',
  `WITH made AS (
     INSERT INTO stocktakes (company_id, id, location_id, notes, created_by_id) VALUES ($1, $2, $3, $4, $5)
   )
   INSERT INTO stocktake_lines (company_id, stocktake_id, product_id, expected, expected_seq)
   SELECT $1, $2, p.id, coalesce(s.on_hand, 0), coalesce(s.last_seq, 0)
   FROM products p LEFT JOIN stock_levels s ON s.company_id = $1 AND s.product_id = p.id AND s.location_id = $3
   WHERE p.company_id = $1 AND p.deleted_at IS NULL
     AND (p.id = ANY ($6::uuid[]) OR ($6::uuid[] IS NULL AND s.product_id IS NOT NULL))
   ORDER BY p.id LIMIT $7
   RETURNING product_id`,
)

/** Freezes what the books say; returns the products, of which there are more than `limit` when as many come back. */
export async function insertStocktake(
  tx: Tx,
  companyId: string,
  { id, locationId, notes, createdById, productIds }: NewStocktake,
  limit: number,
): Promise<string[]> {
  const values = [companyId, id, locationId, notes, createdById, productIds ?? null, limit]
  const rows = await run<{ product_id: string }>(tx, insertStatement, values)
  return rows.map((row) => row.product_id)
}

export type LockedStocktake = {
  readonly id: string
  readonly locationId: string
  readonly status: Stocktake['status']
  readonly version: number
}

const lockStatement = statement(
  'lock_stocktake',
  `SELECT id, location_id AS "locationId", status, version FROM stocktakes WHERE company_id = $1 AND id = $2 FOR NO KEY UPDATE`,
)

/** Locks the stocktake: its lines change only under this lock. */
export async function lockStocktake(tx: Tx, companyId: string, id: string): Promise<LockedStocktake | undefined> {
  return runOne(tx, lockStatement, [companyId, id])
}

export type Count = { readonly productId: string; readonly quantity: number }

// The level is locked while the count is noted, so `expected` is what the books say at that very moment.
const countStatement = statement(
  'count_stocktake_lines',
  `WITH counts AS (
     SELECT "productId" AS product_id, quantity FROM json_to_recordset($4::json) AS c("productId" uuid, quantity numeric)
   ), levels AS (
     SELECT s.product_id, s.on_hand, s.last_seq FROM stock_levels s
     WHERE s.company_id = $1 AND s.location_id = $3 AND s.product_id IN (SELECT product_id FROM counts)
     ORDER BY s.product_id FOR NO KEY UPDATE
   )
   UPDATE stocktake_lines l SET counted = c.quantity, counted_at = statement_timestamp(), counted_by_id = $5,
     moved = l.moved OR coalesce(s.last_seq, 0) <> l.expected_seq, expected = coalesce(s.on_hand, 0), expected_seq = coalesce(s.last_seq, 0)
   FROM counts c LEFT JOIN levels s ON s.product_id = c.product_id
   WHERE l.company_id = $1 AND l.stocktake_id = $2 AND l.product_id = c.product_id
   RETURNING l.product_id`,
)

export async function updateCounts(
  tx: Tx,
  companyId: string,
  stocktake: LockedStocktake,
  { counts, countedById }: { counts: readonly Count[]; countedById: string | null },
): Promise<string[]> {
  const values = [companyId, stocktake.id, stocktake.locationId, JSON.stringify(counts), countedById]
  const rows = await run<{ product_id: string }>(tx, countStatement, values)
  return rows.map((row) => row.product_id)
}

const findDifferencesStatement = statement(
  'find_stocktake_differences',
  `SELECT product_id AS "productId", (counted - expected)::text AS difference FROM stocktake_lines
   WHERE company_id = $1 AND stocktake_id = $2 AND counted <> expected ORDER BY product_id`,
)

export async function findDifferences(
  tx: Tx,
  companyId: string,
  id: string,
): Promise<{ productId: string; difference: string }[]> {
  return run(tx, findDifferencesStatement, [companyId, id])
}

const touchStatement = statement(
  'touch_stocktake',
  `UPDATE stocktakes SET status = $3, posting_id = $4, posted_at = CASE WHEN $3 = 'POSTED' THEN statement_timestamp() END,
     version = version + 1, updated_at = statement_timestamp() WHERE company_id = $1 AND id = $2`,
)

export async function updateStocktakeRow(
  tx: Tx,
  companyId: string,
  id: string,
  change: { status: Stocktake['status']; postingId: string | null },
): Promise<void> {
  await run(tx, touchStatement, [companyId, id, change.status, change.postingId])
}
