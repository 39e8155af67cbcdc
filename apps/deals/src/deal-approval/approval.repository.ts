import type { Deal } from '@dealwire/contracts'
import { runOne, statement, type Tx } from '@dealwire/db/client'
import { DEAL_JOINS, DEAL_JSON } from '../deals/deal-json.ts'
import { type StoredDeal, stored } from '../deals/stored-deal.ts'

export async function updateApprovalStatus(
  tx: Tx,
  companyId: string,
  id: string,
  status: Deal['approvalStatus'],
): Promise<StoredDeal | undefined> {
  return stored(await runOne<{ json: string }>(tx, approvalStatement, [companyId, id, status]))
}

const approvalStatement = statement(
  'update_approval_status',
  `WITH saved AS (
     UPDATE deals SET approval_status = $3, updated_at = statement_timestamp(), version = version + 1
     WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL RETURNING *
   ) SELECT ${DEAL_JSON}::text AS json FROM saved d ${DEAL_JOINS}`,
)
