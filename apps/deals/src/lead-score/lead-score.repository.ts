import type { LeadScoreWeights } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import { LEAD_SCORE_OF_DEAL, WEIGHTS_OF_STAGE } from './lead-score-sql.ts'

export type Weights = Pick<LeadScoreWeights, 'value' | 'stage' | 'priority' | 'leadSource'>

const COLUMNS = `w.value_weight AS "value", w.stage_weight AS stage, w.priority_weight AS priority, w.source_weight AS "leadSource",
  w.settled_version < w.version AS rescoring, w.version, CASE WHEN w.version > 1 THEN iso(w.updated_at) END AS "updatedAt"`

export async function findWeights(db: Executor, companyId: string): Promise<LeadScoreWeights | undefined> {
  return runOne(db, findStatement, [companyId])
}

const findStatement = statement(
  'find_lead_score_weights',
  `SELECT ${COLUMNS} FROM lead_score_weights w WHERE w.company_id = $1`,
)

/** Locks the row, made from what every company starts with when it is not there. */
export async function lockWeights(tx: Tx, companyId: string, start: Weights): Promise<LeadScoreWeights> {
  await run(tx, startStatement, [companyId, start.value, start.stage, start.priority, start.leadSource])
  const locked = await runOne<LeadScoreWeights>(tx, lockStatement, [companyId])
  if (locked === undefined) throw new Error('The row was made before')
  return locked
}

const startStatement = statement(
  'start_lead_score_weights',
  `INSERT INTO lead_score_weights (company_id, value_weight, stage_weight, priority_weight, source_weight)
   VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
)
const lockStatement = statement(
  'lock_lead_score_weights',
  `SELECT ${COLUMNS} FROM lead_score_weights w WHERE w.company_id = $1 FOR UPDATE`,
)

export async function updateWeights(tx: Tx, companyId: string, to: Weights): Promise<LeadScoreWeights | undefined> {
  return runOne(tx, updateStatement, [companyId, to.value, to.stage, to.priority, to.leadSource])
}

const updateStatement = statement(
  'update_lead_score_weights',
  `UPDATE lead_score_weights w SET value_weight = $2, stage_weight = $3, priority_weight = $4, source_weight = $5,
     version = w.version + 1, updated_at = statement_timestamp()
   WHERE w.company_id = $1 RETURNING ${COLUMNS}`,
)

/** A company whose deals are to be scored again. `isQuiet`: nothing that began before the weights changed is still under way. */
export type Unsettled = { readonly companyId: string; readonly version: number; readonly isQuiet: boolean }

/** Those that have not been passed since their weights changed, and those that are quiet and have their last pass before them. */
export async function findUnsettled(db: Executor, quietSeconds: number, limit: number): Promise<Unsettled[]> {
  return run(db, findUnsettledStatement, [quietSeconds, limit])
}

const findUnsettledStatement = statement(
  'find_unsettled_lead_scores',
  `SELECT company_id AS "companyId", version, updated_at < now() - make_interval(secs => $1) AS "isQuiet" FROM lead_score_weights
   WHERE settled_version < version AND (passed_version < version OR updated_at < now() - make_interval(secs => $1))
   ORDER BY updated_at LIMIT $2`,
)

/** Scores the deals of a page that do not have the score of their row, and answers where the next page begins. */
export async function rescorePage(
  db: Executor,
  companyId: string,
  after: string,
  limit: number,
): Promise<{ readonly last: string | null; readonly deals: number }> {
  const page = await runOne<{ last: string | null; deals: number }>(db, rescoreStatement, [companyId, after, limit])
  return page ?? { last: null, deals: 0 }
}

const rescoreStatement = statement(
  'rescore_page_of_deals',
  `WITH page AS (
     SELECT id FROM deals WHERE company_id = $1 AND id > $2 ORDER BY id LIMIT $3
   ), saved AS (
     UPDATE deals d SET lead_score = ${LEAD_SCORE_OF_DEAL}
     FROM page p, stages s ${WEIGHTS_OF_STAGE}
     WHERE d.company_id = $1 AND d.id = p.id AND s.company_id = $1 AND s.pipeline_id = d.pipeline_id AND s.key = d.stage
       AND d.lead_score <> ${LEAD_SCORE_OF_DEAL}
   )
   SELECT max(id::text) AS last, count(*)::int AS deals FROM page`,
)

export async function markPassed(db: Executor, { companyId, version, isQuiet }: Unsettled): Promise<void> {
  await run(db, markStatement, [companyId, version, isQuiet])
}

const markStatement = statement(
  'mark_lead_scores_passed',
  `UPDATE lead_score_weights SET passed_version = $2, settled_version = CASE WHEN $3 THEN $2 ELSE settled_version END
   WHERE company_id = $1 AND version = $2`,
)
