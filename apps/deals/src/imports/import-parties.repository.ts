import type { Contact, Customer, CustomFields } from '@dealwire/contracts'
import { run, statement, type Tx } from '@dealwire/db/client'
import { CONTACT_JOINS, CONTACT_JSON } from '../contacts/contact-json.ts'
import { CUSTOMER_JOINS, CUSTOMER_JSON } from '../customers/customer-json.ts'

type PartyRow = {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly phoneRaw: string | null
  /** Found by its name, where it has neither e-mail nor phone to be found by. */
  readonly byName: boolean
  readonly customFields: CustomFields
}
export type ContactRow = PartyRow & { readonly customerId: string | null; readonly position: string | null }
export type CustomerRow = PartyRow & Pick<Customer, 'kind' | 'source' | 'status' | 'assignedToId' | 'tags'>

/** What became of a row: it was made, or one that is there has its key. Neither when a reference is not there. */
type Outcome<Entity> = { readonly id: string; readonly foundId: string | null; readonly made: Entity | null }

/** Makes those contacts that are not there yet. No two of the rows may have an e-mail or a phone in common. */
export async function insertMissingContacts(
  tx: Tx,
  { companyId, userId }: { readonly companyId: string; readonly userId: string | null },
  rows: readonly ContactRow[],
): Promise<Outcome<Contact>[]> {
  if (rows.length === 0) return []
  return run(tx, contactsStatement, [companyId, userId, JSON.stringify(rows)])
}

export async function insertMissingCustomers(
  tx: Tx,
  { companyId, userId }: { readonly companyId: string; readonly userId: string | null },
  rows: readonly CustomerRow[],
): Promise<Outcome<Customer>[]> {
  if (rows.length === 0) return []
  return run(tx, customersStatement, [companyId, userId, JSON.stringify(rows)])
}

/** The key is that of the unique indexes, which have the last word: who commits first with a key is who is found. */
const found = (table: 'contacts' | 'customers') => `found AS (
     SELECT DISTINCT ON (i.id) i.id, t.id AS found_id FROM input i
     JOIN ${table} t ON t.company_id = $1 AND t.deleted_at IS NULL AND t.duplicate_of_id IS NULL AND (t.email = i.email OR t.phone = i.phone
       OR lower(t.name COLLATE pg_c_utf8) = CASE WHEN i."byName" THEN lower(i.name COLLATE pg_c_utf8) END)
     ORDER BY i.id, t.created_at, t.id
   )`

const contactsStatement = statement(
  'import_contacts',
  `WITH input AS (
     SELECT * FROM json_to_recordset($3::json) AS i(id uuid, name text, email text, phone text, "phoneRaw" text, "byName" boolean,
       "customerId" uuid, position text, "customFields" jsonb)
   ), ${found('contacts')}, made AS (
     INSERT INTO contacts (company_id, id, name, email, phone, phone_raw, customer_id, position, created_by_id, custom_fields)
     SELECT $1, i.id, i.name, i.email, i.phone, i."phoneRaw", i."customerId", i.position, $2::uuid, i."customFields" FROM input i
     WHERE NOT EXISTS (SELECT FROM found f WHERE f.id = i.id) AND (i."customerId" IS NULL
       OR EXISTS (SELECT FROM customers u WHERE u.company_id = $1 AND u.id = i."customerId" AND u.deleted_at IS NULL))
     ON CONFLICT DO NOTHING RETURNING *
   )
   SELECT i.id, f.found_id AS "foundId", m.made FROM input i LEFT JOIN found f ON f.id = i.id
   LEFT JOIN (SELECT c.id, ${CONTACT_JSON} AS made FROM made c ${CONTACT_JOINS}) m ON m.id = i.id`,
)

const customersStatement = statement(
  'import_customers',
  `WITH input AS (
     SELECT * FROM json_to_recordset($3::json) AS i(id uuid, name text, email text, phone text, "phoneRaw" text, "byName" boolean,
       kind text, source text, status text, "assignedToId" uuid, tags text[], "customFields" jsonb)
   ), ${found('customers')}, made AS (
     INSERT INTO customers (company_id, id, kind, name, email, phone, phone_raw, source, status, assigned_to_id, tags, created_by_id, custom_fields)
     SELECT $1, i.id, i.kind, i.name, i.email, i.phone, i."phoneRaw", i.source, i.status, i."assignedToId", i.tags, $2::uuid, i."customFields" FROM input i
     WHERE NOT EXISTS (SELECT FROM found f WHERE f.id = i.id) AND (i."assignedToId" IS NULL OR i."assignedToId" = $2
       OR EXISTS (SELECT FROM user_refs r WHERE r.company_id = $1 AND r.id = i."assignedToId" AND r.active))
     ON CONFLICT DO NOTHING RETURNING *
   )
   SELECT i.id, f.found_id AS "foundId", m.made FROM input i LEFT JOIN found f ON f.id = i.id
   LEFT JOIN (SELECT c.id, ${CUSTOMER_JSON} AS made FROM made c ${CUSTOMER_JOINS}) m ON m.id = i.id`,
)
