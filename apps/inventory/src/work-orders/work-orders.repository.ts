import type { WorkOrder, WorkOrderDetail } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import { workOrderActivities, workOrders } from '@dealwire/db/inventory'
import { and, eq, sql } from 'drizzle-orm'

/** A work order as finished JSON, and as the value it was made from. */
export type StoredWorkOrder = { readonly json: string; readonly version: number; readonly workOrder: WorkOrderDetail }

const MAX_SHOWN_PRODUCTS = 500

export const workOrderFields = `'id', w.id, 'number', w.number, 'title', w.title, 'description', w.description, 'kind', w.kind, 'status', w.status,
  'priority', w.priority, 'customerId', w.customer_id, 'customerName', c.name, 'dealId', w.deal_id, 'dealTitle', d.name, 'parentId', w.parent_id,
  'address', w.address, 'scheduledStart', iso(w.scheduled_start), 'scheduledEnd', iso(w.scheduled_end), 'assigneeIds', w.assignee_ids,
  'assignees', a.assignees, 'materialCost', m.cost::text, 'startedAt', iso(w.started_at), 'submittedAt', iso(w.submitted_at),
  'approvedAt', iso(w.approved_at), 'approvedById', w.approved_by_id, 'cancelledAt', iso(w.cancelled_at), 'version', w.version,
  'createdAt', iso(w.created_at), 'updatedAt', iso(w.updated_at), 'createdById', w.created_by_id`
export const workOrderNames = `LEFT JOIN directory c ON c.company_id = w.company_id AND c.kind = 'customer' AND c.id = w.customer_id
  LEFT JOIN directory d ON d.company_id = w.company_id AND d.kind = 'deal' AND d.id = w.deal_id
  CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object('id', i.id, 'name', u.name) ORDER BY i.position), '[]') AS assignees
    FROM unnest(w.assignee_ids) WITH ORDINALITY AS i(id, position)
    LEFT JOIN directory u ON u.company_id = w.company_id AND u.kind = 'user' AND u.id = i.id) a
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(x.cost), 0.00) AS cost FROM work_order_products x WHERE x.company_id = w.company_id AND x.work_order_id = w.id) m`
export const workOrderProducts = `SELECT coalesce(json_agg(json_build_object('productId', x.product_id, 'sku', p.sku, 'productName', p.name, 'locationId', x.location_id,
    'quantity', x.planned, 'reserved', x.reserved, 'used', x.used, 'returned', x.returned, 'cost', x.cost::text) ORDER BY p.sku, x.location_id), '[]')
  FROM (
    SELECT x.*, coalesce((
      SELECT sum(l.open_quantity) FROM reservations r
      JOIN reservation_lines l ON l.company_id = r.company_id AND l.reservation_id = r.id AND l.product_id = x.product_id AND l.location_id = x.location_id
      WHERE r.company_id = x.company_id AND r.work_order_id = x.work_order_id), 0) AS reserved
    FROM work_order_products x WHERE x.company_id = w.company_id AND x.work_order_id = w.id LIMIT ${MAX_SHOWN_PRODUCTS}
  ) x JOIN products p ON p.company_id = x.company_id AND p.id = x.product_id`
const CONFLICTS = `SELECT coalesce(json_agg(json_build_object('workOrderId', o.id, 'number', o.number, 'title', o.title, 'assigneeIds', o.both,
    'scheduledStart', iso(o.scheduled_start), 'scheduledEnd', iso(o.scheduled_end)) ORDER BY o.scheduled_start, o.id), '[]')
  FROM (
    SELECT o.*, ARRAY(SELECT unnest(o.assignee_ids) INTERSECT SELECT unnest(w.assignee_ids)) AS both FROM work_orders o
    WHERE o.company_id = w.company_id AND o.deleted_at IS NULL AND o.id <> w.id AND o.assignee_ids && w.assignee_ids
      AND o.status IN ('DRAFT', 'SCHEDULED', 'IN_PROGRESS') AND w.status IN ('DRAFT', 'SCHEDULED', 'IN_PROGRESS')
      AND o.scheduled_start < w.scheduled_end AND o.scheduled_end > w.scheduled_start
    ORDER BY o.scheduled_start, o.id LIMIT 20
  ) o`

const findStatement = statement(
  'find_work_order',
  `SELECT json_build_object(${workOrderFields}, 'products', (${workOrderProducts}), 'conflicts', (${CONFLICTS}))::text AS json
   FROM work_orders w ${workOrderNames} WHERE w.company_id = $1 AND w.id = $2 AND w.deleted_at IS NULL`,
)

export async function findWorkOrder(
  executor: Executor,
  companyId: string,
  id: string,
): Promise<StoredWorkOrder | undefined> {
  const found = await runOne<{ json: string }>(executor, findStatement, [companyId, id])
  if (found === undefined) return undefined
  const workOrder = JSON.parse(found.json) as WorkOrderDetail
  return { json: found.json, version: workOrder.version, workOrder }
}

/** What is stored of a work order itself. */
export type WorkOrderRow = Omit<
  WorkOrder,
  'customerName' | 'dealTitle' | 'assignees' | 'materialCost' | 'createdAt' | 'updatedAt'
> & {
  /** Of the event that it was drafted for; null when somebody made it. */
  readonly correlationId: string | null
}

const lockStatement = statement(
  'lock_work_order',
  `SELECT json_build_object('id', w.id, 'number', w.number, 'title', w.title, 'description', w.description, 'kind', w.kind, 'status', w.status,
     'priority', w.priority, 'customerId', w.customer_id, 'dealId', w.deal_id, 'parentId', w.parent_id, 'address', w.address,
     'scheduledStart', iso(w.scheduled_start), 'scheduledEnd', iso(w.scheduled_end), 'assigneeIds', w.assignee_ids, 'startedAt', iso(w.started_at),
     'submittedAt', iso(w.submitted_at), 'approvedAt', iso(w.approved_at), 'approvedById', w.approved_by_id, 'cancelledAt', iso(w.cancelled_at),
     'version', w.version, 'createdById', w.created_by_id, 'correlationId', w.correlation_id) AS row
   FROM work_orders w WHERE w.company_id = $1 AND w.id = $2 AND w.deleted_at IS NULL FOR NO KEY UPDATE`,
)

/** Locks the order. Its products and holds change only under this lock, which is taken before that of any stock. */
export async function lockWorkOrderRow(tx: Tx, companyId: string, id: string): Promise<WorkOrderRow | undefined> {
  const found = await runOne<{ row: WorkOrderRow }>(tx, lockStatement, [companyId, id])
  return found?.row
}

export type NewWorkOrder = Omit<
  WorkOrderRow,
  'number' | 'status' | 'version' | 'startedAt' | 'submittedAt' | 'approvedAt' | 'approvedById' | 'cancelledAt'
>

const insertStatement = statement(
  'insert_work_order',
  `WITH numbered AS (
     INSERT INTO work_order_numbers AS n (company_id, year, last_number) VALUES ($1, extract(year FROM now() AT TIME ZONE $2), 1)
     ON CONFLICT (company_id, year) DO UPDATE SET last_number = n.last_number + 1 RETURNING year, last_number
   )
   INSERT INTO work_orders (company_id, id, number, title, description, kind, priority, customer_id, deal_id, parent_id, address, scheduled_start,
     scheduled_end, assignee_ids, created_by_id, correlation_id)
   SELECT $1, w.id, format('WO-%s-%s', n.year, lpad(n.last_number::text, greatest(4, length(n.last_number::text)), '0')), w.title, w.description, w.kind,
     w.priority, w."customerId", w."dealId", w."parentId", w.address, w."scheduledStart", w."scheduledEnd", w."assigneeIds", w."createdById", w."correlationId"
   FROM numbered n, json_to_record($3::json) AS w(id uuid, title text, description text, kind text, priority text, "customerId" uuid, "dealId" uuid,
     "parentId" uuid, address text, "scheduledStart" timestamptz, "scheduledEnd" timestamptz, "assigneeIds" uuid[], "createdById" uuid, "correlationId" text)`,
)

/** Inserts a draft with the next number of the company and year; whoever else wants a number waits. */
export async function insertWorkOrder(tx: Tx, companyId: string, timeZone: string, order: NewWorkOrder): Promise<void> {
  await run(tx, insertStatement, [companyId, timeZone, JSON.stringify(order)])
}

/** Writes the fields of a locked order. */
export async function updateWorkOrderRow(tx: Tx, companyId: string, row: WorkOrderRow): Promise<void> {
  const {
    id,
    number: _number,
    version: _version,
    createdById: _createdById,
    correlationId: _correlationId,
    ...fields
  } = row
  await tx.orm
    .update(workOrders)
    .set({ ...fields, version: sql`${workOrders.version} + 1`, updatedAt: sql`statement_timestamp()` })
    .where(and(eq(workOrders.companyId, companyId), eq(workOrders.id, id)))
}

export type NewActivity = {
  readonly id: string
  readonly workOrderId: string
  readonly action: string
  readonly details: object
  readonly actorId: string | null
}

export async function insertActivities(tx: Tx, companyId: string, activities: readonly NewActivity[]): Promise<void> {
  await tx.orm.insert(workOrderActivities).values(activities.map((activity) => ({ companyId, ...activity })))
}

/** Whether the order is part of another, and whether it has parts that are not over. */
export type Family = { readonly isPart: boolean; readonly parts: number; readonly openParts: number }

const familyStatement = statement(
  'find_work_order_family',
  `SELECT w.parent_id IS NOT NULL AS "isPart",
     (SELECT count(*) FROM work_orders p WHERE p.company_id = $1 AND p.parent_id = w.id AND p.deleted_at IS NULL) AS parts,
     (SELECT count(*) FROM work_orders p WHERE p.company_id = $1 AND p.parent_id = w.id AND p.deleted_at IS NULL
        AND p.status NOT IN ('APPROVED', 'CANCELLED')) AS "openParts"
   FROM work_orders w WHERE w.company_id = $1 AND w.id = $2 AND w.deleted_at IS NULL`,
)

export async function findFamily(executor: Executor, companyId: string, id: string): Promise<Family | undefined> {
  return runOne(executor, familyStatement, [companyId, id])
}
