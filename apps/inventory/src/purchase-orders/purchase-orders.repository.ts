import type { PurchaseOrder, PurchaseOrderStatus } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'
import { searchFilters } from '../access/search-words.ts'

/** A purchase order as finished JSON, and as the value it was made from. */
export type StoredPurchaseOrder = {
  readonly json: string
  readonly version: number
  readonly purchaseOrder: PurchaseOrder
}

const ITEM = `json_build_object('id', o.id, 'number', o.number, 'supplier', o.supplier, 'status', o.status, 'currency', o.currency,
  'items', i.items, 'notes', o.notes, 'expectedAt', iso(o.expected_at), 'total', i.total::text, 'version', o.version,
  'createdAt', iso(o.created_at), 'updatedAt', iso(o.updated_at), 'createdById', o.created_by_id)`
const JOINS = `CROSS JOIN LATERAL (
  SELECT sum(round(i.quantity * i.unit_cost, 2)) AS total, json_agg(json_build_object('id', i.id, 'productId', i.product_id, 'sku', p.sku,
    'productName', p.name, 'quantity', i.quantity, 'unitCost', i.unit_cost::text, 'receivedQuantity', i.received_quantity) ORDER BY i.position) AS items
  FROM purchase_order_items i JOIN products p ON p.company_id = i.company_id AND p.id = i.product_id
  WHERE i.company_id = o.company_id AND i.purchase_order_id = o.id) i`

export const purchaseOrderList: ListSpec = {
  name: 'purchase_orders',
  from: 'purchase_orders o',
  alias: 'o',
  where: 'o.company_id = $1',
  item: ITEM,
  joins: JOINS,
  sorts: {
    createdAt: { expression: 'o.created_at', type: 'timestamptz' },
    number: { expression: '(o.number COLLATE pg_c_utf8)', type: 'text' },
  },
  filters: {
    status: 'o.status = $?::text',
    productId:
      'o.id IN (SELECT i.purchase_order_id FROM purchase_order_items i WHERE i.company_id = $1 AND i.product_id = $?::uuid)',
    ...searchFilters('o'),
  },
}

export async function findPurchaseOrder(
  executor: Executor,
  companyId: string,
  id: string,
): Promise<StoredPurchaseOrder | undefined> {
  const found = await runOne<{ json: string }>(executor, findStatement, [companyId, id])
  if (found === undefined) return undefined
  const purchaseOrder = JSON.parse(found.json) as PurchaseOrder
  return { json: found.json, version: purchaseOrder.version, purchaseOrder }
}

const findStatement = statement(
  'find_purchase_order',
  `SELECT ${ITEM}::text AS json FROM purchase_orders o ${JOINS} WHERE o.company_id = $1 AND o.id = $2`,
)

export type NewPurchaseOrder = {
  readonly id: string
  readonly supplier: string
  readonly currency: string
  readonly expectedAt: string | null
  readonly notes: string | null
  readonly createdById: string | null
  readonly items: readonly { id: string; position: number; productId: string; quantity: number; unitCost: string }[]
}

/** Inserts a draft with the next number of the company and year; whoever else wants a number waits. False when a product is missing. */
export async function insertPurchaseOrder(
  tx: Tx,
  companyId: string,
  timeZone: string,
  order: NewPurchaseOrder,
): Promise<boolean> {
  const { items, ...head } = order
  const rows = await run(tx, insertStatement, [companyId, timeZone, JSON.stringify(head), JSON.stringify(items)])
  return rows.length > 0
}

const insertStatement = statement(
  'insert_purchase_order',
  `WITH items AS (
     SELECT * FROM json_to_recordset($4::json) AS i(id uuid, position smallint, "productId" uuid, quantity numeric, "unitCost" numeric)
   ), numbered AS (
     INSERT INTO purchase_order_numbers AS n (company_id, year, last_number)
     SELECT $1, extract(year FROM now() AT TIME ZONE $2), 1
     WHERE NOT EXISTS (SELECT FROM items i WHERE NOT EXISTS (
       SELECT FROM products p WHERE p.company_id = $1 AND p.id = i."productId" AND p.deleted_at IS NULL))
     ON CONFLICT (company_id, year) DO UPDATE SET last_number = n.last_number + 1
     RETURNING year, last_number
   ), made AS (
     INSERT INTO purchase_orders (company_id, id, number, supplier, status, currency, expected_at, notes, created_by_id)
     SELECT $1, o.id, format('PO-%s-%s', n.year, lpad(n.last_number::text, greatest(4, length(n.last_number::text)), '0')), o.supplier, 'DRAFT',
       o.currency, o."expectedAt", o.notes, o."createdById"
     FROM numbered n, json_to_record($3::json) AS o(id uuid, supplier text, currency text, "expectedAt" timestamptz, notes text, "createdById" uuid)
     RETURNING id
   )
   INSERT INTO purchase_order_items (company_id, purchase_order_id, id, position, product_id, quantity, unit_cost)
   SELECT $1, made.id, i.id, i.position, i."productId", i.quantity, i."unitCost" FROM made, items i
   RETURNING id`,
)

export async function findMissingProduct(
  tx: Tx,
  companyId: string,
  productIds: readonly string[],
): Promise<string | undefined> {
  const missing = await runOne<{ id: string }>(tx, findMissingStatement, [companyId, productIds])
  return missing?.id
}

const findMissingStatement = statement(
  'find_missing_product',
  `SELECT w.id FROM unnest($2::uuid[]) WITH ORDINALITY AS w(id, position)
   WHERE NOT EXISTS (SELECT FROM products p WHERE p.company_id = $1 AND p.id = w.id AND p.deleted_at IS NULL) ORDER BY w.position LIMIT 1`,
)

export type LockedItem = {
  readonly id: string
  readonly productId: string
  readonly quantity: string
  readonly receivedQuantity: string
  readonly unitCost: string
  /** Null: as the company's settings say. */
  readonly overReceiptPercent: string | null
}

export type LockedPurchaseOrder = {
  readonly id: string
  readonly number: string
  readonly status: PurchaseOrderStatus
  readonly currency: string
  readonly version: number
  readonly items: readonly LockedItem[]
}

/** Locks the order until the transaction ends. Its items change only under this lock. */
export async function lockPurchaseOrder(
  tx: Tx,
  companyId: string,
  id: string,
): Promise<LockedPurchaseOrder | undefined> {
  // One round trip, two statements: only a snapshot younger than the lock shows the items that the one before left.
  const [order, items] = await Promise.all([
    runOne<Omit<LockedPurchaseOrder, 'items'>>(tx, lockStatement, [companyId, id]),
    run<LockedItem>(tx, findItemsStatement, [companyId, id]),
  ])
  return order && { ...order, items }
}

const lockStatement = statement(
  'lock_purchase_order',
  'SELECT id, number, status, currency, version FROM purchase_orders WHERE company_id = $1 AND id = $2 FOR NO KEY UPDATE',
)

const findItemsStatement = statement(
  'find_purchase_order_items',
  `SELECT i.id, i.product_id AS "productId", i.quantity::text AS quantity, i.received_quantity::text AS "receivedQuantity",
     i.unit_cost::text AS "unitCost", p.over_receipt_percent::text AS "overReceiptPercent"
   FROM purchase_order_items i JOIN products p ON p.company_id = i.company_id AND p.id = i.product_id
   WHERE i.company_id = $1 AND i.purchase_order_id = $2 ORDER BY i.position`,
)

/** Sets the status and adds to what was received. */
export async function updatePurchaseOrderRow(
  tx: Tx,
  companyId: string,
  id: string,
  change: { status: PurchaseOrderStatus; received: readonly { id: string; quantity: string }[] },
): Promise<void> {
  await run(tx, updateStatement, [companyId, id, change.status, JSON.stringify(change.received)])
}

const updateStatement = statement(
  'update_purchase_order',
  `WITH items AS (
     UPDATE purchase_order_items i SET received_quantity = i.received_quantity + r.quantity
     FROM json_to_recordset($4::json) AS r(id uuid, quantity numeric)
     WHERE i.company_id = $1 AND i.purchase_order_id = $2 AND i.id = r.id
   )
   UPDATE purchase_orders SET status = $3, version = version + 1, updated_at = statement_timestamp() WHERE company_id = $1 AND id = $2`,
)
