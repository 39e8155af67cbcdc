import { type Executor, run, statement, type Tx } from '@dealwire/db/client'

type Move = { readonly pipelineId: string; readonly from: readonly string[]; readonly to: string }

export async function findDealsInStages(
  executor: Executor,
  companyId: string,
  { pipelineId, from }: Move,
  limit: number,
): Promise<string[]> {
  const rows = await run<{ id: string }>(executor, findStatement, [companyId, pipelineId, from, limit])
  return rows.map(({ id }) => id)
}

const findStatement = statement(
  'find_deals_in_stages',
  `SELECT id FROM deals WHERE company_id = $1 AND pipeline_id = $2 AND stage = ANY($3::text[]) AND deleted_at IS NULL LIMIT $4`,
)

/** A deleted deal still names a stage. Nobody is told, because for everybody else it is gone. */
export async function moveDeletedDeals(tx: Tx, companyId: string, { pipelineId, from, to }: Move): Promise<void> {
  await run(tx, moveDeletedStatement, [companyId, pipelineId, from, to])
}

const moveDeletedStatement = statement(
  'move_deleted_deals',
  `UPDATE deals d SET stage = s.key, stage_kind = s.kind,
     closed_at = CASE WHEN s.kind = 'OPEN' THEN NULL ELSE coalesce(d.closed_at, d.deleted_at) END
   FROM stages s
   WHERE d.company_id = $1 AND d.pipeline_id = $2 AND d.stage = ANY($3::text[]) AND d.deleted_at IS NOT NULL
     AND s.company_id = $1 AND s.pipeline_id = $2 AND s.key = $4`,
)
