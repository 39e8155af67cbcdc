import { type Executor, runOne, statement } from '@dealwire/db/client'

type Answer = { json: string }

/** Total, by category and by location, as JSON text; at a time in the past when `at` is given. */
export async function findStockValue(
  executor: Executor,
  companyId: string,
  currency: string,
  at: string | undefined,
): Promise<string> {
  const row =
    at === undefined
      ? await runOne<Answer>(executor, valueNow, [companyId, currency])
      : await runOne<Answer>(executor, valueAt, [companyId, currency, at])
  return row?.json ?? ''
}

const valuation = (levels: string) => `
  WITH levels AS MATERIALIZED (${levels}),
  categories AS (
    SELECT p.category, sum(v.value) AS value FROM levels v JOIN products p ON p.company_id = $1 AND p.id = v.product_id GROUP BY p.category),
  places AS (
    SELECT l.id, l.key, l.name, sum(v.value) AS value FROM levels v JOIN locations l ON l.company_id = $1 AND l.id = v.location_id GROUP BY l.id, l.key, l.name)
  SELECT json_build_object(
    'total', (SELECT coalesce(sum(value), 0.00)::text FROM levels),
    'currency', $2::text,
    'byCategory', (SELECT coalesce(json_agg(json_build_object('category', category, 'value', value::text) ORDER BY value DESC, category), '[]') FROM categories),
    'byLocation', (SELECT coalesce(json_agg(json_build_object('locationId', id, 'key', key, 'name', name, 'value', value::text) ORDER BY value DESC, key), '[]')
      FROM places))::text AS json`

const valueNow = statement(
  'stock_value_now',
  valuation('SELECT product_id, location_id, value FROM stock_levels WHERE company_id = $1 AND value > 0'),
)

const valueAt = statement(
  'stock_value_at',
  valuation(`
    SELECT s.product_id, s.location_id, t.value_after AS value
    FROM stock_levels s CROSS JOIN LATERAL (
      SELECT t.value_after FROM stock_transactions t
      WHERE t.company_id = $1 AND t.product_id = s.product_id AND t.location_id = s.location_id AND t.occurred_at <= $3::timestamptz
      ORDER BY t.occurred_at DESC, t.seq DESC LIMIT 1) t
    WHERE s.company_id = $1 AND t.value_after > 0`),
)
