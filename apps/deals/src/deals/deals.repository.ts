import type { Actor, Deal } from '@dealwire/contracts'
import { type Executor, runOne, statement, type Tx } from '@dealwire/db/client'
import type { Definition } from '../custom-fields/custom-field-values.ts'
import { definitionsColumn, type WithDefinitions } from '../custom-fields/definitions-column.ts'
import { leadScore, WEIGHTS_OF_STAGE } from '../lead-score/lead-score-sql.ts'
import type { DealFields, Destination } from './deal.ts'
import { DEAL_JOINS, DEAL_JSON } from './deal-json.ts'
import { type StoredDeal, stored } from './stored-deal.ts'

export async function findDeal(
  executor: Executor,
  companyId: string,
  id: string,
): Promise<{ json: string; version: number } | undefined> {
  return runOne(executor, findStatement, [companyId, id])
}

const findStatement = statement(
  'find_deal',
  `SELECT ${DEAL_JSON}::text AS json, d.version FROM deals d ${DEAL_JOINS} WHERE d.company_id = $1 AND d.id = $2 AND d.deleted_at IS NULL`,
)

/** Units of the base currency for one unit of `currency`. */
export type Price = { readonly baseCurrency: string; readonly rate: string }

/** $1 company, $2 deal, $3 author, $4… the fields; the same places in both statements. */
function fieldValues(author: Actor, id: string, fields: DealFields, price: Price, to: Destination): unknown[] {
  return [
    ...[
      author.companyId,
      id,
      author.userId,
      fields.title,
      fields.value,
      fields.currency,
      price.baseCurrency,
      price.rate,
    ],
    ...[to.pipelineId, to.stage, fields.priority, fields.leadSource, fields.probability, fields.expectedCloseDate],
    ...[fields.notes, fields.contactId, fields.customerId, fields.assignedToId, fields.lostReason, fields.tags],
    author.company.searchLanguage,
    JSON.stringify(fields.customFields),
  ]
}

// A reference becomes null when what it names is not there; locked, because it may be merged at the same time. Whoever acts is a known user, even before identity's event has arrived.
const CONTACT =
  '(SELECT id FROM contacts WHERE company_id = $1 AND id = $16::uuid AND deleted_at IS NULL FOR KEY SHARE)'
const CUSTOMER =
  '(SELECT id FROM customers WHERE company_id = $1 AND id = $17::uuid AND deleted_at IS NULL FOR KEY SHARE)'
const ASSIGNEE = `CASE WHEN $18::uuid = $3::uuid THEN $18
  ELSE (SELECT id FROM user_refs WHERE company_id = $1 AND id = $18 AND active) END`

/** A deal as it was stored, with what its custom fields are checked by. */
export type NewDeal = StoredDeal & { readonly definitions: readonly Definition[] }

/** Stores a new deal where it is to go; undefined when there is no such stage. */
export async function insertDeal(
  tx: Tx,
  author: Actor,
  deal: { id: string; fields: DealFields; price: Price; to: Destination },
): Promise<NewDeal | undefined> {
  const values = fieldValues(author, deal.id, deal.fields, deal.price, deal.to)
  const row = await runOne<{ json: string } & WithDefinitions>(tx, insertStatement, values)
  const made = stored(row)
  return made === undefined ? undefined : { ...made, definitions: row?.definitions ?? [] }
}

const insertStatement = statement(
  'insert_deal',
  `WITH made AS (
     INSERT INTO deals (company_id, id, title, value, currency, base_value, base_currency, pipeline_id, stage, stage_kind, priority, lead_source,
       lead_score, probability, expected_close_date, notes, contact_id, customer_id, assigned_to_id, tags, stage_entered_at, closed_at, lost_reason,
       created_by_id, search_language, custom_fields)
     SELECT $1, $2, $4, $5, $6, round($5::numeric * $8::numeric, 2), $7, s.pipeline_id, s.key, s.kind, $11, $12,
       ${leadScore('$5', '$11', '$12')}, $13, $14, $15, ${CONTACT}, ${CUSTOMER}, ${ASSIGNEE}, $20,
       now(), CASE WHEN s.kind <> 'OPEN' THEN now() END, $19, $3, $21, $22
     FROM pipelines p JOIN stages s ON s.company_id = p.company_id AND s.pipeline_id = p.id ${WEIGHTS_OF_STAGE}
     WHERE p.company_id = $1 AND p.deleted_at IS NULL
       AND CASE WHEN $9::uuid IS NULL THEN p.is_default ELSE p.id = $9 END
       AND CASE WHEN $10::text IS NULL THEN s.kind = 'OPEN' ELSE s.key = $10 END
     ORDER BY s.position LIMIT 1 FOR KEY SHARE OF s
     RETURNING *
   )
   SELECT ${DEAL_JSON}::text AS json, ${definitionsColumn('deal')} FROM made d ${DEAL_JOINS}`,
)

/** Stores the fields of a locked deal with what follows from them; undefined when there is no such stage. */
export async function updateDealRow(
  tx: Tx,
  author: Actor,
  deal: { id: string; fields: DealFields; price: Price; to: Destination; reprice: boolean },
): Promise<StoredDeal | undefined> {
  const values = [...fieldValues(author, deal.id, deal.fields, deal.price, deal.to), deal.reprice]
  return stored(await runOne<{ json: string }>(tx, updateStatement, values))
}

/** The base value is fixed again when the deal closes. */
const REPRICE = "$23 OR s.kind NOT IN ('OPEN', d.stage_kind)"

const updateStatement = statement(
  'update_deal',
  `WITH saved AS (
     UPDATE deals d SET title = $4, value = $5, currency = $6,
       base_value = CASE WHEN ${REPRICE} THEN round($5::numeric * $8::numeric, 2) ELSE d.base_value END,
       base_currency = CASE WHEN ${REPRICE} THEN $7 ELSE d.base_currency END,
       pipeline_id = s.pipeline_id, stage = s.key, stage_kind = s.kind, priority = $11, lead_source = $12,
       lead_score = ${leadScore('$5', '$11', '$12')}, probability = $13, expected_close_date = $14, notes = $15,
       contact_id = CASE WHEN $16 = d.contact_id THEN $16 ELSE ${CONTACT} END,
       customer_id = CASE WHEN $17 = d.customer_id THEN $17 ELSE ${CUSTOMER} END,
       assigned_to_id = CASE WHEN $18 = d.assigned_to_id THEN $18 ELSE ${ASSIGNEE} END,
       tags = $20, search_language = $21, custom_fields = $22,
       stage_entered_at = CASE WHEN (d.pipeline_id, d.stage) = (s.pipeline_id, s.key) THEN d.stage_entered_at ELSE statement_timestamp() END,
       closed_at = CASE WHEN s.kind = 'OPEN' THEN NULL WHEN s.kind = d.stage_kind THEN d.closed_at ELSE statement_timestamp() END,
       lost_reason = CASE WHEN d.stage_kind = 'LOST' AND s.kind <> 'LOST' THEN NULL ELSE $19 END,
       version = d.version + 1, updated_at = statement_timestamp()
     FROM stages s ${WEIGHTS_OF_STAGE}
     WHERE d.company_id = $1 AND d.id = $2 AND s.company_id = $1 AND s.pipeline_id = $9 AND s.key = $10
     RETURNING d.*
   )
   SELECT ${DEAL_JSON}::text AS json FROM saved d ${DEAL_JOINS}`,
)

export async function touchDealRow(
  tx: Tx,
  companyId: string,
  id: string,
): Promise<Pick<Deal, 'assignedToId' | 'createdById' | 'customerId'> | undefined> {
  return runOne(tx, touchStatement, [companyId, id])
}

const touchStatement = statement(
  'touch_deal',
  `UPDATE deals SET last_activity_at = greatest(last_activity_at, statement_timestamp())
   WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL
   RETURNING assigned_to_id AS "assignedToId", created_by_id AS "createdById", customer_id AS "customerId"`,
)

export async function deleteDealRow(tx: Tx, companyId: string, id: string): Promise<StoredDeal | undefined> {
  return stored(await runOne<{ json: string }>(tx, deleteStatement, [companyId, id]))
}

const deleteStatement = statement(
  'delete_deal',
  `WITH deleted AS (
     UPDATE deals SET deleted_at = statement_timestamp(), updated_at = statement_timestamp(), version = version + 1
     WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL RETURNING *
   ) SELECT ${DEAL_JSON}::text AS json FROM deleted d ${DEAL_JOINS}`,
)
