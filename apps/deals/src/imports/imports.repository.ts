import type { Actor, DealImport } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'
import type { JobTarget } from '../jobs/job-queue.ts'
import type { RowProblem } from './read-row.ts'

/** An import as finished JSON, and as the value it was made from. */
export type StoredImport = { readonly json: string; readonly version: number; readonly value: DealImport }

/** On whose behalf rows are made, and by which settings. */
export type ImportAuthor = Pick<Actor, 'userId' | 'requestId' | 'company'>

const ITEM = `json_build_object('id', i.id, 'status', i.status, 'entity', i.entity, 'dryRun', i.dry_run, 'columns', i.columns,
  'rows', i.created + i.duplicates + i.failed, 'created', i.created, 'duplicates', i.duplicates, 'failed', i.failed, 'reverted', i.reverted,
  'kept', i.kept, 'bytes', i.bytes, 'progress', CASE WHEN i.status IN ('done', 'reverting', 'reverted') OR i.bytes = 0 THEN 1
    ELSE round(least(i.bytes_read::numeric / i.bytes, 1), 3) END,
  'error', i.error, 'createdById', i.created_by_id, 'version', i.version, 'createdAt', iso(i.created_at), 'startedAt', iso(i.started_at),
  'finishedAt', iso(i.finished_at))`

export const importList: ListSpec = {
  name: 'imports',
  from: 'imports i',
  alias: 'i',
  where: 'i.company_id = $1',
  item: ITEM,
  sorts: { createdAt: { expression: 'i.created_at', type: 'timestamptz' } },
  filters: { createdById: 'i.created_by_id = $?', visibleTo: 'i.created_by_id = $?', status: 'i.status = $?' },
}

const ERROR = `json_build_object('id', e.id, 'row', e.row, 'field', e.field, 'code', e.code, 'message', e.message)`

export const importErrorList: ListSpec = {
  name: 'import_errors',
  from: 'import_errors e',
  alias: 'e',
  where: 'e.company_id = $1',
  item: ERROR,
  sorts: { row: { expression: 'e.row', type: 'integer' } },
  filters: { importId: 'e.import_id = $?', code: 'e.code = $?' },
}

export const importErrorLines: ListSpec = {
  ...importErrorList,
  name: 'import_error_lines',
  item: `e.row || ',' || coalesce(csv_text(e.field), '') || ',' || csv_text(e.code) || ',' || csv_text(e.message)`,
}

export async function insertImport(
  tx: Tx,
  companyId: string,
  row: Pick<DealImport, 'id' | 'entity' | 'dryRun' | 'columns' | 'bytes'> & { encoding: string; author: ImportAuthor },
): Promise<StoredImport> {
  const { id, entity, dryRun, columns, bytes, encoding, author } = row
  const values = [companyId, id, entity, dryRun, JSON.stringify(columns), bytes, encoding, JSON.stringify(author)]
  const made = stored(await runOne(tx, insertStatement, [...values, author.userId]))
  if (made === undefined) throw new Error('The import was not stored')
  return made
}

const insertStatement = statement(
  'insert_import',
  `WITH made AS (
     INSERT INTO imports (company_id, id, entity, dry_run, columns, bytes, encoding, author, created_by_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING *
   ) SELECT ${ITEM}::text AS json FROM made i`,
)

/** How many of the company's imports have not ended. */
export async function countOpenImports(db: Executor, companyId: string): Promise<number> {
  const row = await runOne<{ open: number }>(db, countOpenStatement, [companyId])
  return row?.open ?? 0
}

const countOpenStatement = statement(
  'count_open_imports',
  `SELECT count(*)::int AS open FROM imports WHERE company_id = $1 AND status IN ('queued', 'running', 'reverting')`,
)

export async function findImport(db: Executor, companyId: string, id: string): Promise<StoredImport | undefined> {
  return stored(await runOne(db, findStatement, [companyId, id]))
}

const findStatement = statement(
  'find_import',
  `SELECT ${ITEM}::text AS json FROM imports i WHERE company_id = $1 AND id = $2`,
)

/** What a run needs to know, under the row's lock: a cancellation waits for the batch, and the next batch sees it. */
export type LockedImport = Pick<DealImport, 'status' | 'entity' | 'dryRun' | 'columns' | 'duplicates' | 'failed'> & {
  readonly encoding: string
  readonly settledRow: number
  readonly author: ImportAuthor
}

export async function lockImport(tx: Tx, { companyId, id }: JobTarget): Promise<LockedImport | undefined> {
  return runOne(tx, lockStatement, [companyId, id])
}

const lockStatement = statement(
  'lock_import',
  `SELECT status, entity, dry_run AS "dryRun", columns, encoding, author, settled_row AS "settledRow", duplicates, failed
   FROM imports WHERE company_id = $1 AND id = $2 FOR UPDATE`,
)

/** Undefined unless the import was in one of the states. */
export async function setImportStatus(
  tx: Tx,
  { companyId, id }: JobTarget,
  {
    from,
    to,
    error = null,
  }: { from: readonly DealImport['status'][]; to: DealImport['status']; error?: string | null },
): Promise<StoredImport | undefined> {
  return stored(await runOne(tx, statusStatement, [companyId, id, from, to, error]))
}

const statusStatement = statement(
  'set_import_status',
  `WITH saved AS (
     UPDATE imports SET status = $4, error = coalesce($5, error), version = version + 1,
       started_at = CASE WHEN $4 = 'running' THEN coalesce(started_at, now()) ELSE started_at END,
       finished_at = CASE WHEN $4 IN ('running', 'reverting') THEN NULL ELSE now() END
     WHERE company_id = $1 AND id = $2 AND status = ANY($3::text[]) RETURNING *
   ) SELECT ${ITEM}::text AS json FROM saved i`,
)

export type Settled = {
  readonly settledRow: number
  readonly bytesRead: number
  readonly created: number
  readonly duplicates: number
  readonly failed: number
}

export async function saveSettled(tx: Tx, { companyId, id }: JobTarget, settled: Settled): Promise<void> {
  const { settledRow, bytesRead, created, duplicates, failed } = settled
  await run(tx, settledStatement, [companyId, id, settledRow, bytesRead, created, duplicates, failed])
}

const settledStatement = statement(
  'save_settled_rows',
  `UPDATE imports SET settled_row = $3, bytes_read = $4, created = created + $5, duplicates = duplicates + $6, failed = failed + $7
   WHERE company_id = $1 AND id = $2`,
)

export type ImportedItem = { readonly rank: number; readonly id: string }

export async function insertItems(tx: Tx, { companyId, id }: JobTarget, items: readonly ImportedItem[]): Promise<void> {
  if (items.length > 0) await run(tx, insertItemsStatement, [companyId, id, JSON.stringify(items)])
}

const insertItemsStatement = statement(
  'insert_import_items',
  `INSERT INTO import_items (company_id, import_id, rank, entity_id)
   SELECT $1, $2, rank, id FROM json_to_recordset($3::json) AS i(rank smallint, id uuid)`,
)

export async function insertErrors(
  tx: Tx,
  { companyId, id }: JobTarget,
  problems: readonly (RowProblem & { readonly id: string })[],
): Promise<void> {
  if (problems.length > 0) await run(tx, insertErrorsStatement, [companyId, id, JSON.stringify(problems)])
}

const insertErrorsStatement = statement(
  'insert_import_errors',
  `INSERT INTO import_errors (company_id, import_id, row, id, field, code, message)
   SELECT $1, $2, row, id, field, code, message
   FROM json_to_recordset($3::json) AS e(row integer, id uuid, field text, code text, message text)`,
)

function stored(row: { json: string } | undefined): StoredImport | undefined {
  if (row === undefined) return undefined
  const value = JSON.parse(row.json) as DealImport
  return { json: row.json, version: value.version, value }
}
