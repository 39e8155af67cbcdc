import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { type ListSpec, listPage } from '@dealwire/db/page'
import { ownFiguresOf } from '../directory/scope.ts'
import type { Window } from '../windows/window.ts'

const margins: ListSpec = {
  name: 'margins',
  from: '(SELECT f.*, f.deal_id AS id FROM deal_facts f) d',
  alias: 'd',
  where: `d.company_id = $1 AND NOT d.deleted AND d.stage_kind = 'WON' AND d.closed_at IS NOT NULL`,
  joins: `CROSS JOIN LATERAL (
    SELECT coalesce(-sum(s.value), 0.00) AS cost FROM work_order_facts w JOIN stock_facts s ON s.company_id = w.company_id AND s.work_order_id = w.id
    WHERE w.company_id = d.company_id AND w.deal_id = d.deal_id AND NOT w.deleted AND s.kind IN ('CONSUMPTION', 'RETURN')
  ) consumed`,
  item: `json_build_object('dealId', d.deal_id, 'closedAt', iso(d.closed_at), 'revenue', d.base_value::text, 'cost', consumed.cost::text,
    'margin', (d.base_value - consumed.cost)::text, 'marginRate', round((d.base_value - consumed.cost) / nullif(d.base_value, 0), 4),
    'currency', d.base_currency)`,
  sorts: { closedAt: { expression: 'd.closed_at', type: 'timestamptz' } },
  filters: {
    from: 'd.closed_at >= $?::timestamptz',
    to: 'd.closed_at < $?::timestamptz',
    own: 'd.owner_id = $? OR (d.owner_id IS NULL AND d.created_by_id = $?)',
  },
}

type Page = {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly sort: string
  readonly count?: 'exact' | undefined
}

/** A page of deals won in the window with the cost of what their work orders consumed. */
export async function listMargins(executor: Executor, actor: Actor, window: Window, page: Page): Promise<string> {
  const filters = { from: window.from, to: window.to, own: ownFiguresOf(actor) ?? undefined }
  const { limit, cursor, sort, count } = page
  return await listPage(executor, margins, actor.companyId, { limit, cursor, sort, count, filters })
}
