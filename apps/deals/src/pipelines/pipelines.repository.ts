import type { StageKind } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'

type NewPipeline = {
  id: string
  name: string
  stages: readonly { key: string; name: string; kind: StageKind; probability: number; position: number }[]
}

/** Does nothing when the company has a default pipeline already; waits for one that is being made. */
export async function insertDefaultPipeline(tx: Tx, companyId: string, pipeline: NewPipeline): Promise<void> {
  await run(tx, insertStatement, [companyId, pipeline.id, pipeline.name, JSON.stringify(pipeline.stages)])
}

const insertStatement = statement(
  'insert_default_pipeline',
  `WITH made AS (
     INSERT INTO pipelines (company_id, id, name, is_default) VALUES ($1, $2, $3, true)
     ON CONFLICT (company_id) WHERE is_default AND deleted_at IS NULL DO NOTHING
     RETURNING company_id, id
   )
   INSERT INTO stages (company_id, pipeline_id, key, name, kind, probability, position)
   SELECT made.company_id, made.id, s.key, s.name, s.kind, s.probability, s.position
   FROM made, json_to_recordset($4::json) AS s(key text, name text, kind text, probability smallint, position smallint)`,
)

/** Null is the default pipeline. */
export async function findPipelineId(
  executor: Executor,
  companyId: string,
  id: string | null,
): Promise<string | undefined> {
  const found = await runOne<{ id: string }>(executor, findPipelineStatement, [companyId, id])
  return found?.id
}

const findPipelineStatement = statement(
  'find_pipeline_id',
  `SELECT id FROM pipelines WHERE company_id = $1 AND deleted_at IS NULL AND CASE WHEN $2::uuid IS NULL THEN is_default ELSE id = $2 END`,
)

/** Null is the first open stage. */
export async function findStageKey(
  executor: Executor,
  companyId: string,
  pipelineId: string,
  key: string | null,
): Promise<string | undefined> {
  const found = await runOne<{ key: string }>(executor, findStageStatement, [companyId, pipelineId, key])
  return found?.key
}

const findStageStatement = statement(
  'find_stage_key',
  `SELECT key FROM stages WHERE company_id = $1 AND pipeline_id = $2 AND CASE WHEN $3::text IS NULL THEN kind = 'OPEN' ELSE key = $3 END
   ORDER BY position LIMIT 1`,
)

export const pipelineList: ListSpec = {
  name: 'pipelines',
  from: 'pipelines p',
  alias: 'p',
  where: 'p.company_id = $1 AND p.deleted_at IS NULL',
  item: `json_build_object('id', p.id, 'name', p.name, 'isDefault', p.is_default, 'version', p.version,
    'createdAt', iso(p.created_at), 'updatedAt', iso(p.updated_at),
    'stages', (SELECT json_agg(json_build_object('key', s.key, 'name', s.name, 'kind', s.kind, 'probability', s.probability,
        'rottenDays', s.rotten_days, 'position', s.position) ORDER BY s.position)
      FROM stages s WHERE s.company_id = p.company_id AND s.pipeline_id = p.id))`,
  sorts: {
    createdAt: { expression: 'p.created_at', type: 'timestamptz' },
    name: { expression: 'lower(p.name COLLATE pg_c_utf8)', type: 'text' },
  },
  filters: {},
}
