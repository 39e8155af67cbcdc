import type { ListSpec } from '@dealwire/db/page'

const levelItem = (
  onHand: string,
  reserved: string,
  available: string,
  value: string,
) => `json_build_object('id', s.id, 'productId', s.product_id,
    'sku', p.sku, 'productName', p.name, 'locationId', s.location_id, 'locationKey', l.key,
    'onHand', ${onHand}, 'reserved', ${reserved}, 'available', ${available}, 'value', ${value}::text)`

const levelNames = `JOIN products p ON p.company_id = s.company_id AND p.id = s.product_id
  JOIN locations l ON l.company_id = s.company_id AND l.id = s.location_id`

const levels = {
  from: 'stock_levels s',
  alias: 's',
  where: 's.company_id = $1',
  sorts: { createdAt: { expression: 's.created_at', type: 'timestamptz' } },
} as const

const levelFilters = { productId: 's.product_id = $?::uuid', locationId: 's.location_id = $?::uuid' }

export const stockList: ListSpec = {
  ...levels,
  name: 'stock',
  item: levelItem('s.on_hand', 's.reserved', 's.on_hand - s.reserved', 's.value'),
  joins: levelNames,
  filters: levelFilters,
}

/** `at` is the first filter, so it is `$2`: the ledger's last entry until then tells level and value. */
export const stockAtList: ListSpec = {
  ...levels,
  name: 'stock_at',
  item: levelItem('coalesce(t.on_hand_after, 0)', 'NULL::int', 'NULL::int', 'coalesce(t.value_after, 0.00)'),
  joins: `${levelNames} LEFT JOIN LATERAL (
    SELECT t.on_hand_after, t.value_after FROM stock_transactions t
    WHERE t.company_id = s.company_id AND t.product_id = s.product_id AND t.location_id = s.location_id AND t.occurred_at <= $2::timestamptz
    ORDER BY t.occurred_at DESC, t.seq DESC LIMIT 1) t ON true`,
  filters: { at: 's.created_at <= $?::timestamptz', ...levelFilters },
}

/** What a posting wrote has its time, and is found by it. */
const postingsOf = (column: string) =>
  `SELECT g.occurred_at, g.id FROM postings g WHERE g.company_id = $1 AND g.${column} = $?::uuid`

// Layers and entries are made when it happens.
const receivedAt = { expression: 'b.received_at', type: 'timestamptz' } as const
const occurredAt = { expression: 't.occurred_at', type: 'timestamptz' } as const

export const batchList: ListSpec = {
  name: 'batches',
  from: 'batches b',
  alias: 'b',
  where: 'b.company_id = $1',
  item: `json_build_object('id', b.id, 'productId', b.product_id, 'locationId', b.location_id, 'receivedAt', iso(b.received_at),
    'receivedQuantity', b.received_quantity, 'remainingQuantity', b.remaining_quantity, 'unitCost', b.unit_cost::text,
    'remainingValue', b.remaining_value::text, 'currency', b.currency, 'lotCode', b.lot_code, 'expiresAt', iso(b.expires_at),
    'purchaseOrderId', g.purchase_order_id)`,
  joins: 'JOIN postings g ON g.company_id = b.company_id AND g.id = b.posting_id',
  sorts: { receivedAt, createdAt: receivedAt },
  filters: {
    productId: 'b.product_id = $?::uuid',
    locationId: 'b.location_id = $?::uuid',
    purchaseOrderId: `(b.received_at, b.posting_id) IN (${postingsOf('purchase_order_id')})`,
    open: '$?::boolean AND b.is_open',
  },
}

export const transactionList: ListSpec = {
  name: 'stock_transactions',
  from: 'stock_transactions t',
  alias: 't',
  where: 't.company_id = $1',
  item: `json_build_object('id', t.id, 'seq', t.seq, 'kind', t.kind, 'productId', t.product_id, 'locationId', t.location_id, 'batchId', t.batch_id,
    'quantity', t.quantity, 'unitCost', t.unit_cost::text, 'value', t.value::text, 'onHandAfter', t.on_hand_after, 'valueAfter', t.value_after::text,
    'postingId', t.posting_id, 'workOrderId', g.work_order_id, 'purchaseOrderId', g.purchase_order_id, 'reason', t.reason, 'actorId', t.actor_id,
    'occurredAt', iso(t.occurred_at))`,
  joins: 'JOIN postings g ON g.company_id = t.company_id AND g.id = t.posting_id',
  sorts: { occurredAt, createdAt: occurredAt },
  filters: {
    kind: 't.kind = $?::text',
    productId: 't.product_id = $?::uuid',
    locationId: 't.location_id = $?::uuid',
    batchId: 't.batch_id = $?::uuid',
    postingId: `(t.occurred_at, t.posting_id) IN (${postingsOf('id')})`,
    workOrderId: `(t.occurred_at, t.posting_id) IN (${postingsOf('work_order_id')})`,
    purchaseOrderId: `(t.occurred_at, t.posting_id) IN (${postingsOf('purchase_order_id')})`,
    actorId: 't.actor_id = $?::uuid',
    from: 't.occurred_at >= $?::timestamptz',
    to: 't.occurred_at < $?::timestamptz',
  },
}
