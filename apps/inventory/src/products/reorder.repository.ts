import type { ListSpec } from '@dealwire/db/page'

const FIGURES = `SELECT s.on_hand, s.reserved, o.on_order, s.on_hand - s.reserved + o.on_order AS projected
  FROM (
    SELECT coalesce(sum(s.on_hand), 0) AS on_hand, coalesce(sum(s.reserved), 0) AS reserved
    FROM stock_levels s WHERE s.company_id = p.company_id AND s.product_id = p.id
  ) s CROSS JOIN (
    SELECT coalesce(sum(i.quantity - i.received_quantity), 0) AS on_order
    FROM purchase_order_items i JOIN purchase_orders o ON o.company_id = i.company_id AND o.id = i.purchase_order_id
    WHERE i.company_id = p.company_id AND i.product_id = p.id AND i.is_open
      AND o.status IN ('SUBMITTED', 'PARTIALLY_RECEIVED')
  ) o`

/** Only products with a reorder level can be suggested, and an index holds just those. */
export const reorderList: ListSpec = {
  name: 'reorder_suggestions',
  from: 'products p',
  alias: 'p',
  where: `p.company_id = $1 AND p.deleted_at IS NULL AND p.active AND p.reorder_level IS NOT NULL
    AND p.reorder_level >= (SELECT f.projected FROM (${FIGURES}) f)`,
  item: `json_build_object('id', p.id, 'productId', p.id, 'sku', p.sku, 'name', p.name, 'onHand', f.on_hand, 'reserved', f.reserved,
    'onOrder', f.on_order, 'projected', f.projected, 'reorderLevel', p.reorder_level,
    'suggestedQuantity', greatest(p.reorder_quantity, p.reorder_level - f.projected, 1), 'leadTimeDays', p.lead_time_days)`,
  joins: `CROSS JOIN LATERAL (${FIGURES}) f`,
  sorts: {
    createdAt: { expression: 'p.created_at', type: 'timestamptz' },
    name: { expression: 'lower(p.name COLLATE pg_c_utf8)', type: 'text' },
    sku: { expression: 'lower(p.sku COLLATE pg_c_utf8)', type: 'text' },
  },
  filters: {},
}
