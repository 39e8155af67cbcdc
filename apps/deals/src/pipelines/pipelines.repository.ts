import type { Pipeline, Stage } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'

type NewStage = Omit<Stage, 'rottenDays'> & { readonly rottenDays?: number }
type NewPipeline = { id: string; name: string; isDefault: boolean; stages: readonly NewStage[] }

/** Undefined when it was to be the default and the company has one already; waits for one that is being made. */
export async function insertPipeline(
  tx: Tx,
  companyId: string,
  { id, name, isDefault, stages }: NewPipeline,
): Promise<string | undefined> {
  const made = await runOne<{ id: string }>(tx, insertStatement, [
    ...[companyId, id, name, isDefault, JSON.stringify(stages)],
  ])
  return made?.id
}

const insertStatement = statement(
  'insert_pipeline',
  `WITH made AS (
     INSERT INTO pipelines (company_id, id, name, is_default) VALUES ($1, $2, $3, $4)
     ON CONFLICT (company_id) WHERE is_default AND deleted_at IS NULL DO NOTHING
     RETURNING company_id, id
   ), filled AS (
     INSERT INTO stages (company_id, pipeline_id, key, name, kind, probability, rotten_days, position)
     SELECT made.company_id, made.id, s.key, s.name, s.kind, s.probability, coalesce(s."rottenDays", 0), s.position
     FROM made, json_to_recordset($5::json)
       AS s(key text, name text, kind text, probability smallint, "rottenDays" integer, position smallint)
   )
   SELECT id FROM made`,
)

/** Changes of a company's pipelines follow one another: which one is the default, and where deals of a stage go, is one decision at a time. */
export async function lockPipelines(tx: Tx, companyId: string): Promise<void> {
  await run(tx, lockStatement, [companyId])
}

const lockStatement = statement('lock_pipelines', 'SELECT pg_advisory_xact_lock(hashtextextended($1, 7412))')

export type StoredPipeline = { readonly json: string; readonly version: number; readonly pipeline: Pipeline }

export async function findPipeline(db: Executor, companyId: string, id: string): Promise<StoredPipeline | undefined> {
  const row = await runOne<{ json: string }>(db, findStatement, [companyId, id])
  if (row === undefined) return undefined
  const pipeline = JSON.parse(row.json) as Pipeline
  return { json: row.json, version: pipeline.version, pipeline }
}

/** Names the pipeline and counts its version up. */
export async function updatePipelineRow(
  tx: Tx,
  companyId: string,
  { id, name, isDefault }: Pick<Pipeline, 'id' | 'name' | 'isDefault'>,
): Promise<void> {
  await run(tx, updateStatement, [companyId, id, name, isDefault])
}

const PIPELINE_JSON = `json_build_object('id', p.id, 'name', p.name, 'isDefault', p.is_default, 'version', p.version,
  'createdAt', iso(p.created_at), 'updatedAt', iso(p.updated_at),
  'stages', (SELECT json_agg(json_build_object('key', s.key, 'name', s.name, 'kind', s.kind, 'probability', s.probability,
      'rottenDays', s.rotten_days, 'position', s.position) ORDER BY s.position)
    FROM stages s WHERE s.company_id = p.company_id AND s.pipeline_id = p.id))`

const findStatement = statement(
  'find_pipeline',
  `SELECT (${PIPELINE_JSON})::text AS json FROM pipelines p WHERE p.company_id = $1 AND p.id = $2 AND p.deleted_at IS NULL`,
)

const updateStatement = statement(
  'update_pipeline',
  `UPDATE pipelines SET name = $3, is_default = $4, version = version + 1, updated_at = statement_timestamp()
   WHERE company_id = $1 AND id = $2`,
)

/** The pipeline that is no longer the default one, if there was one. */
export async function unsetDefault(tx: Tx, companyId: string): Promise<string | undefined> {
  const unset = await runOne<{ id: string }>(tx, unsetStatement, [companyId])
  return unset?.id
}

const unsetStatement = statement(
  'unset_default_pipeline',
  `UPDATE pipelines SET is_default = false, version = version + 1, updated_at = statement_timestamp()
   WHERE company_id = $1 AND is_default AND deleted_at IS NULL RETURNING id`,
)

/** Locks the stages against deals that enter them, and tells which have deals, deleted ones included. */
export async function lockStages(
  tx: Tx,
  companyId: string,
  pipelineId: string,
): Promise<(Stage & { used: boolean })[]> {
  await run(tx, lockStagesStatement, [companyId, pipelineId])
  return run(tx, usedStagesStatement, [companyId, pipelineId])
}

const lockStagesStatement = statement(
  'lock_stages',
  'SELECT FROM stages WHERE company_id = $1 AND pipeline_id = $2 FOR UPDATE',
)

const usedStagesStatement = statement(
  'used_stages',
  `SELECT key, name, kind, probability, rotten_days AS "rottenDays", position, EXISTS (
     SELECT FROM deals d WHERE d.company_id = s.company_id AND d.pipeline_id = s.pipeline_id AND d.stage = s.key) AS used
   FROM stages s WHERE company_id = $1 AND pipeline_id = $2`,
)

export async function upsertStages(
  tx: Tx,
  companyId: string,
  pipelineId: string,
  stages: readonly Stage[],
): Promise<void> {
  await run(tx, upsertStagesStatement, [companyId, pipelineId, JSON.stringify(stages)])
}

const upsertStagesStatement = statement(
  'upsert_stages',
  `INSERT INTO stages (company_id, pipeline_id, key, name, kind, probability, rotten_days, position)
   SELECT $1, $2, s.key, s.name, s.kind, s.probability, s."rottenDays", s.position
   FROM json_to_recordset($3::json) AS s(key text, name text, kind text, probability smallint, "rottenDays" integer, position smallint)
   ON CONFLICT (company_id, pipeline_id, key) DO UPDATE SET name = excluded.name, kind = excluded.kind,
     probability = excluded.probability, rotten_days = excluded.rotten_days, position = excluded.position`,
)

export async function deleteStages(
  tx: Tx,
  companyId: string,
  pipelineId: string,
  keys: readonly string[],
): Promise<void> {
  await run(tx, deleteStagesStatement, [companyId, pipelineId, keys])
}

const deleteStagesStatement = statement(
  'delete_stages',
  'DELETE FROM stages WHERE company_id = $1 AND pipeline_id = $2 AND key = ANY($3::text[])',
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
  item: PIPELINE_JSON,
  sorts: {
    createdAt: { expression: 'p.created_at', type: 'timestamptz' },
    name: { expression: 'lower(p.name COLLATE pg_c_utf8)', type: 'text' },
  },
  filters: { q: 'strpos(fold(p.name), fold($?)) > 0' },
}
