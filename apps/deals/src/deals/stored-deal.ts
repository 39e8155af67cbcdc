import type { Deal } from '@dealwire/contracts'
import { runOne, statement, type Tx } from '@dealwire/db/client'
import type { DealFields } from './deal.ts'
import { LOCKED_COLUMNS } from './deal-json.ts'

/** A deal as finished JSON, and as the value it was made from. */
export type StoredDeal = { readonly json: string; readonly version: number; readonly deal: Deal }

/** The row under its lock. */
export type LockedDeal = DealFields &
  Pick<
    Deal,
    | 'id'
    | 'pipelineId'
    | 'stage'
    | 'stageKind'
    | 'baseValue'
    | 'baseCurrency'
    | 'stageEnteredAt'
    | 'approvalStatus'
    | 'createdById'
    | 'version'
  >

export function stored(row: { json: string } | undefined): StoredDeal | undefined {
  if (row === undefined) return undefined
  const deal = JSON.parse(row.json) as Deal
  return { json: row.json, version: deal.version, deal }
}

/** Locks the row until the transaction ends, so that a change is made to what is stored now. */
export async function lockDeal(tx: Tx, companyId: string, id: string): Promise<LockedDeal | undefined> {
  return runOne<LockedDeal>(tx, lockStatement, [companyId, id])
}

const lockStatement = statement(
  'lock_deal',
  `SELECT ${LOCKED_COLUMNS}
   FROM deals d WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL FOR UPDATE`,
)
