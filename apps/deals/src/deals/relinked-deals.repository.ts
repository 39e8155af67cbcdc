import type { Deal } from '@dealwire/contracts'
import { run, statement, type Tx } from '@dealwire/db/client'
import { DEAL_JOINS, DEAL_JSON } from './deal-json.ts'

const COLUMNS = { contactId: 'contact_id', customerId: 'customer_id' } as const
export type PartyField = keyof typeof COLUMNS

type Of = { readonly field: PartyField; readonly from: string }

/** Locks the deals of one contact or customer in the order of ids, as bulk changes do; answers how many, up to the limit. */
export async function lockDealsOf(tx: Tx, companyId: string, { field, from }: Of, limit: number): Promise<number> {
  const rows = await run(tx, lockStatements[field], [companyId, from, limit])
  return rows.length
}

const lockOf = (field: PartyField) =>
  statement(
    `lock_deals_of_${COLUMNS[field]}`,
    `SELECT id FROM deals WHERE company_id = $1 AND ${COLUMNS[field]} = $2 AND deleted_at IS NULL ORDER BY id LIMIT $3 FOR UPDATE`,
  )
const lockStatements = { contactId: lockOf('contactId'), customerId: lockOf('customerId') }

/** Deleted deals go along without a word, because for everybody else they are gone. */
export async function relinkDealRows(
  tx: Tx,
  companyId: string,
  { field, from, to }: Of & { readonly to: string },
): Promise<Deal[]> {
  const rows = await run<{ deal: Deal }>(tx, relinkStatements[field], [companyId, from, to])
  return rows.map(({ deal }) => deal)
}

const relink = (field: PartyField) =>
  statement(
    `relink_deals_of_${COLUMNS[field]}`,
    `WITH moved AS (
       UPDATE deals SET ${COLUMNS[field]} = $3, version = version + 1, updated_at = statement_timestamp()
       WHERE company_id = $1 AND ${COLUMNS[field]} = $2 RETURNING *
     ) SELECT ${DEAL_JSON} AS deal FROM moved d ${DEAL_JOINS} WHERE d.deleted_at IS NULL`,
  )
const relinkStatements = { contactId: relink('contactId'), customerId: relink('customerId') }
