import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import { LEAD_SCORE_OF_DEAL, WEIGHTS_OF_STAGE } from '../lead-score/lead-score-sql.ts'
import type { Sweep, SweepWork } from './sweep.ts'

export async function insertSweep(
  tx: Tx,
  companyId: string,
  { id, kind, argument, afterSeconds }: SweepWork & { readonly id: string; readonly afterSeconds: number },
): Promise<void> {
  await run(tx, insertStatement, [companyId, id, kind, JSON.stringify(argument), afterSeconds])
}

const insertStatement = statement(
  'insert_sweep',
  `INSERT INTO sweeps (company_id, id, kind, argument, not_before) VALUES ($1, $2, $3, $4, date_trunc('milliseconds', now()) + $5 * interval '1 second')`,
)

/** Forgets those for the same work that have not begun. */
export async function deleteWaitingSweeps(tx: Tx, companyId: string, { kind, argument }: SweepWork): Promise<void> {
  await run(tx, deleteWaitingStatement, [companyId, kind, JSON.stringify(argument)])
}

const deleteWaitingStatement = statement(
  'delete_waiting_sweeps',
  `DELETE FROM sweeps WHERE company_id = $1 AND kind = $2 AND argument = $3 AND after_id = '00000000-0000-0000-0000-000000000000'`,
)

/** The oldest that is due and in nobody's hands: of the company, or of any. */
export async function takeSweep(tx: Tx, companyId: string | null): Promise<Sweep | undefined> {
  return runOne<Sweep>(tx, takeStatement, [companyId])
}

const takeStatement = statement(
  'take_sweep',
  `SELECT company_id AS "companyId", id, kind, argument, after_id AS "afterId" FROM sweeps
   WHERE not_before <= now() AND ($1::uuid IS NULL OR company_id = $1)
   ORDER BY not_before LIMIT 1 FOR UPDATE SKIP LOCKED`,
)

/** Notes how far it has come; null is the end of it. */
export async function advanceSweep(tx: Tx, { companyId, id }: Sweep, afterId: string | null): Promise<void> {
  if (afterId === null) await run(tx, deleteStatement, [companyId, id])
  else await run(tx, advanceStatement, [companyId, id, afterId])
}

/** Lets others go first after a failure, so that one that fails again and again holds nothing up. */
export async function postponeSweep(tx: Tx, { companyId, id }: Sweep): Promise<void> {
  await run(tx, postponeStatement, [companyId, id])
}

const postponeStatement = statement(
  'postpone_sweep',
  `UPDATE sweeps SET not_before = now() + interval '1 minute' WHERE company_id = $1 AND id = $2`,
)

const deleteStatement = statement('delete_sweep', 'DELETE FROM sweeps WHERE company_id = $1 AND id = $2')
const advanceStatement = statement('advance_sweep', 'UPDATE sweeps SET after_id = $3 WHERE company_id = $1 AND id = $2')

const TABLES = { deal: 'deals', customer: 'customers', contact: 'contacts' } as const

/** One batch of the rows of a table after an id: does `change` to them, and answers the last id, or null when that was the end. */
function batchStatement(name: string, table: string, size: number, change: string) {
  return statement(
    name,
    `WITH batch AS MATERIALIZED (
       SELECT id FROM ${table} WHERE company_id = $1 AND id > $2 ORDER BY id LIMIT ${size}
     ), changed AS (${change})
     SELECT CASE WHEN count(*) = ${size} THEN max(id::text) END AS last FROM batch`,
  )
}

const BATCH = 1_000
/** Each row is parsed into words anew. */
const INDEX_BATCH = 200

const erase = (entity: keyof typeof TABLES) =>
  batchStatement(
    `erase_custom_field_of_${entity}`,
    TABLES[entity],
    BATCH,
    `UPDATE ${TABLES[entity]} r SET custom_fields = r.custom_fields - $3::text
     FROM batch WHERE r.company_id = $1 AND r.id = batch.id AND r.custom_fields ? $3`,
  )
const eraseStatements = { deal: erase('deal'), customer: erase('customer'), contact: erase('contact') }

export async function eraseCustomField(
  tx: Tx,
  { companyId, afterId }: Sweep,
  { entity, key }: { readonly entity: keyof typeof TABLES; readonly key: string },
): Promise<string | null> {
  return lastOf(tx, eraseStatements[entity], [companyId, afterId, key])
}

/** Gives the key of a field free, all of whose values are erased. */
export async function forgetCustomField(tx: Tx, companyId: string, id: string): Promise<void> {
  await run(tx, forgetStatement, [companyId, id])
}

const forgetStatement = statement('forget_custom_field', 'DELETE FROM custom_fields WHERE company_id = $1 AND id = $2')

/** The score is that of the stored row, so it follows the probability of its stage and the company's weights. Not a change of the deal: no version, no event. */
export async function rescoreDeals(
  tx: Tx,
  { companyId, afterId }: Sweep,
  { pipelineId, stages }: { readonly pipelineId?: string; readonly stages?: readonly string[] },
): Promise<string | null> {
  return lastOf(tx, rescoreStatement, [companyId, afterId, pipelineId ?? null, stages ?? null])
}

const rescoreStatement = batchStatement(
  'rescore_deals',
  'deals',
  BATCH,
  `UPDATE deals d SET lead_score = ${LEAD_SCORE_OF_DEAL}
   FROM batch CROSS JOIN stages s ${WEIGHTS_OF_STAGE}
   WHERE d.company_id = $1 AND d.id = batch.id
     AND ($3::uuid IS NULL OR d.pipeline_id = $3) AND ($4::text[] IS NULL OR d.stage = ANY($4))
     AND s.company_id = $1 AND s.pipeline_id = d.pipeline_id AND s.key = d.stage
     AND d.lead_score <> ${LEAD_SCORE_OF_DEAL}`,
)

/** A trigger makes the words of a deal anew when its language changes. */
export async function indexDeals(tx: Tx, { companyId, afterId }: Sweep, language: string): Promise<string | null> {
  return lastOf(tx, indexStatement, [companyId, afterId, language])
}

const indexStatement = batchStatement(
  'index_deals_in_language',
  'deals',
  INDEX_BATCH,
  `UPDATE deals d SET search_language = $3 FROM batch WHERE d.company_id = $1 AND d.id = batch.id AND d.search_language <> $3`,
)

async function lastOf(
  executor: Executor,
  batch: ReturnType<typeof batchStatement>,
  values: readonly unknown[],
): Promise<string | null> {
  const row = await runOne<{ last: string | null }>(executor, batch, values)
  return row?.last ?? null
}
