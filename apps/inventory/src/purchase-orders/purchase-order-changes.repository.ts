import { type Executor, run, statement, type Tx } from '@dealwire/db/client'
import { purchaseOrderAmendments, purchaseOrders } from '@dealwire/db/inventory'
import type { ListSpec } from '@dealwire/db/page'
import { and, eq, sql } from 'drizzle-orm'

export type PurchaseOrderHead = {
  readonly supplier?: string | undefined
  readonly currency?: string | undefined
  readonly expectedAt?: string | null | undefined
  readonly notes?: string | null | undefined
  readonly status?: string | undefined
}

/** Writes what is given of a locked order. */
export async function updatePurchaseOrderHead(
  tx: Tx,
  companyId: string,
  id: string,
  head: PurchaseOrderHead,
): Promise<void> {
  const given = Object.fromEntries(Object.entries(head).filter(([, value]) => value !== undefined))
  await tx.orm
    .update(purchaseOrders)
    .set({ ...given, version: sql`${purchaseOrders.version} + 1`, updatedAt: sql`statement_timestamp()` })
    .where(and(eq(purchaseOrders.companyId, companyId), eq(purchaseOrders.id, id)))
}

export type ItemAfter = {
  readonly id: string
  readonly position: number
  readonly productId: string
  readonly quantity: number
  readonly unitCost: string
}

const replaceItemsStatement = statement(
  'replace_purchase_order_items',
  `WITH items AS (
     SELECT * FROM json_to_recordset($3::json) AS i(id uuid, position smallint, "productId" uuid, quantity numeric, "unitCost" numeric)
   ), removed AS (
     DELETE FROM purchase_order_items i WHERE i.company_id = $1 AND i.purchase_order_id = $2 AND NOT EXISTS (SELECT FROM items k WHERE k.id = i.id)
   )
   INSERT INTO purchase_order_items (company_id, purchase_order_id, id, position, product_id, quantity, unit_cost)
   SELECT $1, $2, id, position, "productId", quantity, "unitCost" FROM items
   ON CONFLICT (company_id, purchase_order_id, id) DO UPDATE SET position = excluded.position, product_id = excluded.product_id,
     quantity = excluded.quantity, unit_cost = excluded.unit_cost`,
)

/** Makes these the items of the order; what was received of those that stay, stays. */
export async function replaceItems(tx: Tx, companyId: string, id: string, items: readonly ItemAfter[]): Promise<void> {
  await run(tx, replaceItemsStatement, [companyId, id, JSON.stringify(items)])
}

export type NewAmendment = {
  readonly id: string
  readonly purchaseOrderId: string
  readonly changes: object
  readonly actorId: string | null
}

export async function insertAmendment(tx: Tx, companyId: string, amendment: NewAmendment): Promise<void> {
  await tx.orm.insert(purchaseOrderAmendments).values({ companyId, ...amendment })
}

const ACTOR = (alias: string) =>
  `LEFT JOIN directory u ON u.company_id = ${alias}.company_id AND u.kind = 'user' AND u.id = ${alias}.actor_id`

export const amendmentList: ListSpec = {
  name: 'purchase_order_amendments',
  from: 'purchase_order_amendments a',
  alias: 'a',
  where: 'a.company_id = $1',
  item: `json_build_object('id', a.id, 'before', a.changes->'before', 'after', a.changes->'after', 'actorId', a.actor_id, 'actorName', u.name,
    'occurredAt', iso(a.occurred_at))`,
  joins: ACTOR('a'),
  sorts: { occurredAt: { expression: 'a.occurred_at', type: 'timestamptz' } },
  filters: { purchaseOrderId: 'a.purchase_order_id = $?::uuid' },
}

export const receiptList: ListSpec = {
  name: 'purchase_receipts',
  from: 'postings g',
  alias: 'g',
  where: `g.company_id = $1 AND g.kind = 'RECEIPT'`,
  item: `json_build_object('id', g.id, 'purchaseOrderId', g.purchase_order_id, 'actorId', g.actor_id, 'actorName', u.name,
    'occurredAt', iso(g.occurred_at), 'lines', l.lines, 'totalValue', l.total::text)`,
  joins: `${ACTOR('g')} CROSS JOIN LATERAL (
    SELECT coalesce(sum(round(b.received_quantity * b.unit_cost, 2)), 0.00) AS total,
      coalesce(json_agg(json_build_object('batchId', b.id, 'productId', b.product_id, 'locationId', b.location_id, 'quantity', b.received_quantity,
        'unitCost', b.unit_cost::text, 'value', round(b.received_quantity * b.unit_cost, 2)::text, 'lotCode', b.lot_code,
        'expiresAt', iso(b.expires_at)) ORDER BY b.id), '[]') AS lines
    FROM batches b WHERE b.company_id = g.company_id AND b.received_at = g.occurred_at AND b.posting_id = g.id) l`,
  sorts: { occurredAt: { expression: 'g.occurred_at', type: 'timestamptz' } },
  filters: { purchaseOrderId: 'g.purchase_order_id = $?::uuid' },
}

const existsStatement = statement(
  'purchase_order_exists',
  'SELECT 1 FROM purchase_orders WHERE company_id = $1 AND id = $2',
)

export async function purchaseOrderExists(executor: Executor, companyId: string, id: string): Promise<boolean> {
  return (await run(executor, existsStatement, [companyId, id])).length > 0
}
