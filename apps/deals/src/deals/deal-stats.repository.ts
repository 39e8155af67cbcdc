import type { Actor } from '@dealwire/contracts'
import { type Executor, runOne, statement } from '@dealwire/db/client'
import { EFFECTIVE_PROBABILITY } from './deal-json.ts'

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
