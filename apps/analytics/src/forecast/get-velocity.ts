import type { Actor } from '@dealwire/contracts'
import { type Executor, runOne, statement } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { ownDeals } from '../deals/deal-figures.ts'
import { ownFiguresOf } from '../directory/scope.ts'
import type { Window } from '../windows/window.ts'

const velocity = statement(
  'velocity',
  `WITH deals AS (
     SELECT d.* FROM deal_facts d
     WHERE d.company_id = $1 AND NOT d.deleted AND ${ownDeals} AND ($6::uuid IS NULL OR d.pipeline_id = $6)
   ), closed AS (
     SELECT stage_kind = 'WON' AS won, CASE WHEN base_currency = $5 THEN base_value END AS value,
       extract(epoch FROM closed_at - created_at) / 86400 AS days
     FROM deals WHERE closed_at >= $3::timestamptz AND closed_at < $4::timestamptz AND stage_kind <> 'OPEN'
   ), totals AS (
     SELECT count(*) AS closed, count(*) FILTER (WHERE won) AS won, sum(value) FILTER (WHERE won) AS revenue, sum(value) AS value,
       avg(value) FILTER (WHERE won) AS avg_value, avg(days) FILTER (WHERE won) AS avg_days
     FROM closed
   ), stays AS (
     SELECT e.stage, e.entered_at, lead(e.entered_at) OVER (PARTITION BY e.deal_id ORDER BY e.entered_at, e.stage) AS left_at
     FROM deal_stage_entries e JOIN deals d USING (company_id, deal_id)
   ), stages AS (
     SELECT stage, count(*) AS left_count, round((avg(extract(epoch FROM left_at - entered_at)) / 86400)::numeric, 2) AS days
     FROM stays WHERE left_at >= $3::timestamptz AND left_at < $4::timestamptz GROUP BY stage
   )
   SELECT jsonb_build_object('closed', closed, 'won', won, 'winRate', round(won::numeric / nullif(closed, 0), 4),
     'winRateByValue', round(coalesce(revenue, 0) / nullif(value, 0), 4), 'avgWonValue', round(avg_value, 2)::text,
     'avgCycleDays', round(avg_days::numeric, 2), 'revenuePerDay', round((revenue / nullif(avg_days, 0))::numeric, 2)::text,
     'stages', (SELECT coalesce(jsonb_agg(jsonb_build_object('stage', stage, 'left', left_count, 'avgDays', days) ORDER BY stage), '[]') FROM stages),
     'currency', $5::text)::text AS figures, $6::uuid IS NULL OR EXISTS (SELECT FROM pipeline_facts p WHERE p.company_id = $1 AND p.id = $6)
       OR EXISTS (SELECT FROM deals) AS known
   FROM totals`,
)

/** Deals closed in the window, and stays in stages that ended in it. */
export async function getVelocity(
  executor: Executor,
  actor: Actor,
  window: Window,
  pipelineId: string | undefined,
): Promise<string> {
  const whose = [actor.companyId, ownFiguresOf(actor)]
  const row = await runOne<{ figures: string; known: boolean }>(executor, velocity, [
    ...whose,
    window.from,
    window.to,
    actor.company.currency,
    pipelineId ?? null,
  ])
  if (pipelineId !== undefined && row?.known !== true) throw notFound('pipeline', pipelineId)
  return row?.figures ?? '{}'
}
