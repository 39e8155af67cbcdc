import { sql } from 'drizzle-orm'
import {
  boolean,
  integer,
  jsonb,
  numeric,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'

// The tables that are written row by row, as columns for the query builder. Stock itself is written by set-based SQL.
// The migrations are the truth for keys, indexes and checks.

export const inventorySchema = pgSchema('inventory')

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' })
const quantity = (name: string) => numeric(name, { precision: 14, scale: 3 })

const key = { companyId: uuid('company_id').notNull(), id: uuid('id').notNull() }
const tracked = {
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
}

export const products = inventorySchema.table(
  'products',
  {
    ...key,
    sku: text('sku').notNull(),
    name: text('name').notNull(),
    unit: text('unit').notNull(),
    category: text('category'),
    salePrice: numeric('sale_price', { precision: 14, scale: 2 }).notNull(),
    currency: text('currency').notNull(),
    reorderLevel: quantity('reorder_level'),
    reorderQuantity: quantity('reorder_quantity'),
    leadTimeDays: integer('lead_time_days'),
    active: boolean('active').notNull().default(true),
    picking: text('picking').notNull().default('FIFO'),
    overReceiptPercent: numeric('over_receipt_percent', { precision: 5, scale: 2 }),
    createdById: uuid('created_by_id'),
    ...tracked,
    deletedAt: instant('deleted_at'),
    searchText: text('search_text').notNull().generatedAlwaysAs(sql`fold(...)`),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)

export const locations = inventorySchema.table(
  'locations',
  {
    ...key,
    key: text('key').notNull(),
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    ...tracked,
    deletedAt: instant('deleted_at'),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)

export const purchaseOrders = inventorySchema.table(
  'purchase_orders',
  {
    ...key,
    number: text('number').notNull(),
    supplier: text('supplier').notNull(),
    status: text('status').notNull(),
    currency: text('currency').notNull(),
    expectedAt: instant('expected_at'),
    notes: text('notes'),
    createdById: uuid('created_by_id'),
    ...tracked,
    searchText: text('search_text').notNull().generatedAlwaysAs(sql`fold(...)`),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)

export const purchaseOrderItems = inventorySchema.table(
  'purchase_order_items',
  {
    companyId: uuid('company_id').notNull(),
    purchaseOrderId: uuid('purchase_order_id').notNull(),
    id: uuid('id').notNull(),
    position: smallint('position').notNull(),
    productId: uuid('product_id').notNull(),
    quantity: quantity('quantity').notNull(),
    unitCost: numeric('unit_cost', { precision: 16, scale: 4 }).notNull(),
    receivedQuantity: quantity('received_quantity').notNull().default('0'),
    isOpen: boolean('is_open').notNull().generatedAlwaysAs(sql`received_quantity < quantity`),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.purchaseOrderId, table.id] })],
)

export const workOrders = inventorySchema.table(
  'work_orders',
  {
    ...key,
    number: text('number').notNull(),
    title: text('title').notNull(),
    description: text('description'),
    kind: text('kind').notNull(),
    status: text('status').notNull().default('DRAFT'),
    priority: text('priority').notNull(),
    customerId: uuid('customer_id'),
    dealId: uuid('deal_id'),
    parentId: uuid('parent_id'),
    address: text('address'),
    scheduledStart: instant('scheduled_start'),
    scheduledEnd: instant('scheduled_end'),
    assigneeIds: uuid('assignee_ids').array().notNull(),
    startedAt: instant('started_at'),
    submittedAt: instant('submitted_at'),
    approvedAt: instant('approved_at'),
    approvedById: uuid('approved_by_id'),
    cancelledAt: instant('cancelled_at'),
    createdById: uuid('created_by_id'),
    correlationId: text('correlation_id'),
    ...tracked,
    deletedAt: instant('deleted_at'),
    searchText: text('search_text').notNull().generatedAlwaysAs(sql`fold(...)`),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)

export const deactivatedDevices = inventorySchema.table(
  'deactivated_devices',
  {
    ...key,
    workOrderId: uuid('work_order_id').notNull(),
    productId: uuid('product_id'),
    serial: text('serial').notNull(),
    condition: text('condition').notNull(),
    notes: text('notes'),
    createdById: uuid('created_by_id'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)

export const workOrderActivities = inventorySchema.table(
  'work_order_activities',
  {
    ...key,
    workOrderId: uuid('work_order_id').notNull(),
    action: text('action').notNull(),
    details: jsonb('details').notNull(),
    actorId: uuid('actor_id'),
    occurredAt: instant('occurred_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)

export const purchaseOrderAmendments = inventorySchema.table(
  'purchase_order_amendments',
  {
    ...key,
    purchaseOrderId: uuid('purchase_order_id').notNull(),
    changes: jsonb('changes').notNull(),
    actorId: uuid('actor_id'),
    occurredAt: instant('occurred_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)
