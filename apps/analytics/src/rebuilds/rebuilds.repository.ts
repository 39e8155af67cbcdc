import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'

const json = `jsonb_build_object('id', id, 'status', status, 'dryRun', dry_run, 'events', events, 'rows', rows, 'differences', differences,
  'swapped', swapped, 'error', error, 'createdAt', iso(created_at), 'startedAt', iso(started_at), 'finishedAt', iso(finished_at))`

const insert = statement(
  'insert_rebuild',
  `INSERT INTO rebuilds (company_id, id, status, dry_run, force) VALUES ($1, $2, 'queued', $3, $4) RETURNING ${json} AS rebuild`,
)

export type RebuildRequest = { readonly dryRun: boolean; readonly force: boolean }

export async function insertRebuild(tx: Tx, companyId: string, id: string, request: RebuildRequest): Promise<unknown> {
  const row = await runOne<{ rebuild: unknown }>(tx, insert, [companyId, id, request.dryRun, request.force])
  return row?.rebuild
}

const select = statement(
  'find_rebuild',
  `SELECT ${json}::text AS rebuild FROM rebuilds WHERE company_id = $1 AND id = $2`,
)

export async function findRebuild(executor: Executor, companyId: string, id: string): Promise<string | undefined> {
  return (await runOne<{ rebuild: string }>(executor, select, [companyId, id]))?.rebuild
}

export type TakenRebuild = RebuildRequest & {
  readonly companyId: string
  readonly id: string
  readonly attempts: number
}

/** The oldest that waits, or that a process left behind: only one process at a time asks. */
const take = statement(
  'take_rebuild',
  `UPDATE rebuilds r SET status = 'running', started_at = coalesce(started_at, clock_timestamp()), attempts = attempts + 1
   FROM (SELECT company_id, id FROM rebuilds WHERE status IN ('queued', 'running') ORDER BY created_at LIMIT 1) oldest
   WHERE r.company_id = oldest.company_id AND r.id = oldest.id
   RETURNING r.company_id AS "companyId", r.id, r.dry_run AS "dryRun", r.force, r.attempts`,
)

export async function takeRebuild(executor: Executor): Promise<TakenRebuild | undefined> {
  return await runOne<TakenRebuild>(executor, take, [])
}

export type RebuildResult = {
  readonly events: number
  readonly rows: number
  readonly differences: readonly unknown[]
  readonly swapped: boolean
  readonly error: string | null
}

const finish = statement(
  'finish_rebuild',
  `UPDATE rebuilds SET status = CASE WHEN $7::text IS NULL THEN 'done' ELSE 'failed' END, finished_at = clock_timestamp(),
     events = $3, rows = $4, differences = $5::jsonb, swapped = $6, error = $7
   WHERE company_id = $1 AND id = $2`,
)

export async function finishRebuild(
  executor: Executor,
  { companyId, id }: Pick<TakenRebuild, 'companyId' | 'id'>,
  { events, rows, differences, swapped, error }: RebuildResult,
): Promise<void> {
  await run(executor, finish, [companyId, id, events, rows, JSON.stringify(differences), swapped, error])
}

const lockCompany = statement(
  'lock_projected_company',
  `SELECT pg_advisory_xact_lock(hashtextextended('project ' || $1, 0))`,
)

/** Keeps live events of the company waiting until the transaction ends. */
export async function holdProjection(tx: Tx, companyId: string): Promise<void> {
  await run(tx, lockCompany, [companyId])
}

const selectCompanies = statement(
  'list_known_companies',
  `SELECT company_id FROM (SELECT company_id FROM company_settings UNION SELECT company_id FROM inbox) known
   WHERE $1::uuid IS NULL OR company_id > $1 ORDER BY company_id LIMIT 200`,
)

/** Also those whose figures are gone, as long as events of theirs came lately. */
export async function listKnownCompanies(executor: Executor, after: string | null): Promise<string[]> {
  const rows = await run<{ company_id: string }>(executor, selectCompanies, [after])
  return rows.map((row) => row.company_id)
}
