import { type Executor, runOne, statement, type Tx } from '@dealwire/db/client'

export type Settings = {
  readonly overReceiptPercent: number
  readonly wonDealDraftsWorkOrder: boolean
  readonly version: number
}

const FIELDS = `over_receipt_percent::float8 AS "overReceiptPercent", won_deal_drafts_work_order AS "wonDealDraftsWorkOrder", version`

export async function findSettings(executor: Executor, companyId: string): Promise<Settings | undefined> {
  return runOne(executor, findStatement, [companyId])
}

const findStatement = statement('find_settings', `SELECT ${FIELDS} FROM settings WHERE company_id = $1`)

/** Makes the row of a company that has none, and locks it. */
export async function lockSettings(tx: Tx, companyId: string): Promise<Settings> {
  const locked = await runOne<Settings>(tx, lockStatement, [companyId])
  if (locked === undefined) throw new Error('Settings could be neither made nor locked')
  return locked
}

const lockStatement = statement(
  'lock_settings',
  `INSERT INTO settings (company_id) VALUES ($1) ON CONFLICT (company_id) DO UPDATE SET company_id = excluded.company_id RETURNING ${FIELDS}`,
)

export async function updateSettingsRow(tx: Tx, companyId: string, settings: Settings): Promise<Settings> {
  const values = [companyId, settings.overReceiptPercent, settings.wonDealDraftsWorkOrder]
  const saved = await runOne<Settings>(tx, updateStatement, values)
  if (saved === undefined) throw new Error('Settings that are locked could not be written')
  return saved
}

const updateStatement = statement(
  'update_settings',
  `UPDATE settings SET over_receipt_percent = $2, won_deal_drafts_work_order = $3, version = version + 1, updated_at = statement_timestamp()
   WHERE company_id = $1 RETURNING ${FIELDS}`,
)
