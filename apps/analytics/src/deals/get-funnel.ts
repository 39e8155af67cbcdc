import type { Actor } from '@dealwire/contracts'
import { type Executor, runOne, statement } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { ownFiguresOf } from '../directory/scope.ts'
import type { Window } from '../windows/window.ts'
import { ownDeals } from './deal-figures.ts'
import { funnelStages } from './funnel-stages.ts'

export type FunnelInput = { readonly pipelineId?: string | undefined; readonly cohort: 'created' | 'closed' }

/**
 * A deal reached the furthest stage it ever entered and, with it, every stage before: skipping counts, coming back counts once.
 */
function funnelOver(cohort: 'created_at' | 'closed_at'): string {
  return `WITH ${funnelStages('$5')}, furthest AS (
    SELECT d.deal_id, max(s.position) AS position
    FROM deal_facts d
    JOIN deal_stage_entries e ON e.company_id = d.company_id AND e.deal_id = d.deal_id AND e.pipeline_id = d.pipeline_id
    JOIN stages s ON s.key = e.stage
    WHERE d.company_id = $1 AND NOT d.deleted AND ${ownDeals}
      AND d.${cohort} >= $3::timestamptz AND d.${cohort} < $4::timestamptz
      AND d.pipeline_id = coalesce($5, (SELECT id FROM pipeline LIMIT 1), d.pipeline_id)
    GROUP BY d.deal_id
  ), reached AS (
    SELECT s.key, s.position, count(f.deal_id) AS reached
    FROM stages s LEFT JOIN furthest f ON f.position >= s.position GROUP BY s.key, s.position
  ), steps AS (
    SELECT key, position, reached, lag(reached) OVER w AS previous, first_value(reached) OVER w AS first
    FROM reached WINDOW w AS (ORDER BY position)
  )
  SELECT (SELECT known FROM is_known) AS known, coalesce(jsonb_agg(jsonb_build_object('stage', key, 'reached', reached,
    'conversionFromPrevious', round(reached::numeric / nullif(previous, 0), 4),
    'conversionFromFirst', round(reached::numeric / nullif(first, 0), 4)) ORDER BY position), '[]')::text AS stages
  FROM steps`
}

const funnelBy = {
  created: statement('funnel_of_created', funnelOver('created_at')),
  closed: statement('funnel_of_closed', funnelOver('closed_at')),
}

/** How far the deals created (or closed) in the window came. Without a pipeline: the default one. */
export async function getFunnel(executor: Executor, actor: Actor, window: Window, input: FunnelInput): Promise<string> {
  const values = [actor.companyId, ownFiguresOf(actor), window.from, window.to, input.pipelineId ?? null]
  const row = await runOne<{ known: boolean; stages: string }>(executor, funnelBy[input.cohort], values)
  if (input.pipelineId !== undefined && row?.known !== true) throw notFound('pipeline', input.pipelineId)
  return row?.stages ?? '[]'
}
