import { createHash, randomUUID } from 'node:crypto'
import type { TestDatabase } from '@dealwire/testing'
import pg from 'pg'

/** One row of every kind that the lists show for each number: quick, and never through the commands. */
const rows = `
SET search_path = inventory, extensions;
SET session_replication_role = replica;
CREATE FUNCTION pg_temp.id(name text) RETURNS uuid LANGUAGE sql IMMUTABLE
  RETURN overlay(overlay(md5(name) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid;
CREATE TEMPORARY TABLE n ON COMMIT DROP AS
  SELECT i, pg_temp.id(':company p' || i) AS product, pg_temp.id(':company d' || i) AS document, timestamptz '2026-11-01' + i * interval '7 seconds' AS t,
    timestamptz '2026-11-01' + i * interval '86 seconds' AS s
  FROM generate_series(1, :rows) AS i;
INSERT INTO locations (company_id, id, key, name, kind, is_default) VALUES (':company', ':place', 'MAIN', 'Main', 'WAREHOUSE', true);
INSERT INTO products (company_id, id, sku, name, unit, category, sale_price, currency, reorder_level, active, created_at, updated_at)
  SELECT ':company', product, 'SKU-' || i, 'Pump ' || i || CASE WHEN i % 10000 = 0 THEN ' rare' ELSE '' END, 'pcs', 'C' || i % 50, 10, 'GEL',
    CASE WHEN i % 2 = 0 THEN 5 END, i % 100 <> 0, t, t FROM n;
INSERT INTO stock_levels (company_id, product_id, location_id, id, on_hand, reserved, value, last_seq, created_at)
  SELECT ':company', product, ':place', product, i % 100 + 1, 1, 2 * (i % 100 + 1), 1, t FROM n;
INSERT INTO purchase_orders (company_id, id, number, supplier, status, currency, created_at)
  SELECT ':company', document, 'PO-2026-' || lpad(i::text, 6, '0'), 'Supplier ' || i % 100,
    (ARRAY['DRAFT', 'SUBMITTED', 'RECEIVED', 'CLOSED'])[1 + i % 4], 'GEL', t FROM n;
INSERT INTO purchase_order_items (company_id, purchase_order_id, id, position, product_id, quantity, unit_cost, received_quantity)
  SELECT ':company', document, product, 1, product, 5, 2, 5 * (i % 4 / 2) FROM n;
INSERT INTO postings (company_id, id, kind, purchase_order_id, work_order_id, occurred_at)
  SELECT ':company', document, 'RECEIPT', CASE WHEN i % 2 = 0 THEN document END, CASE WHEN i % 2 = 1 THEN document END, t FROM n;
INSERT INTO batches (company_id, id, product_id, location_id, posting_id, received_at, received_quantity, remaining_quantity, unit_cost, currency, pick_at)
  SELECT ':company', product, product, ':place', document, t, 101, i % 100 + 1, 2, 'GEL', t FROM n;
INSERT INTO stock_transactions (company_id, occurred_at, id, seq, kind, product_id, location_id, batch_id, posting_id, quantity, unit_cost, value,
    on_hand_after, value_after, actor_id)
  SELECT ':company', t, product, 1, (ARRAY['RECEIPT', 'ADJUSTMENT'])[1 + i % 2], product, ':place', product, document, 1, 2, 2, i % 100 + 1,
    2 * (i % 100 + 1), pg_temp.id('u' || i % 20) FROM n;
INSERT INTO reservations (company_id, id, status, deal_id, work_order_id, created_at)
  SELECT ':company', document, (ARRAY['OPEN', 'RELEASED', 'EXPIRED', 'CONSUMED'])[1 + i % 4], pg_temp.id('deal' || i % 5000),
    CASE WHEN i % 2 = 0 THEN document END, t FROM n;
INSERT INTO reservation_lines (company_id, reservation_id, product_id, location_id, quantity, open_quantity)
  SELECT ':company', document, product, ':place', 1, 1 FROM n;
INSERT INTO work_orders (company_id, id, number, title, kind, status, priority, customer_id, deal_id, parent_id, scheduled_start, scheduled_end, assignee_ids, created_at)
  SELECT ':company', document, 'WO-2026-' || lpad(i::text, 6, '0'), 'Visit ' || i || CASE WHEN i % 10000 = 0 THEN ' rare' ELSE '' END,
    (ARRAY['INSTALLATION', 'REPAIR', 'MAINTENANCE', 'JOB'])[1 + i % 4], (ARRAY['DRAFT', 'SCHEDULED', 'IN_PROGRESS', 'SUBMITTED', 'APPROVED'])[1 + i % 5],
    (ARRAY['LOW', 'MEDIUM', 'HIGH'])[1 + i % 3], pg_temp.id('customer' || i % 5000), pg_temp.id('deal' || i % 5000),
    CASE WHEN i % 1000 = 1 THEN pg_temp.id(':company d1') END, s, s + interval '2 hours', ARRAY[pg_temp.id('u' || i % 200)], t FROM n;
INSERT INTO work_order_activities (company_id, id, work_order_id, action, details, occurred_at)
  SELECT ':company', document, CASE WHEN i % 10 = 0 THEN pg_temp.id(':company d1') ELSE document END, 'created', '{}', t FROM n;
INSERT INTO deactivated_devices (company_id, id, work_order_id, product_id, serial, condition, created_at)
  SELECT ':company', document, document, product, 'S-' || i, 'BROKEN', t FROM n;
INSERT INTO stocktakes (company_id, id, location_id, status, created_at) SELECT ':company', document, ':place', 'POSTED', t FROM n;`

/** The id that the load gives to a name. */
export function idOf(name: string): string {
  const hex = createHash('md5').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** Fills a company with that many of everything; the statistics are those of a database that has been in use. */
export async function loadStock(db: TestDatabase, companyId: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: db.adminUrl })
  await client.connect()
  try {
    const sql = rows
      .replaceAll(':company', companyId)
      .replaceAll(':place', randomUUID())
      .replaceAll(':rows', String(count))
    await client.query(`BEGIN; ${sql} COMMIT`)
    await client.query('ANALYZE')
  } finally {
    await client.end()
  }
}
