import type { Actor } from '@dealwire/contracts'
import { type Executor, runOne, statement } from '@dealwire/db/client'
import { EFFECTIVE_PROBABILITY } from '../deals/deal-json.ts'

/** One aggregate over the pipeline's deals, as finished JSON; undefined when there is no such pipeline. */
export async function findPipelineStats(
  executor: Executor,
  actor: Actor,
  pipelineId: string | undefined,
): Promise<string | undefined> {
  const found = await runOne<{ json: string }>(executor, statsStatement, [
    actor.companyId,
    pipelineId ?? null,
    actor.company.currency,
  ])
  return found?.json
}

const statsStatement = statement(
  'pipeline_stats',
  `WITH chosen AS (
     SELECT id FROM pipelines
     WHERE company_id = $1 AND deleted_at IS NULL AND CASE WHEN $2::uuid IS NULL THEN is_default ELSE id = $2 END
   ), per_stage AS (
     SELECT d.stage, count(*) AS deals, sum(d.base_value) FILTER (WHERE d.base_currency = $3) AS total, avg(d.lead_score) AS score,
       sum(round(d.base_value * ${EFFECTIVE_PROBABILITY} / 100, 2)) FILTER (WHERE d.base_currency = $3) AS weighted
     FROM chosen p
     JOIN deals d ON d.company_id = $1 AND d.pipeline_id = p.id AND d.deleted_at IS NULL
     JOIN stages s ON s.company_id = $1 AND s.pipeline_id = p.id AND s.key = d.stage
     GROUP BY d.stage
   )
   SELECT json_build_object('data', (
     SELECT json_agg(json_build_object('stage', s.key, 'name', s.name, 'kind', s.kind, 'count', coalesce(t.deals, 0),
       'totalValue', coalesce(t.total, 0)::numeric(20, 2)::text, 'weightedValue', coalesce(t.weighted, 0)::numeric(20, 2)::text,
       'avgLeadScore', round(t.score, 2)) ORDER BY s.position)
     FROM stages s LEFT JOIN per_stage t ON t.stage = s.key WHERE s.company_id = $1 AND s.pipeline_id = p.id
   ), 'currency', $3::text, 'asOf', iso(now()))::text AS json
   FROM chosen p`,
)

/** The figures of one assignee in one aggregate, as finished JSON. Days and months are those of the company's time zone. */
export async function findMyDeals(executor: Executor, actor: Actor): Promise<string> {
  const { currency, timeZone } = actor.company
  const found = await runOne<{ json: string }>(executor, myDealsStatement, [
    ...[actor.companyId, actor.userId, currency, timeZone],
  ])
  if (found === undefined) throw new Error('An aggregate answers one row')
  return found.json
}

const myDealsStatement = statement(
  'my_deals',
  `SELECT json_build_object(
     'open', count(*) FILTER (WHERE stage_kind = 'OPEN'), 'won', count(*) FILTER (WHERE stage_kind = 'WON'),
     'lost', count(*) FILTER (WHERE stage_kind = 'LOST'),
     'overdue', count(*) FILTER (WHERE stage_kind = 'OPEN' AND expected_close_date < (now() AT TIME ZONE $4)::date),
     'openValue', coalesce(sum(base_value) FILTER (WHERE stage_kind = 'OPEN' AND base_currency = $3), 0)::numeric(20, 2)::text,
     'wonValueThisMonth', coalesce(sum(base_value) FILTER (WHERE stage_kind = 'WON' AND base_currency = $3
       AND closed_at >= date_trunc('month', now(), $4)), 0)::numeric(20, 2)::text,
     'winRate', round(count(*) FILTER (WHERE stage_kind = 'WON')::numeric / nullif(count(*) FILTER (WHERE stage_kind <> 'OPEN'), 0), 4),
     'currency', $3::text, 'asOf', iso(now()))::text AS json
   FROM deals WHERE company_id = $1 AND assigned_to_id = $2 AND deleted_at IS NULL`,
)
