import type { Actor } from '@dealwire/contracts'
import { runOne, statement, type Tx } from '@dealwire/db/client'

const stockPanel = statement(
  'stock_panel',
  `WITH levels AS (
     SELECT l.product_id, sum(l.on_hand - l.reserved) AS available, sum(l.value) FILTER (WHERE l.currency = $2) AS value
     FROM stock_levels l WHERE l.company_id = $1 GROUP BY l.product_id
   )
   SELECT jsonb_build_object(
     'value', (SELECT coalesce(sum(value), 0.00)::text FROM levels),
     'currency', $2::text,
     'lowStock', (
       SELECT count(*) FROM product_facts p LEFT JOIN levels ON levels.product_id = p.id
       WHERE p.company_id = $1 AND NOT p.deleted AND p.active AND p.reorder_level >= coalesce(levels.available, 0))
   )::text AS current`,
)

/** Stock has no owner: whoever sees the dashboard sees the company's. Low is what has a reorder level and is at or below it. */
export async function getStockPanel(tx: Tx, actor: Actor): Promise<string> {
  const row = await runOne<{ current: string }>(tx, stockPanel, [actor.companyId, actor.company.currency])
  return row?.current ?? '{}'
}
