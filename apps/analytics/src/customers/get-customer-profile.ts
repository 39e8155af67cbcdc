import type { Actor } from '@dealwire/contracts'
import { type Executor, runOne, statement } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { ownActivities } from '../activities/get-activity-panel.ts'
import { ownDeals } from '../deals/deal-figures.ts'
import { sameCustomer } from '../directory/same-customer.ts'
import { ownFiguresOf } from '../directory/scope.ts'
import { ownWorkOrders } from '../work-orders/get-work-order-panel.ts'

const profile = statement(
  'customer_profile',
  `WITH who AS MATERIALIZED (SELECT ${sameCustomer('$3')} AS ids), deals AS (
     SELECT count(*) FILTER (WHERE d.stage_kind = 'OPEN') AS open,
       coalesce(sum(d.base_value) FILTER (WHERE d.stage_kind = 'OPEN' AND d.base_currency = $4), 0.00) AS open_value,
       coalesce(sum(d.base_value) FILTER (WHERE d.stage_kind = 'WON' AND d.base_currency = $4), 0.00) AS lifetime,
       count(*) FILTER (WHERE d.stage_kind = 'WON' AND d.closed_at >= $5::timestamptz) AS won,
       count(*) FILTER (WHERE d.stage_kind = 'LOST' AND d.closed_at >= $5::timestamptz) AS lost,
       coalesce(sum(d.base_value) FILTER (WHERE d.stage_kind = 'WON' AND d.base_currency = $4 AND d.closed_at >= $5::timestamptz), 0.00) AS revenue
     FROM deal_facts d WHERE d.company_id = $1 AND d.customer_id = ANY ((SELECT ids FROM who)::uuid[]) AND NOT d.deleted AND ${ownDeals}
   ), calls AS (
     SELECT count(*) AS calls, count(*) FILTER (WHERE status = 'COMPLETED') AS answered, coalesce(sum(talk_seconds), 0) AS talk
     FROM call_facts WHERE company_id = $1 AND customer_id = ANY ((SELECT ids FROM who)::uuid[]) AND started_at >= $5::timestamptz AND ($2::uuid IS NULL OR agent_id = $2)
   ), orders AS (
     SELECT count(*) FILTER (WHERE w.status IN ('DRAFT', 'SCHEDULED', 'IN_PROGRESS', 'SUBMITTED')) AS open,
       count(*) FILTER (WHERE w.approved_at >= $5::timestamptz) AS approved
     FROM work_order_facts w WHERE w.company_id = $1 AND w.customer_id = ANY ((SELECT ids FROM who)::uuid[]) AND NOT w.deleted AND ${ownWorkOrders}
   ), activities AS (
     SELECT count(*) AS done FROM activity_facts a
     WHERE a.company_id = $1 AND a.customer_id = ANY ((SELECT ids FROM who)::uuid[]) AND NOT a.deleted AND a.done_at >= $5::timestamptz AND ${ownActivities}
   ), seen AS (
     SELECT min(occurred_at) AS first, max(occurred_at) AS last FROM timeline_entries WHERE company_id = $1 AND customer_id = ANY ((SELECT ids FROM who)::uuid[]) AND NOT deleted
   )
   SELECT jsonb_build_object('customerId', c.id, 'name', c.name, 'firstSeenAt', iso(seen.first), 'lastSeenAt', iso(seen.last),
     'openDeals', deals.open, 'openValue', deals.open_value::text, 'openWorkOrders', orders.open, 'lifetimeRevenue', deals.lifetime::text,
     'last180Days', jsonb_build_object('dealsWon', deals.won, 'dealsLost', deals.lost, 'revenue', deals.revenue::text, 'calls', calls.calls,
       'callsAnswered', calls.answered, 'talkSeconds', calls.talk, 'workOrdersApproved', orders.approved, 'activitiesDone', activities.done),
     'currency', $4::text)::text AS figures
   FROM customer_refs c, deals, calls, orders, activities, seen WHERE c.company_id = $1 AND c.id = $3 AND NOT c.deleted`,
)

/** One statement over the indexes by customer. */
export async function getCustomerProfile(
  executor: Executor,
  actor: Actor,
  customerId: string,
  since: string,
): Promise<string> {
  const values = [actor.companyId, ownFiguresOf(actor), customerId, actor.company.currency, since]
  const row = await runOne<{ figures: string }>(executor, profile, values)
  if (row === undefined) throw notFound('customer', customerId)
  return row.figures
}
