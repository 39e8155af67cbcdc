import { type Executor, run, runOne, statement } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'
import { searchFilters } from '../access/search-words.ts'
import { workOrderFields, workOrderNames } from './work-orders.repository.ts'

export const workOrderList: ListSpec = {
  name: 'work_orders',
  from: 'work_orders w',
  alias: 'w',
  where: 'w.company_id = $1 AND w.deleted_at IS NULL',
  item: `json_build_object(${workOrderFields})`,
  joins: workOrderNames,
  sorts: {
    createdAt: { expression: 'w.created_at', type: 'timestamptz' },
    scheduledStart: { expression: "(coalesce(w.scheduled_start, 'infinity'))", type: 'timestamptz' },
    number: { expression: '(w.number COLLATE pg_c_utf8)', type: 'text' },
  },
  filters: {
    status: 'w.status = $?::text',
    kind: 'w.kind = $?::text',
    priority: 'w.priority = $?::text',
    assignedToId: 'w.assignee_ids @> ARRAY[$?::uuid]',
    customerId: 'w.customer_id = $?::uuid',
    dealId: 'w.deal_id = $?::uuid',
    parentId: 'w.parent_id = $?::uuid',
    from: "coalesce(w.scheduled_start, 'infinity') >= $?::timestamptz",
    to: "coalesce(w.scheduled_start, 'infinity') < $?::timestamptz",
    ...searchFilters('w'),
  },
}

/** `workOrderId` is the first filter. */
export const activityList: ListSpec = {
  name: 'work_order_activities',
  from: 'work_order_activities a',
  alias: 'a',
  where: 'a.company_id = $1',
  item: `json_build_object('id', a.id, 'action', a.action, 'details', a.details, 'actorId', a.actor_id, 'actorName', u.name,
    'occurredAt', iso(a.occurred_at))`,
  joins: `LEFT JOIN directory u ON u.company_id = a.company_id AND u.kind = 'user' AND u.id = a.actor_id`,
  sorts: { occurredAt: { expression: 'a.occurred_at', type: 'timestamptz' } },
  filters: { workOrderId: 'a.work_order_id = $?::uuid' },
}

export const deviceList: ListSpec = {
  name: 'deactivated_devices',
  from: 'deactivated_devices d',
  alias: 'd',
  where: 'd.company_id = $1',
  item: `json_build_object('id', d.id, 'workOrderId', d.work_order_id, 'productId', d.product_id, 'serial', d.serial, 'condition', d.condition,
    'notes', d.notes, 'createdById', d.created_by_id, 'createdAt', iso(d.created_at))`,
  sorts: { createdAt: { expression: 'd.created_at', type: 'timestamptz' } },
  filters: {
    workOrderId: 'd.work_order_id = $?::uuid',
    productId: 'd.product_id = $?::uuid',
    serial: 'd.serial = $?::text',
  },
}

const existsStatement = statement(
  'work_order_exists',
  'SELECT 1 FROM work_orders WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL',
)

export async function workOrderExists(executor: Executor, companyId: string, id: string): Promise<boolean> {
  return (await run(executor, existsStatement, [companyId, id])).length > 0
}

// A day is an interval of instants, made from the company's clock: 23 or 25 hours where that changes.
const calendarStatement = statement(
  'work_order_calendar',
  `WITH days AS (
     SELECT day::date AS day, day::date::timestamp AT TIME ZONE $4 AS starts, (day::date + 1)::timestamp AT TIME ZONE $4 AS ends
     FROM generate_series($2::date, $3::date, interval '1 day') AS day
   ), scheduled AS MATERIALIZED (
     SELECT w.*, coalesce(w.scheduled_end, w.scheduled_start) AS until FROM work_orders w
     WHERE w.company_id = $1 AND w.deleted_at IS NULL AND w.status <> 'CANCELLED' AND w.scheduled_start IS NOT NULL
       AND coalesce(w.scheduled_start, 'infinity') < (SELECT max(ends) FROM days)
       AND coalesce(w.scheduled_end, w.scheduled_start) >= (SELECT min(starts) FROM days)
       AND ($5::uuid IS NULL OR w.assignee_ids @> ARRAY[$5::uuid])
   ), placed AS (
     SELECT d.day, w.*, row_number() OVER (PARTITION BY d.day ORDER BY w.scheduled_start, w.id) AS place, count(*) OVER (PARTITION BY d.day) AS total
     FROM days d JOIN scheduled w ON w.scheduled_start < d.ends AND (w.until > d.starts OR w.scheduled_start >= d.starts)
   ), filled AS (
     SELECT w.day, max(w.total) AS total, json_agg(json_build_object('id', w.id, 'number', w.number, 'title', w.title, 'kind', w.kind, 'status', w.status,
       'priority', w.priority, 'customerId', w.customer_id, 'customerName', c.name, 'address', w.address, 'scheduledStart', iso(w.scheduled_start),
       'scheduledEnd', iso(w.scheduled_end), 'assigneeIds', w.assignee_ids) ORDER BY w.place) AS items
     FROM placed w LEFT JOIN directory c ON c.company_id = w.company_id AND c.kind = 'customer' AND c.id = w.customer_id
     WHERE w.place <= 200 GROUP BY w.day
   )
   SELECT json_build_object('timeZone', $4::text, 'days', json_agg(json_build_object('date', d.day, 'count', coalesce(f.total, 0),
     'items', coalesce(f.items, '[]')) ORDER BY d.day))::text AS json
   FROM days d LEFT JOIN filled f ON f.day = d.day`,
)

export type CalendarInput = {
  readonly from: string
  readonly to: string
  readonly timeZone: string
  readonly assignedToId: string | null
}

/** One query whatever the number of days. */
export async function findCalendar(executor: Executor, companyId: string, input: CalendarInput): Promise<string> {
  const values = [companyId, input.from, input.to, input.timeZone, input.assignedToId]
  const found = await runOne<{ json: string }>(executor, calendarStatement, values)
  return found?.json ?? ''
}
