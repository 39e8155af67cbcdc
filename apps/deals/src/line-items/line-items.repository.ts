import { type LineItem, MOST_LINE_ITEMS, type SoldItem } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'

/** What a caller may set. */
export type LineItemFields = Pick<
  LineItem,
  'name' | 'productId' | 'quantity' | 'oneTimePrice' | 'monthlyPrice' | 'discountPercent'
>
type Place = { readonly companyId: string; readonly dealId: string; readonly id: string }

const SOLD_JSON = `'id', i.id, 'name', i.name, 'productId', i.product_id, 'quantity', trim_scale(i.quantity),
  'oneTimePrice', i.one_time_price::text, 'monthlyPrice', i.monthly_price::text, 'discountPercent', trim_scale(i.discount_percent)`
const LINE_ITEM_JSON = `json_build_object(${SOLD_JSON}, 'dealId', i.deal_id, 'oneTimeTotal', i.one_time_total::text,
  'monthlyTotal', i.monthly_total::text, 'position', i.position, 'createdById', i.created_by_id, 'version', i.version,
  'createdAt', iso(i.created_at), 'updatedAt', iso(i.updated_at))`

export const lineItemList: ListSpec = {
  name: 'line_items',
  from: 'line_items i',
  alias: 'i',
  where: 'i.company_id = $1',
  item: LINE_ITEM_JSON,
  sorts: {
    position: { expression: 'i.position', type: 'integer' },
    createdAt: { expression: 'i.created_at', type: 'timestamptz' },
  },
  filters: { dealId: 'i.deal_id = $?', productId: 'i.product_id = $?' },
}

const INPUT = `json_to_record($4::json) AS n(name text, "productId" uuid, quantity numeric, "oneTimePrice" numeric, "monthlyPrice" numeric,
  "discountPercent" numeric)`

/** Adds an item at the end of a locked deal. An unknown product is stored as none; undefined when the deal has all it can have. */
export async function insertLineItem(
  tx: Tx,
  place: Place,
  item: Omit<LineItemFields, 'name'> & { readonly name: string | null },
  createdById: string | null,
): Promise<LineItem | undefined> {
  return answered(await runOne(tx, insertStatement, [...placed(place), JSON.stringify(item), createdById]))
}

const insertStatement = statement(
  'insert_line_item',
  `WITH i AS (
     INSERT INTO line_items (company_id, deal_id, id, position, name, product_id, quantity, one_time_price, monthly_price, discount_percent,
       created_by_id)
     SELECT $1, $2, $3, o.last + 1, coalesce(n.name, p.name, ''), p.id, n.quantity, n."oneTimePrice", n."monthlyPrice", n."discountPercent", $5
     FROM ${INPUT}
     CROSS JOIN (SELECT count(*) AS count, coalesce(max(position), 0) AS last FROM line_items WHERE company_id = $1 AND deal_id = $2) o
     LEFT JOIN product_refs p ON p.company_id = $1 AND p.id = n."productId" AND p.active
     WHERE o.count < ${MOST_LINE_ITEMS}
     RETURNING *
   ) SELECT ${LINE_ITEM_JSON}::text AS json FROM i`,
)

export async function findLineItem(db: Executor, place: Place): Promise<LineItem | undefined> {
  return answered(await runOne(db, findStatement, placed(place)))
}

const findStatement = statement(
  'find_line_item',
  `SELECT ${LINE_ITEM_JSON}::text AS json FROM line_items i WHERE i.company_id = $1 AND i.deal_id = $2 AND i.id = $3`,
)

/** Stores the fields of an item of a locked deal. The product it had may be gone; a new one that is unknown is stored as none. */
export async function updateLineItemRow(tx: Tx, place: Place, fields: LineItemFields): Promise<LineItem | undefined> {
  return answered(await runOne(tx, updateStatement, [...placed(place), JSON.stringify(fields)]))
}

const updateStatement = statement(
  'update_line_item',
  `WITH i AS (
     UPDATE line_items i SET name = n.name, quantity = n.quantity, one_time_price = n."oneTimePrice", monthly_price = n."monthlyPrice",
       discount_percent = n."discountPercent", version = i.version + 1, updated_at = statement_timestamp(),
       product_id = CASE WHEN n."productId" = i.product_id THEN i.product_id
         ELSE (SELECT p.id FROM product_refs p WHERE p.company_id = $1 AND p.id = n."productId" AND p.active) END
     FROM ${INPUT} WHERE i.company_id = $1 AND i.deal_id = $2 AND i.id = $3
     RETURNING i.*
   ) SELECT ${LINE_ITEM_JSON}::text AS json FROM i`,
)

export async function deleteLineItemRow(tx: Tx, place: Place): Promise<void> {
  await run(tx, deleteStatement, placed(place))
}

const deleteStatement = statement(
  'delete_line_item',
  'DELETE FROM line_items WHERE company_id = $1 AND deal_id = $2 AND id = $3',
)

/** The contract's totals as JSON, and what they come to. */
export async function sumLineItems(
  db: Executor,
  companyId: string,
  dealId: string,
): Promise<{ json: string; total: string }> {
  const sums = await runOne<{ json: string; total: string }>(db, sumStatement, [companyId, dealId])
  if (sums === undefined) throw new Error(`The deal '${dealId}' is gone`)
  return sums
}

const sumStatement = statement(
  'sum_line_items',
  `SELECT json_build_object('count', s.count, 'oneTime', s.one_time::text, 'monthly', s.monthly::text,
     'total', (s.one_time + s.monthly)::text, 'currency', d.currency)::text AS json, (s.one_time + s.monthly)::text AS total
   FROM deals d CROSS JOIN LATERAL (
     SELECT count(*) AS count, coalesce(sum(one_time_total), 0.00) AS one_time, coalesce(sum(monthly_total), 0.00) AS monthly
     FROM line_items i WHERE i.company_id = d.company_id AND i.deal_id = d.id) s
   WHERE d.company_id = $1 AND d.id = $2`,
)

export async function findSoldItems(
  db: Executor,
  companyId: string,
  dealIds: readonly string[],
): Promise<{ dealId: string; items: SoldItem[] }[]> {
  return run(db, soldStatement, [companyId, dealIds])
}

const soldStatement = statement(
  'find_sold_items',
  `SELECT i.deal_id AS "dealId", json_agg(json_build_object(${SOLD_JSON}) ORDER BY i.position) AS items
   FROM line_items i WHERE i.company_id = $1 AND i.deal_id = ANY($2::uuid[]) GROUP BY i.deal_id`,
)

function placed({ companyId, dealId, id }: Place): [string, string, string] {
  return [companyId, dealId, id]
}

function answered(row: { json: string } | undefined): LineItem | undefined {
  return row === undefined ? undefined : (JSON.parse(row.json) as LineItem)
}
