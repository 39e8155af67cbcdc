import type { Actor } from '@dealwire/contracts'
import { type Executor, runOne, statement } from '@dealwire/db/client'
import { AppError, notFound } from '@dealwire/errors'

/** What every company's first pipeline has; its event may come after those of its deals. */
const INITIAL_STAGES = JSON.stringify([
  { key: 'LEAD', kind: 'OPEN', position: 0 },
  { key: 'QUALIFIED', kind: 'OPEN', position: 1 },
  { key: 'NEGOTIATION', kind: 'OPEN', position: 2 },
  { key: 'CLOSED_WON', kind: 'WON', position: 3 },
])

/**
 * SQL relations `pipeline` (the one asked for or the default one, if it is known), `is_known` and `stages`: the steps of the funnel.
 * A LOST stage is not a step: a lost deal counts for what it reached. `$1` is the company.
 */
export const funnelStages = (pipelineId: string) => `pipeline AS (
    SELECT p.id, p.stages FROM pipeline_facts p
    WHERE p.company_id = $1 AND CASE WHEN ${pipelineId}::uuid IS NULL THEN p.is_default ELSE p.id = ${pipelineId} END
  ), is_known AS (
    SELECT ${pipelineId}::uuid IS NULL OR EXISTS (SELECT FROM pipeline)
      OR EXISTS (SELECT FROM deal_facts d WHERE d.company_id = $1 AND d.pipeline_id = ${pipelineId}) AS known
  ), stages AS (
    SELECT s.key, s.position
    FROM jsonb_to_recordset(coalesce((SELECT stages FROM pipeline LIMIT 1), '${INITIAL_STAGES}'::jsonb)) AS s(key text, kind text, position integer)
    WHERE s.kind <> 'LOST'
  )`

const select = statement(
  'funnel_stages',
  `WITH ${funnelStages('$2')}
   SELECT (SELECT known FROM is_known) AS known, coalesce($2, (SELECT id FROM pipeline LIMIT 1)) AS "pipelineId",
     array_agg(key ORDER BY position) AS keys FROM stages`,
)

type Funnel = { readonly known: boolean; readonly pipelineId: string | null; readonly keys: readonly string[] }

/** The pipeline whose funnel is meant, and its stages from the one asked for on, or all. */
export async function getStagesFrom(
  executor: Executor,
  actor: Actor,
  asked: string | undefined,
  pipelineId: string | undefined,
): Promise<{ pipelineId: string | undefined; stages: readonly string[] }> {
  const funnel = await runOne<Funnel>(executor, select, [actor.companyId, pipelineId ?? null])
  if (pipelineId !== undefined && funnel?.known !== true) throw notFound('pipeline', pipelineId)
  const keys = funnel?.keys ?? []
  if (asked !== undefined && !keys.includes(asked)) throw noStep(asked, keys)
  const from = asked === undefined ? 0 : keys.indexOf(asked)
  return { pipelineId: funnel?.pipelineId ?? undefined, stages: keys.slice(from) }
}

function noStep(stage: string, keys: readonly string[]): AppError {
  return new AppError(
    'not_found',
    'not_found',
    `The funnel has no stage '${stage}'; its stages are ${keys.join(', ')}.`,
  )
}
