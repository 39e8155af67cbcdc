import type { LeadScoreWeights } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'

export type Weights = Pick<LeadScoreWeights, 'value' | 'stage' | 'priority' | 'leadSource'>

const COLUMNS = `w.value_weight AS "value", w.stage_weight AS stage, w.priority_weight AS priority, w.source_weight AS "leadSource",
  EXISTS (SELECT FROM sweeps b WHERE b.company_id = w.company_id AND b.kind = 'rescore-deals') AS rescoring, w.version, CASE WHEN w.version > 1 THEN iso(w.updated_at) END AS "updatedAt"`

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
