import type { Contact } from '@dealwire/contracts'
import { run, statement, type Tx } from '@dealwire/db/client'
import { CONTACT_JOINS, CONTACT_JSON } from './contact-json.ts'

/** Locks the contacts of a customer in the order of ids; answers how many, up to the limit. */
export async function lockContactsOf(tx: Tx, companyId: string, customerId: string, limit: number): Promise<number> {
  const rows = await run(tx, lockStatement, [companyId, customerId, limit])
  return rows.length
}

const lockStatement = statement(
  'lock_contacts_of_customer',
  'SELECT id FROM contacts WHERE company_id = $1 AND customer_id = $2 AND deleted_at IS NULL ORDER BY id LIMIT $3 FOR UPDATE',
)

/** Deleted contacts go along without a word. */
export async function relinkContactRows(tx: Tx, companyId: string, from: string, to: string): Promise<Contact[]> {
  const rows = await run<{ contact: Contact }>(tx, relinkStatement, [companyId, from, to])
  return rows.map(({ contact }) => contact)
}

const relinkStatement = statement(
  'relink_contacts_of_customer',
  `WITH moved AS (
     UPDATE contacts SET customer_id = $3, version = version + 1, updated_at = statement_timestamp()
     WHERE company_id = $1 AND customer_id = $2 RETURNING *
   ) SELECT ${CONTACT_JSON} AS contact FROM moved c ${CONTACT_JOINS} WHERE c.deleted_at IS NULL`,
)
