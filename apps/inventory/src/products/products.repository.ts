import type { Product } from '@dealwire/contracts'
import { type Executor, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'
import { searchFilters } from '../access/search-words.ts'

/** A product as finished JSON, and as the value it was made from. */
export type StoredProduct = { readonly json: string; readonly version: number; readonly product: Product }

export const productFields = [
  'sku',
  'name',
  'unit',
  'category',
  'salePrice',
  'currency',
  'reorderLevel',
  'reorderQuantity',
  'leadTimeDays',
  'active',
  'picking',
  'overReceiptPercent',
] as const

/** What a caller may set. */
export type ProductFields = Pick<Product, (typeof productFields)[number]>
export type LockedProduct = ProductFields & Pick<Product, 'id' | 'version'>

const ITEM = `json_build_object('id', p.id, 'sku', p.sku, 'name', p.name, 'unit', p.unit, 'category', p.category,
  'salePrice', p.sale_price::text, 'currency', p.currency, 'reorderLevel', p.reorder_level, 'reorderQuantity', p.reorder_quantity,
  'leadTimeDays', p.lead_time_days, 'active', p.active, 'picking', p.picking, 'overReceiptPercent', p.over_receipt_percent, 'onHand', s.on_hand, 'reserved', s.reserved, 'available', s.on_hand - s.reserved,
  'version', p.version, 'createdAt', iso(p.created_at), 'updatedAt', iso(p.updated_at))`

const STOCK = `SELECT coalesce(sum(s.on_hand), 0) AS on_hand, coalesce(sum(s.reserved), 0) AS reserved
  FROM stock_levels s WHERE s.company_id = p.company_id AND s.product_id = p.id`
const JOINS = `CROSS JOIN LATERAL (${STOCK}) s`

export const productList: ListSpec = {
  name: 'products',
  from: 'products p',
  alias: 'p',
  where: 'p.company_id = $1 AND p.deleted_at IS NULL',
  item: ITEM,
  joins: JOINS,
  sorts: {
    createdAt: { expression: 'p.created_at', type: 'timestamptz' },
    updatedAt: { expression: 'p.updated_at', type: 'timestamptz' },
    name: { expression: 'lower(p.name COLLATE pg_c_utf8)', type: 'text' },
    sku: { expression: 'lower(p.sku COLLATE pg_c_utf8)', type: 'text' },
  },
  filters: {
    sku: 'p.sku = $?::text',
    category: 'p.category = $?::text',
    active: 'p.active = $?::boolean',
    lowStock: `$?::boolean AND p.reorder_level >= (SELECT s.on_hand - s.reserved FROM (${STOCK}) s)`,
    ...searchFilters('p'),
  },
}

export async function findProduct(
  executor: Executor,
  companyId: string,
  id: string,
): Promise<StoredProduct | undefined> {
  const found = await runOne<{ json: string }>(executor, findStatement, [companyId, id])
  return found === undefined ? undefined : stored(found.json)
}

const findStatement = statement(
  'find_product',
  `SELECT ${ITEM}::text AS json FROM products p ${JOINS} WHERE p.company_id = $1 AND p.id = $2 AND p.deleted_at IS NULL`,
)

/** Locks the row until the transaction ends, so that a change is made to what is stored now. */
export async function lockProduct(tx: Tx, companyId: string, id: string): Promise<LockedProduct | undefined> {
  const found = await runOne<{ product: LockedProduct }>(tx, lockStatement, [companyId, id])
  return found?.product
}

// FOR UPDATE, not FOR NO KEY UPDATE: it also waits for, and holds back, those who make the product's first stock somewhere.
const lockStatement = statement(
  'lock_product',
  `SELECT json_build_object('id', p.id, 'sku', p.sku, 'name', p.name, 'unit', p.unit, 'category', p.category,
     'salePrice', p.sale_price::text, 'currency', p.currency, 'reorderLevel', p.reorder_level, 'reorderQuantity', p.reorder_quantity,
     'leadTimeDays', p.lead_time_days, 'active', p.active, 'picking', p.picking, 'overReceiptPercent', p.over_receipt_percent, 'version', p.version) AS product
   FROM products p WHERE p.company_id = $1 AND p.id = $2 AND p.deleted_at IS NULL FOR UPDATE`,
)

const INPUT = `json_to_record($2::json) AS i(id uuid, sku text, name text, unit text, category text, "salePrice" numeric, currency text,
  "reorderLevel" numeric, "reorderQuantity" numeric, "leadTimeDays" integer, active boolean, picking text, "overReceiptPercent" numeric, "createdById" uuid)`

export async function insertProduct(
  tx: Tx,
  companyId: string,
  product: ProductFields & { id: string; createdById: string | null },
): Promise<StoredProduct> {
  return written(await runOne(tx, insertStatement, [companyId, JSON.stringify(product)]))
}

const insertStatement = statement(
  'insert_product',
  `WITH made AS (
     INSERT INTO products (company_id, id, sku, name, unit, category, sale_price, currency, reorder_level, reorder_quantity, lead_time_days, active, picking, over_receipt_percent,
       created_by_id)
     SELECT $1, i.id, i.sku, i.name, i.unit, i.category, i."salePrice", i.currency, i."reorderLevel", i."reorderQuantity", i."leadTimeDays", i.active,
       i.picking, i."overReceiptPercent", i."createdById"
     FROM ${INPUT} RETURNING *
   ) SELECT ${ITEM}::text AS json FROM made p ${JOINS}`,
)

export async function updateProductRow(tx: Tx, companyId: string, product: LockedProduct): Promise<StoredProduct> {
  return written(await runOne(tx, updateStatement, [companyId, JSON.stringify(product)]))
}

const updateStatement = statement(
  'update_product',
  `WITH saved AS (
     UPDATE products p SET sku = i.sku, name = i.name, unit = i.unit, category = i.category, sale_price = i."salePrice", currency = i.currency,
       reorder_level = i."reorderLevel", reorder_quantity = i."reorderQuantity", lead_time_days = i."leadTimeDays", active = i.active, picking = i.picking,
       over_receipt_percent = i."overReceiptPercent",
       version = p.version + 1, updated_at = statement_timestamp()
     FROM ${INPUT} WHERE p.company_id = $1 AND p.id = i.id RETURNING p.*
   ) SELECT ${ITEM}::text AS json FROM saved p ${JOINS}`,
)

/** Waits for whoever changes the product's stock; true when something is left or on its way out. */
export async function lockProductStock(tx: Tx, companyId: string, id: string): Promise<boolean> {
  const found = await runOne<{ has_stock: boolean }>(tx, lockStockStatement, [companyId, id])
  return found?.has_stock === true
}

const lockStockStatement = statement(
  'lock_product_stock',
  `WITH locked AS (
     SELECT on_hand FROM stock_levels WHERE company_id = $1 AND product_id = $2 ORDER BY location_id FOR NO KEY UPDATE
   ) SELECT coalesce(bool_or(on_hand > 0), false) AS has_stock FROM locked`,
)

export async function deleteProductRow(tx: Tx, companyId: string, id: string): Promise<StoredProduct> {
  return written(await runOne(tx, deleteStatement, [companyId, id]))
}

const deleteStatement = statement(
  'delete_product',
  `WITH deleted AS (
     UPDATE products SET deleted_at = statement_timestamp(), updated_at = statement_timestamp(), version = version + 1
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${ITEM}::text AS json FROM deleted p ${JOINS}`,
)

function written(row: { json: string } | undefined): StoredProduct {
  if (row === undefined) throw new Error('A write of a product answered no row')
  return stored(row.json)
}

function stored(json: string): StoredProduct {
  const product = JSON.parse(json) as Product
  return { json, version: product.version, product }
}
