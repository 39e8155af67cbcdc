import type { Picking, TransactionKind } from '@dealwire/contracts'
import { run, statement, type Tx } from '@dealwire/db/client'
import { moneyText, quantityText, unitCostText } from './exact.ts'
import type { Level, Place } from './level.ts'

export type Locked = { readonly isComplete: boolean; readonly defaultLocationId: string }

/** Locks all of these levels, or none when one of them does not exist yet. */
export async function lockLevels(tx: Tx, companyId: string, places: readonly Place[]): Promise<Locked> {
  const rows = await run<{ default_location_id: string }>(tx, lockStatement, [
    companyId,
    places.map((place) => place.productId),
    places.map((place) => place.locationId ?? null),
  ])
  return { isComplete: rows.length > 0, defaultLocationId: rows[0]?.default_location_id ?? '' }
}

// None rather than some: rows made after others were locked would be locked out of order. One by one in that order, waiting, never
// SKIP LOCKED: stock that is being changed is still stock. A join could be planned to read all that a company has.
const lockStatement = statement(
  'lock_stock_levels',
  `WITH main AS (SELECT id FROM locations WHERE company_id = $1 AND is_default AND deleted_at IS NULL),
   wanted AS MATERIALIZED (
     SELECT DISTINCT w.product_id, coalesce(w.location_id, (SELECT id FROM main)) AS location_id
     FROM unnest($2::uuid[], $3::uuid[]) AS w(product_id, location_id) ORDER BY 1, 2)
   SELECT (SELECT id FROM main) AS default_location_id
   FROM wanted w CROSS JOIN LATERAL (
     SELECT s.id FROM stock_levels s WHERE s.company_id = $1 AND s.product_id = w.product_id AND s.location_id = w.location_id FOR NO KEY UPDATE) s
   WHERE (SELECT bool_and(x.id IS NOT NULL) FROM wanted m LEFT JOIN LATERAL (
     SELECT x.id FROM stock_levels x WHERE x.company_id = $1 AND x.product_id = m.product_id AND x.location_id = m.location_id OFFSET 0) x ON true)`,
)

/** In (product, location) order, as they are locked: two transactions that make the same levels wait for each other, never in a circle. */
export async function insertMissingLevels(
  tx: Tx,
  companyId: string,
  levels: readonly { productId: string; locationId: string; id: string }[],
): Promise<void> {
  await run(tx, insertLevelsStatement, [
    companyId,
    levels.map((level) => level.productId),
    levels.map((level) => level.locationId),
    levels.map((level) => level.id),
  ])
}

const insertLevelsStatement = statement(
  'insert_stock_levels',
  `INSERT INTO stock_levels (company_id, product_id, location_id, id)
   SELECT $1, p.id, l.id, w.id
   FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS w(product_id, location_id, id)
   JOIN products p ON p.company_id = $1 AND p.id = w.product_id AND p.deleted_at IS NULL
   JOIN locations l ON l.company_id = $1 AND l.id = w.location_id AND l.deleted_at IS NULL
   ORDER BY p.id, l.id
   ON CONFLICT (company_id, product_id, location_id) DO NOTHING`,
)

export type FoundLayer = {
  readonly id: string
  readonly remaining: string
  readonly unitCost: string
  readonly lotCode: string | null
  readonly expiresAt: string | null
}

export type FoundLevel = {
  readonly productId: string
  readonly locationId: string
  /** Null when the company has no such product. */
  readonly sku: string | null
  readonly productName: string | null
  readonly category: string | null
  readonly picking: Picking
  readonly reorderLevel: string | null
  readonly reorderQuantity: string | null
  readonly productAvailable: string
  readonly hasLocation: boolean
  readonly onHand: string
  readonly reserved: string
  readonly value: string
  readonly seq: number
  readonly layers: readonly FoundLayer[]
  readonly lastUnitCost: string | null
  readonly occurredAt: string
}

/** Levels with their open layers in picking order, as many as `quantity` needs and no more. Quantities of one place are summed. */
export async function findLevels(
  tx: Tx,
  companyId: string,
  needs: readonly (Place & { readonly quantity: bigint })[],
): Promise<FoundLevel[]> {
  return run<FoundLevel>(tx, findLevelsStatement, [
    companyId,
    needs.map((need) => need.productId),
    needs.map((need) => need.locationId ?? null),
    needs.map((need) => quantityText(need.quantity)),
  ])
}

// The layers are walked one by one until they hold what is needed: thousands of open ones cost no more than those that are taken.
// OFFSET 0 keeps each table a look-up by key: as a join it could be planned to read all that a company has.
const findLevelsStatement = statement(
  'find_stock_levels',
  `WITH wanted AS MATERIALIZED (
     SELECT n.product_id, coalesce(n.location_id, m.id) AS location_id, sum(n.quantity) AS quantity
     FROM unnest($2::uuid[], $3::uuid[], $4::numeric[]) AS n(product_id, location_id, quantity)
     LEFT JOIN locations m ON m.company_id = $1 AND m.is_default AND m.deleted_at IS NULL
     GROUP BY 1, 2 ORDER BY 1, 2)
   SELECT w.product_id AS "productId", w.location_id AS "locationId", p.sku, p.name AS "productName", p.category, p.picking,
     p.reorder_level::text AS "reorderLevel", p.reorder_quantity::text AS "reorderQuantity", l.id IS NOT NULL AS "hasLocation",
     coalesce(s.on_hand, 0)::text AS "onHand", coalesce(s.reserved, 0)::text AS reserved, coalesce(s.value, 0)::text AS value,
     coalesce(s.last_seq, 0) AS seq, iso(greatest(statement_timestamp()::timestamptz(3), s.changed_at)) AS "occurredAt",
     CASE WHEN p.reorder_level IS NULL THEN '0' ELSE (
       SELECT coalesce(sum(o.on_hand - o.reserved), 0)::text FROM stock_levels o WHERE o.company_id = $1 AND o.product_id = w.product_id
     ) END AS "productAvailable",
     coalesce(f.layers, '[]') AS layers,
     CASE WHEN s.on_hand > 0 THEN NULL ELSE (
       SELECT b.unit_cost::text FROM stock_levels o CROSS JOIN LATERAL (
         SELECT b.received_at, b.id, b.unit_cost FROM batches b
         WHERE b.company_id = $1 AND b.product_id = w.product_id AND b.location_id = o.location_id ORDER BY b.received_at DESC, b.id DESC LIMIT 1) b
       WHERE o.company_id = $1 AND o.product_id = w.product_id ORDER BY b.received_at DESC, b.id DESC LIMIT 1) END AS "lastUnitCost"
   FROM wanted w
   LEFT JOIN LATERAL (SELECT * FROM products p WHERE p.company_id = $1 AND p.id = w.product_id AND p.deleted_at IS NULL OFFSET 0) p ON true
   LEFT JOIN LATERAL (SELECT l.id FROM locations l WHERE l.company_id = $1 AND l.id = w.location_id AND l.deleted_at IS NULL OFFSET 0) l ON true
   LEFT JOIN LATERAL (
     SELECT * FROM stock_levels s WHERE s.company_id = $1 AND s.product_id = w.product_id AND s.location_id = w.location_id OFFSET 0
   ) s ON true
   LEFT JOIN LATERAL (
     WITH RECURSIVE walk AS (
       (SELECT b.id, b.pick_at, b.remaining_quantity, b.unit_cost, b.lot_code, b.expires_at, b.remaining_quantity::numeric AS reached, 1 AS step
        FROM batches b
        WHERE b.company_id = $1 AND b.product_id = w.product_id AND b.location_id = w.location_id AND b.is_open AND w.quantity > 0
        ORDER BY b.pick_at, b.id LIMIT 1)
       UNION ALL
       SELECT n.id, n.pick_at, n.remaining_quantity, n.unit_cost, n.lot_code, n.expires_at, k.reached + n.remaining_quantity, k.step + 1
       FROM walk k CROSS JOIN LATERAL (
         SELECT b.id, b.pick_at, b.remaining_quantity, b.unit_cost, b.lot_code, b.expires_at FROM batches b
         WHERE b.company_id = $1 AND b.product_id = w.product_id AND b.location_id = w.location_id AND b.is_open
           AND (b.pick_at, b.id) > (k.pick_at, k.id)
         ORDER BY b.pick_at, b.id LIMIT 1) n
       WHERE k.reached < w.quantity
     )
     SELECT json_agg(json_build_object('id', k.id, 'remaining', k.remaining_quantity::text, 'unitCost', k.unit_cost::text,
       'lotCode', k.lot_code, 'expiresAt', iso(k.expires_at)) ORDER BY k.step) AS layers
     FROM walk k
   ) f ON true`,
)

export type NewPosting = {
  readonly id: string
  readonly kind: TransactionKind
  readonly workOrderId: string | null
  readonly purchaseOrderId: string | null
  readonly actorId: string | null
  readonly occurredAt: string
  readonly currency: string
}

/** Writes a posting with everything it changed, in one statement: the document, new layers, what is left of old ones, levels, ledger. */
export async function insertPosting(
  tx: Tx,
  companyId: string,
  posting: NewPosting,
  levels: readonly Level[],
): Promise<void> {
  const taken = levels.flatMap(takenRows)
  await run(tx, insertPostingStatement, [
    companyId,
    posting.id,
    posting.kind,
    posting.workOrderId,
    posting.purchaseOrderId,
    posting.actorId,
    posting.occurredAt,
    posting.currency,
    JSON.stringify(levels.flatMap(newLayerRows)),
    taken.map((layer) => layer.id),
    taken.map((layer) => layer.quantity),
    levels.map((level) => level.productId),
    levels.map((level) => level.locationId),
    levels.map((level) => quantityText(level.onHand - level.before.onHand)),
    levels.map((level) => quantityText(level.reserved - level.before.reserved)),
    levels.map((level) => moneyText(level.value - level.before.value)),
    levels.map((level) => level.entries.length),
    JSON.stringify(levels.flatMap(entryRows)),
  ])
}

// Differences, not totals: should a lock ever be missing, the constraints refuse what totals would silently overwrite.
const insertPostingStatement = statement(
  'insert_posting',
  `WITH posting AS (
     INSERT INTO postings (company_id, id, kind, work_order_id, purchase_order_id, actor_id, occurred_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
   ), received AS (
     INSERT INTO batches (company_id, id, product_id, location_id, posting_id, received_at, received_quantity, remaining_quantity, unit_cost, currency,
       lot_code, expires_at, pick_at)
     SELECT $1, b.id, b.product, b.location, $2, $7, b.received, b.remaining, b.cost, $8::text, b.lot, b.expires,
       CASE WHEN b.is_fefo THEN coalesce(b.expires, 'infinity') ELSE $7 END
     FROM json_to_recordset($9::json) AS b(id uuid, product uuid, location uuid, received numeric, remaining numeric, cost numeric,
       lot text, expires timestamptz, is_fefo boolean)
   ), taken AS (
     UPDATE batches b SET remaining_quantity = b.remaining_quantity - t.quantity
     FROM unnest($10::uuid[], $11::numeric[]) AS t(id, quantity) WHERE b.company_id = $1 AND b.id = t.id
   ), levels AS (
     UPDATE stock_levels s SET on_hand = s.on_hand + l.quantity, reserved = s.reserved + l.reserved, value = s.value + l.value,
       last_seq = s.last_seq + l.entries, changed_at = $7
     FROM unnest($12::uuid[], $13::uuid[], $14::numeric[], $15::numeric[], $16::numeric[], $17::int[])
       AS l(product_id, location_id, quantity, reserved, value, entries)
     WHERE s.company_id = $1 AND s.product_id = l.product_id AND s.location_id = l.location_id
   )
   INSERT INTO stock_transactions (company_id, occurred_at, id, seq, kind, product_id, location_id, batch_id, posting_id, quantity, unit_cost, value,
     on_hand_after, value_after, reason, actor_id)
   SELECT $1, $7, e.id, e.seq, $3, e.product, e.location, e.batch, $2, e.quantity, e.cost, e.value, e.on_hand, e.total, e.reason, $6
   FROM json_to_recordset($18::json) AS e(id uuid, seq bigint, product uuid, location uuid, batch uuid, quantity numeric, cost numeric,
     value numeric, on_hand numeric, total numeric, reason text)`,
)

function newLayerRows(level: Level): object[] {
  return level.newLayers.map((layer) => ({
    id: layer.id,
    product: level.productId,
    location: level.locationId,
    received: quantityText(layer.received),
    remaining: quantityText(layer.remaining),
    cost: unitCostText(layer.unitCost),
    lot: layer.lotCode,
    expires: layer.expiresAt,
    is_fefo: level.picking === 'FEFO',
  }))
}

/** Of layers that were there before: new ones are inserted with what is left of them. */
function takenRows(level: Level): { id: string; quantity: string }[] {
  const made = new Set(level.newLayers.map((layer) => layer.id))
  const taken = new Map<string, bigint>()
  for (const entry of level.entries) {
    if (!made.has(entry.layerId)) taken.set(entry.layerId, (taken.get(entry.layerId) ?? 0n) - entry.quantity)
  }
  return [...taken].map(([id, quantity]) => ({ id, quantity: quantityText(quantity) }))
}

function entryRows(level: Level): object[] {
  return level.entries.map((entry) => ({
    id: entry.id,
    seq: entry.seq,
    product: level.productId,
    location: level.locationId,
    batch: entry.layerId,
    quantity: quantityText(entry.quantity),
    cost: unitCostText(entry.unitCost),
    value: moneyText(entry.value),
    on_hand: quantityText(entry.onHandAfter),
    total: moneyText(entry.valueAfter),
    reason: entry.reason,
  }))
}

/** Changes what is spoken for, and nothing else. */
export async function updateReserved(tx: Tx, companyId: string, levels: readonly Level[]): Promise<void> {
  await run(tx, updateReservedStatement, [
    companyId,
    levels.map((level) => level.productId),
    levels.map((level) => level.locationId),
    levels.map((level) => quantityText(level.reserved - level.before.reserved)),
  ])
}

const updateReservedStatement = statement(
  'update_reserved_stock',
  `UPDATE stock_levels s SET reserved = s.reserved + l.reserved
   FROM unnest($2::uuid[], $3::uuid[], $4::numeric[]) AS l(product_id, location_id, reserved)
   WHERE s.company_id = $1 AND s.product_id = l.product_id AND s.location_id = l.location_id`,
)
