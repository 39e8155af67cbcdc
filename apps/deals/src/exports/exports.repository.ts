import type { DealExport } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'
import type { JobTarget } from '../jobs/job-queue.ts'
import type { FileSelection } from './read-deal-file.ts'

/** An export as finished JSON, and as the value it was made from. */
export type StoredExport = { readonly json: string; readonly version: number; readonly value: DealExport }

// A file that is past its time is expired for everybody, even before it is swept away.
const STATUS = `CASE WHEN e.status = 'done' AND e.expires_at <= now() THEN 'expired' ELSE e.status END`

const ITEM = `json_build_object('id', e.id, 'status', ${STATUS},
  'format', e.format, 'filters', e.asked, 'rows', e.rows, 'bytes', e.bytes, 'progress', CASE WHEN e.status IN ('done', 'expired') THEN 1
    WHEN e.total_rows > 0 THEN round(least(e.rows::numeric / e.total_rows, 1), 3) ELSE 0 END,
  'error', e.error, 'createdById', e.created_by_id, 'version', e.version, 'createdAt', iso(e.created_at), 'startedAt', iso(e.started_at),
  'finishedAt', iso(e.finished_at), 'expiresAt', iso(e.expires_at))`

export const exportList: ListSpec = {
  name: 'exports',
  from: 'exports e',
  alias: 'e',
  where: 'e.company_id = $1',
  item: ITEM,
  sorts: { createdAt: { expression: 'e.created_at', type: 'timestamptz' } },
  filters: { createdById: 'e.created_by_id = $?', visibleTo: 'e.created_by_id = $?', status: `${STATUS} = $?` },
}

export async function insertExport(
  tx: Tx,
  companyId: string,
  row: Pick<DealExport, 'id' | 'format' | 'createdById'> & {
    asked: object
    selection: FileSelection
    requestId: string
  },
): Promise<StoredExport> {
  const { id, format, asked, selection, createdById, requestId } = row
  const values = [companyId, id, format, JSON.stringify(asked), JSON.stringify(selection), createdById, requestId]
  const made = stored(await runOne(tx, insertStatement, values))
  if (made === undefined) throw new Error('The export was not stored')
  return made
}

const insertStatement = statement(
  'insert_export',
  `WITH made AS (
     INSERT INTO exports (company_id, id, format, asked, filters, created_by_id, request_id) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *
   ) SELECT ${ITEM}::text AS json FROM made e`,
)

export async function findExport(db: Executor, companyId: string, id: string): Promise<StoredExport | undefined> {
  return stored(await runOne(db, findStatement, [companyId, id]))
}

const findStatement = statement(
  'find_export',
  `SELECT ${ITEM}::text AS json FROM exports e WHERE company_id = $1 AND id = $2`,
)

export type ClaimedExport = {
  readonly format: DealExport['format']
  readonly filters: FileSelection
  readonly createdById: string | null
  readonly requestId: string
}

/** Marks an export that is not settled as running; a run that was broken off begins again. */
export async function claimExport(db: Executor, { companyId, id }: JobTarget): Promise<ClaimedExport | undefined> {
  return runOne(db, claimStatement, [companyId, id])
}

const claimStatement = statement(
  'claim_export',
  `UPDATE exports SET status = 'running', started_at = coalesce(started_at, now()), rows = 0, version = version + 1
   WHERE company_id = $1 AND id = $2 AND status IN ('queued', 'running')
   RETURNING format, filters, created_by_id AS "createdById", request_id AS "requestId"`,
)

export async function saveExportProgress(
  db: Executor,
  { companyId, id }: JobTarget,
  progress: { readonly rows: number; readonly totalRows: number },
): Promise<void> {
  await run(db, progressStatement, [companyId, id, progress.rows, progress.totalRows])
}

const progressStatement = statement(
  'save_export_progress',
  `UPDATE exports SET rows = $3, total_rows = $4 WHERE company_id = $1 AND id = $2 AND status = 'running'`,
)

/** Undefined when it is settled already: of two that made the same file, one tells of it. */
export async function finishExport(
  tx: Tx,
  { companyId, id }: JobTarget,
  file: { readonly rows: number; readonly bytes: number; readonly ttlHours: number },
): Promise<StoredExport | undefined> {
  return stored(await runOne(tx, finishStatement, [companyId, id, file.rows, file.bytes, file.ttlHours]))
}

const finishStatement = statement(
  'finish_export',
  `WITH saved AS (
     UPDATE exports SET status = 'done', rows = $3, bytes = $4, finished_at = now(), expires_at = now() + $5 * interval '1 hour', version = version + 1
     WHERE company_id = $1 AND id = $2 AND status = 'running' RETURNING *
   ) SELECT ${ITEM}::text AS json FROM saved e`,
)

export async function failExport(
  tx: Tx,
  { companyId, id }: JobTarget,
  error: string,
): Promise<(StoredExport & { requestId: string }) | undefined> {
  const row = await runOne<{ json: string; requestId: string }>(tx, failStatement, [companyId, id, error])
  const failed = stored(row)
  return failed === undefined || row === undefined ? undefined : { ...failed, requestId: row.requestId }
}

const failStatement = statement(
  'fail_export',
  `WITH saved AS (
     UPDATE exports SET status = 'failed', error = $3, finished_at = now(), version = version + 1
     WHERE company_id = $1 AND id = $2 AND status IN ('queued', 'running') RETURNING *
   ) SELECT ${ITEM}::text AS json, e.request_id AS "requestId" FROM saved e`,
)

/** Files past their time, of all companies. */
export async function findExpired(
  db: Executor,
  limit: number,
): Promise<(JobTarget & { format: DealExport['format'] })[]> {
  return run(db, expiredStatement, [limit])
}

const expiredStatement = statement(
  'find_expired_exports',
  `SELECT company_id AS "companyId", id, format FROM exports WHERE status = 'done' AND expires_at <= now() ORDER BY expires_at LIMIT $1`,
)

export async function markExpired(db: Executor, { companyId, id }: JobTarget): Promise<void> {
  await run(db, markExpiredStatement, [companyId, id])
}

const markExpiredStatement = statement(
  'mark_export_expired',
  `UPDATE exports SET status = 'expired', version = version + 1 WHERE company_id = $1 AND id = $2 AND status = 'done'`,
)

function stored(row: { json: string } | undefined): StoredExport | undefined {
  if (row === undefined) return undefined
  const value = JSON.parse(row.json) as DealExport
  return { json: row.json, version: value.version, value }
}
