import { run, statement, type Tx } from '@dealwire/db/client'
import { upsertNewer } from '../projections/upsert-newer.ts'

export const upsertProductFacts = upsertNewer({
  name: 'product_facts',
  key: ['company_id', 'id'],
  columns: {
    company_id: 'uuid',
    id: 'uuid',
    version: 'integer',
    name: 'text',
    category: 'text',
    reorder_level: 'numeric',
    active: 'boolean',
    deleted: 'boolean',
  },
})

export const upsertStockLevels = upsertNewer({
  name: 'stock_levels',
  key: ['company_id', 'product_id', 'location_id'],
  columns: {
    company_id: 'uuid',
    product_id: 'uuid',
    location_id: 'uuid',
    version: 'integer',
    on_hand: 'numeric',
    reserved: 'numeric',
    value: 'numeric',
    currency: 'text',
  },
})

export async function insertStockFacts(tx: Tx, rows: readonly object[]): Promise<void> {
  if (rows.length > 0) await run(tx, insertFacts, [JSON.stringify(rows)])
}

const insertFacts = statement(
  'insert_stock_facts',
  `INSERT INTO stock_facts (company_id, posting_id, product_id, location_id, kind, quantity, value, work_order_id, occurred_at)
   SELECT company_id, posting_id, product_id, location_id, kind, quantity, value, work_order_id, occurred_at
   FROM json_to_recordset($1::json) AS g(company_id uuid, posting_id uuid, product_id uuid, location_id uuid, kind text,
     quantity numeric, value numeric, work_order_id uuid, occurred_at timestamptz)
   ORDER BY company_id, posting_id, product_id, location_id
   ON CONFLICT DO NOTHING`,
)
