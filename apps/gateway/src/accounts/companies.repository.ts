import type { AnswerOf, getCompanyRoute } from '@dealwire/contracts'
import { type Executor, runOne, statement, type Tx } from '@dealwire/db/client'

export type Company = AnswerOf<typeof getCompanyRoute, 200>
export type CompanyFields = Pick<
  Company,
  'name' | 'currency' | 'timeZone' | 'defaultRegion' | 'searchLanguage' | 'settings'
>

const ITEM = `json_build_object('id', c.company_id, 'name', c.name, 'currency', c.currency, 'timeZone', c.time_zone,
  'defaultRegion', c.default_region, 'searchLanguage', c.search_language, 'settings', c.settings, 'version', c.version,
  'createdAt', iso(c.created_at), 'updatedAt', iso(c.updated_at))`

const INPUT = `json_to_record($2::json) AS i(name text, currency text, "timeZone" text, "defaultRegion" text, "searchLanguage" text, settings jsonb)`

type Row = { company: Company }

type NewRole = { readonly id: string; readonly key: string; readonly name: string; readonly scope: string }

/** Inserts a company with its built-in roles. */
export async function insertCompany(
  tx: Tx,
  companyId: string,
  fields: CompanyFields,
  builtIn: readonly NewRole[],
): Promise<Company> {
  const row = await runOne<Row>(tx, insertStatement, [companyId, JSON.stringify(fields), JSON.stringify(builtIn)])
  if (row === undefined) throw new Error('The insert of a company answered no row')
  return row.company
}

const insertStatement = statement(
  'insert_company',
  `WITH made AS (
     INSERT INTO companies (company_id, name, currency, time_zone, default_region, search_language, settings)
     SELECT $1, i.name, i.currency, i."timeZone", i."defaultRegion", i."searchLanguage", i.settings FROM ${INPUT} RETURNING *
   ), given AS (
     INSERT INTO roles (company_id, id, key, name, built_in, scope)
     SELECT $1, r.id, r.key, r.name, true, r.scope FROM json_to_recordset($3::json) AS r(id uuid, key text, name text, scope text)
   ) SELECT ${ITEM} AS company FROM made c`,
)

export async function findCompany(executor: Executor, companyId: string): Promise<Company | undefined> {
  const row = await runOne<Row>(executor, findStatement, [companyId])
  return row?.company
}

const findStatement = statement('find_company', `SELECT ${ITEM} AS company FROM companies c WHERE c.company_id = $1`)

/** Locks the row until the transaction ends. */
export async function lockCompany(tx: Tx, companyId: string): Promise<Company | undefined> {
  const row = await runOne<Row>(tx, lockStatement, [companyId])
  return row?.company
}

const lockStatement = statement(
  'lock_company',
  `SELECT ${ITEM} AS company FROM companies c WHERE c.company_id = $1 FOR NO KEY UPDATE`,
)

export async function updateCompanyRow(tx: Tx, companyId: string, fields: CompanyFields): Promise<Company> {
  const row = await runOne<Row>(tx, updateStatement, [companyId, JSON.stringify(fields)])
  if (row === undefined) throw new Error(`The locked company '${companyId}' is gone`)
  return row.company
}

const updateStatement = statement(
  'update_company',
  `WITH saved AS (
     UPDATE companies c SET name = i.name, currency = i.currency, time_zone = i."timeZone", default_region = i."defaultRegion",
       search_language = i."searchLanguage", settings = i.settings, version = c.version + 1, updated_at = statement_timestamp()
     FROM ${INPUT}
     WHERE c.company_id = $1 RETURNING c.*
   ) SELECT ${ITEM} AS company FROM saved c`,
)
