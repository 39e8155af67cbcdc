import { type Executor, run, runOne, statement } from '@dealwire/db/client'

export type AuditCounts = {
  /** The last product of these; null when there was none left. */
  last_product_id: string | null
  checked: number
  ledger_quantity: number
  layer_quantity: number
  layer_value: number
  ledger_value: number
  reserved_quantity: number
}

/**
 * Of as many products after the given one. Levels, layers and ledger of a product are compared as they were at one instant.
 * A company's whole ledger in one statement would one day take longer than a statement may.
 */
export async function countViolations(
  executor: Executor,
  companyId: string,
  after: string,
  products: number,
): Promise<AuditCounts | undefined> {
  return runOne<AuditCounts>(executor, auditStatement, [companyId, after, products])
}

// Nothing lies beyond the last level: layers, entries and reservations refer to one.
const IN_RANGE = 'company_id = $1 AND product_id > $2 AND product_id <= (SELECT product_id FROM last)'

// The ledger is summed from its entries, not read from their running figures, so that those are checked as well; `broken` counts
// entries that do not follow from the one before.
const auditStatement = statement(
  'audit_stock',
  `WITH last AS MATERIALIZED (
     SELECT product_id FROM (
       SELECT product_id FROM stock_levels WHERE company_id = $1 AND product_id > $2 GROUP BY product_id ORDER BY product_id LIMIT $3) p
     ORDER BY product_id DESC LIMIT 1
   ), layers AS (
     SELECT product_id, location_id, sum(remaining_quantity) AS quantity, sum(round(remaining_quantity * unit_cost, 2)) AS value
     FROM batches WHERE ${IN_RANGE} GROUP BY product_id, location_id
   ), chained AS (
     SELECT product_id, location_id, quantity, value, seq,
       sum(quantity) OVER w <> on_hand_after OR row_number() OVER w <> seq AS quantity_broken, sum(value) OVER w <> value_after AS value_broken
     FROM stock_transactions WHERE ${IN_RANGE}
     WINDOW w AS (PARTITION BY product_id, location_id ORDER BY occurred_at, seq ROWS UNBOUNDED PRECEDING)
   ), ledger AS (
     SELECT product_id, location_id, sum(quantity) AS quantity, sum(value) AS value, max(seq) AS seq,
       bool_or(quantity_broken) AS quantity_broken, bool_or(value_broken) AS value_broken
     FROM chained GROUP BY product_id, location_id
   ), held AS (
     SELECT product_id, location_id, sum(open_quantity) AS quantity
     FROM reservation_lines WHERE ${IN_RANGE} AND open_quantity > 0 GROUP BY product_id, location_id
   ), compared AS (
     SELECT coalesce(h.quantity, 0) AS held_quantity, s.on_hand, s.reserved, s.value, s.last_seq, coalesce(l.quantity, 0) AS layer_quantity, coalesce(l.value, 0) AS layer_value,
       coalesce(t.quantity, 0) AS ledger_quantity, coalesce(t.value, 0) AS ledger_value, coalesce(t.seq, 0) AS ledger_seq,
       coalesce(t.quantity_broken, false) AS quantity_broken, coalesce(t.value_broken, false) AS value_broken
     FROM (SELECT * FROM stock_levels WHERE ${IN_RANGE}) s
     FULL JOIN layers l ON l.product_id = s.product_id AND l.location_id = s.location_id
     FULL JOIN ledger t ON t.product_id = s.product_id AND t.location_id = s.location_id
     FULL JOIN held h ON h.product_id = s.product_id AND h.location_id = s.location_id
   )
   SELECT (SELECT product_id FROM last) AS last_product_id, count(*) AS checked,
     count(*) FILTER (WHERE on_hand IS DISTINCT FROM ledger_quantity OR last_seq IS DISTINCT FROM ledger_seq OR quantity_broken) AS ledger_quantity,
     count(*) FILTER (WHERE on_hand IS DISTINCT FROM layer_quantity) AS layer_quantity,
     count(*) FILTER (WHERE value IS DISTINCT FROM layer_value) AS layer_value,
     count(*) FILTER (WHERE value IS DISTINCT FROM ledger_value OR value_broken) AS ledger_value,
     count(*) FILTER (WHERE reserved IS DISTINCT FROM held_quantity) AS reserved_quantity
   FROM compared`,
)

const companiesStatement = statement(
  'companies_to_audit',
  'SELECT company_id FROM locations WHERE is_default AND deleted_at IS NULL AND company_id > $1 ORDER BY company_id LIMIT $2',
)

/** Companies that keep stock, in order, after the given one. */
export async function findCompaniesAfter(executor: Executor, after: string, limit: number): Promise<string[]> {
  const rows = await run<{ company_id: string }>(executor, companiesStatement, [after, limit])
  return rows.map((row) => row.company_id)
}
