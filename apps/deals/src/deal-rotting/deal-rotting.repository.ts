import type { Deal } from '@dealwire/contracts'
import { run, statement, type Tx } from '@dealwire/db/client'
import { DEAL_JOINS, DEAL_JSON } from '../deals/deal-json.ts'

/** Marks what is rotten and not told of since something last happened; other processes take other rows. */
export async function takeRotting(tx: Tx, limit: number): Promise<{ companyId: string; deal: Deal }[]> {
  return run(tx, takeStatement, [limit])
}

const takeStatement = statement(
  'take_rotting_deals',
  `WITH due AS (
     SELECT d.company_id, d.id FROM stages s
     JOIN deals d ON d.company_id = s.company_id AND d.pipeline_id = s.pipeline_id AND d.stage = s.key AND d.stage_kind = 'OPEN'
       AND d.deleted_at IS NULL AND greatest(d.stage_entered_at, d.last_activity_at) < now() - s.rotten_days * interval '1 day'
     WHERE s.rotten_days > 0 AND s.kind = 'OPEN'
       AND (d.rotting_told_at IS NULL OR d.rotting_told_at < greatest(d.stage_entered_at, d.last_activity_at))
     LIMIT $1 FOR UPDATE OF d SKIP LOCKED
   ), told AS (
     UPDATE deals d SET rotting_told_at = statement_timestamp()
     FROM due WHERE d.company_id = due.company_id AND d.id = due.id RETURNING d.*
   )
   SELECT d.company_id AS "companyId", ${DEAL_JSON} AS deal FROM told d ${DEAL_JOINS}`,
)
