import type { Contact, Customer, Deal } from '@dealwire/contracts'
import { run, type Statement, statement, type Tx } from '@dealwire/db/client'
import { CONTACT_JOINS, CONTACT_JSON } from '../contacts/contact-json.ts'
import { CUSTOMER_JOINS, CUSTOMER_JSON } from '../customers/customer-json.ts'
import { DEAL_JOINS, DEAL_JSON } from '../deals/deal-json.ts'
import type { JobTarget } from '../jobs/job-queue.ts'
import type { ImportedItem } from './imports.repository.ts'

/** What is not settled, deals first. The lock of the import keeps others away. */
export async function takeItems(tx: Tx, { companyId, id }: JobTarget, limit: number): Promise<ImportedItem[]> {
  return run(tx, takeStatement, [companyId, id, limit])
}

const takeStatement = statement(
  'take_import_items',
  `SELECT rank, entity_id AS id FROM import_items WHERE company_id = $1 AND import_id = $2 AND outcome = 'created'
   ORDER BY rank, entity_id LIMIT $3`,
)

type Entity = Deal | Contact | Customer

/** Deletes those that are as the import made them and that nothing else refers to. */
export async function deleteUntouched(
  tx: Tx,
  companyId: string,
  rank: number,
  ids: readonly string[],
): Promise<Entity[]> {
  const query = deletes[rank]
  if (query === undefined) throw new Error(`Nothing has rank ${rank}`)
  const rows = await run<{ entity: Entity }>(tx, query, [companyId, ids])
  return rows.map(({ entity }) => entity)
}

const GONE = 'deleted_at = statement_timestamp(), updated_at = statement_timestamp(), version = version + 1'
const UNTOUCHED = 'company_id = $1 AND id = ANY($2::uuid[]) AND version = 1 AND deleted_at IS NULL'

const deletes: Readonly<Record<number, Statement>> = {
  1: statement(
    'revert_imported_deals',
    `WITH gone AS (
       UPDATE deals d SET ${GONE} WHERE ${UNTOUCHED} AND last_activity_at IS NULL
         AND NOT EXISTS (SELECT FROM activities a WHERE a.company_id = $1 AND a.deal_id = d.id)
         AND NOT EXISTS (SELECT FROM line_items l WHERE l.company_id = $1 AND l.deal_id = d.id)
       RETURNING *
     ) SELECT ${DEAL_JSON} AS entity FROM gone d ${DEAL_JOINS}`,
  ),
  2: statement(
    'revert_imported_contacts',
    `WITH gone AS (
       UPDATE contacts c SET ${GONE} WHERE ${UNTOUCHED}
         AND NOT EXISTS (SELECT FROM deals d WHERE d.company_id = $1 AND d.contact_id = c.id AND d.deleted_at IS NULL)
       RETURNING *
     ) SELECT ${CONTACT_JSON} AS entity FROM gone c ${CONTACT_JOINS}`,
  ),
  3: statement(
    'revert_imported_customers',
    `WITH gone AS (
       UPDATE customers c SET ${GONE} WHERE ${UNTOUCHED}
         AND NOT EXISTS (SELECT FROM deals d WHERE d.company_id = $1 AND d.customer_id = c.id AND d.deleted_at IS NULL)
         AND NOT EXISTS (SELECT FROM contacts p WHERE p.company_id = $1 AND p.customer_id = c.id AND p.deleted_at IS NULL)
       RETURNING *
     ) SELECT ${CUSTOMER_JSON} AS entity FROM gone c ${CUSTOMER_JOINS}`,
  ),
}

type Reverted = { readonly rank: number; readonly ids: readonly string[]; readonly deleted: readonly string[] }

export async function saveReverted(tx: Tx, { companyId, id }: JobTarget, reverted: Reverted): Promise<void> {
  const { rank, ids, deleted } = reverted
  await run(tx, saveStatement, [companyId, id, rank, ids, deleted])
}

const saveStatement = statement(
  'save_reverted_items',
  `WITH settled AS (
     UPDATE import_items SET outcome = CASE WHEN entity_id = ANY($5::uuid[]) THEN 'reverted' ELSE 'kept' END
     WHERE company_id = $1 AND import_id = $2 AND rank = $3 AND entity_id = ANY($4::uuid[]) RETURNING outcome
   )
   UPDATE imports SET reverted = reverted + (SELECT count(*) FROM settled WHERE outcome = 'reverted'),
     kept = kept + (SELECT count(*) FROM settled WHERE outcome = 'kept')
   WHERE company_id = $1 AND id = $2`,
)
