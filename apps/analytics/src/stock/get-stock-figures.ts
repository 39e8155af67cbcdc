import type { Actor } from '@dealwire/contracts'
import { type Executor, runOne, statement } from '@dealwire/db/client'
import type { Window } from '../windows/window.ts'

/** A day's value is what all movements up to its end add up to: a transfer takes from one place what it brings to another. */
const stockFigures = statement(
  'stock_figures',
  `WITH moved AS (
     SELECT (occurred_at AT TIME ZONE $4)::date AS day, sum(value) AS value FROM stock_facts
     WHERE company_id = $1 AND occurred_at >= $2::timestamptz AND occurred_at < $3::timestamptz GROUP BY 1
   ), opening AS (
     SELECT coalesce(sum(value), 0.00) AS value FROM stock_facts WHERE company_id = $1 AND occurred_at < $2::timestamptz
   ), days AS (
     SELECT d::date AS day, (SELECT value FROM opening) + coalesce(sum(moved.value) OVER (ORDER BY d), 0.00) AS value
     FROM generate_series(($2::timestamptz AT TIME ZONE $4)::date::timestamp, (($3::timestamptz - interval '1 ms') AT TIME ZONE $4)::date::timestamp, interval '1 day') AS d
     LEFT JOIN moved ON moved.day = d::date
   ), consumed AS (
     SELECT product_id, -sum(quantity) AS quantity, -sum(value) AS cost FROM stock_facts
     WHERE company_id = $1 AND occurred_at >= $2::timestamptz AND occurred_at < $3::timestamptz AND kind IN ('CONSUMPTION', 'RETURN')
     GROUP BY product_id
   ), totals AS (
     SELECT (SELECT coalesce(sum(cost), 0.00) FROM consumed) AS cost, (SELECT avg(value) FROM days) AS average
   ), top AS (
     SELECT c.product_id, p.name, c.quantity, c.cost FROM consumed c LEFT JOIN product_facts p ON p.company_id = $1 AND p.id = c.product_id
     ORDER BY c.cost DESC, c.product_id LIMIT 20
   )
   SELECT jsonb_build_object('consumptionCost', cost::text, 'averageValue', round(average, 2)::text, 'turnover', round(cost / nullif(average, 0), 4),
     'topConsumed', (SELECT coalesce(jsonb_agg(jsonb_build_object('productId', product_id, 'name', name, 'quantity', quantity, 'cost', cost::text)
       ORDER BY cost DESC, product_id), '[]') FROM top),
     'value', (SELECT coalesce(jsonb_agg(jsonb_build_object('date', day, 'value', value::text) ORDER BY day), '[]') FROM days),
     'currency', $5::text)::text AS figures
   FROM totals`,
)

/** Consumption, turnover and value by day. Stock has no owner: whoever may read figures sees the company's. */
export async function getStockFigures(executor: Executor, actor: Actor, window: Window): Promise<string> {
  const values = [actor.companyId, window.from, window.to, window.timeZone, actor.company.currency]
  const row = await runOne<{ figures: string }>(executor, stockFigures, values)
  return row?.figures ?? '{}'
}
