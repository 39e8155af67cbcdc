import type { Actor } from '@dealwire/contracts'
import { runOne, statement, type Tx } from '@dealwire/db/client'
import { ownFiguresOf } from '../directory/scope.ts'
import type { Window } from '../windows/window.ts'

/** `$2` is null or the user whose work orders count. */
export const ownWorkOrders =
  "($2::uuid IS NULL OR $2 = ANY (w.assignee_ids) OR (w.created_by_id = $2 AND w.assignee_ids = '{}'))"

const workOrderPanel = statement(
  'work_order_panel',
  `WITH approved AS (
     SELECT w.kind, w.approved_at >= $3::timestamptz AS is_current
     FROM work_order_facts w
     WHERE w.company_id = $1 AND NOT w.deleted AND ${ownWorkOrders} AND w.approved_at >= $5::timestamptz AND w.approved_at < $4::timestamptz
   ), services AS (
     SELECT kind, count(*) AS approved FROM approved WHERE is_current GROUP BY kind ORDER BY count(*) DESC, kind LIMIT 5
   )
   SELECT jsonb_build_object(
     'open', (SELECT count(*) FROM work_order_facts w WHERE w.company_id = $1 AND NOT w.deleted AND ${ownWorkOrders}
              AND w.status IN ('DRAFT', 'SCHEDULED', 'IN_PROGRESS', 'SUBMITTED')),
     'approved', (SELECT count(*) FROM approved WHERE is_current))::text AS current,
   jsonb_build_object('approved', (SELECT count(*) FROM approved WHERE NOT is_current))::text AS previous,
   (SELECT coalesce(jsonb_agg(jsonb_build_object('service', kind, 'approved', approved) ORDER BY approved DESC, kind), '[]') FROM services)::text AS services`,
)

export type WorkOrderPanel = { readonly current: string; readonly previous: string; readonly services: string }

/** Work orders that are open now and were approved in the window, and the kinds of service most often approved. */
export async function getWorkOrderPanel(tx: Tx, actor: Actor, window: Window): Promise<WorkOrderPanel> {
  const values = [actor.companyId, ownFiguresOf(actor), window.from, window.to, window.previousFrom]
  return (await runOne<WorkOrderPanel>(tx, workOrderPanel, values)) ?? { current: '{}', previous: '{}', services: '[]' }
}
