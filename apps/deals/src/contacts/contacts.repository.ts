import type { Contact } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'
import { customFieldCondition } from '../custom-fields/custom-field-filters.ts'
import type { Definition } from '../custom-fields/custom-field-values.ts'
import { definitionsColumn, type WithDefinitions } from '../custom-fields/definitions-column.ts'
import { searchFilters } from '../parties/search-words.ts'
import { CONTACT_JOINS, CONTACT_JSON } from './contact-json.ts'

/** A contact as finished JSON, and as the value it was made from. */
export type StoredContact = { readonly json: string; readonly version: number; readonly contact: Contact }

/** A new contact, with what its custom fields are checked by. */
export type NewContact = StoredContact & { readonly definitions: readonly Definition[] }

/** What a caller may set, normalised. */
export type ContactFields = Pick<
  Contact,
  'name' | 'email' | 'phone' | 'phoneRaw' | 'customerId' | 'position' | 'customFields'
>
export type LockedContact = ContactFields & Pick<Contact, 'id' | 'version' | 'createdById'>

/** Why a write changed nothing. */
export type Refusal =
  | { readonly refusal: 'customer' }
  | { readonly refusal: 'duplicate'; readonly duplicateOfId: string | null }

type Answer = { refusal: 'customer' | null; json: string | null; twinId: string | null }

export const contactList: ListSpec = {
  name: 'contacts',
  from: 'contacts c',
  alias: 'c',
  where: 'c.company_id = $1 AND c.deleted_at IS NULL',
  item: CONTACT_JSON,
  joins: CONTACT_JOINS,
  sorts: {
    createdAt: { expression: 'c.created_at', type: 'timestamptz' },
    updatedAt: { expression: 'c.updated_at', type: 'timestamptz' },
    name: { expression: 'lower(c.name COLLATE pg_c_utf8)', type: 'text' },
  },
  filters: {
    customerId: 'c.customer_id = $?',
    customFields: customFieldCondition('c'),
    duplicateOfId: 'c.duplicate_of_id = $?',
    ...searchFilters('c'),
  },
  plannedByValue: { customFields: null },
}

export async function findContact(
  executor: Executor,
  companyId: string,
  id: string,
): Promise<StoredContact | undefined> {
  const found = await runOne<{ json: string }>(executor, findStatement, [companyId, id])
  return found === undefined ? undefined : stored(found.json)
}

const findStatement = statement(
  'find_contact',
  `SELECT ${CONTACT_JSON}::text AS json FROM contacts c ${CONTACT_JOINS} WHERE c.company_id = $1 AND c.id = $2 AND c.deleted_at IS NULL`,
)

export async function findContacts(
  executor: Executor,
  companyId: string,
  ids: readonly string[],
): Promise<StoredContact[]> {
  const rows = await run<{ json: string }>(executor, findManyStatement, [companyId, ids])
  return rows.map(({ json }) => stored(json))
}

const findManyStatement = statement(
  'find_contacts',
  `SELECT ${CONTACT_JSON}::text AS json FROM contacts c ${CONTACT_JOINS} WHERE c.company_id = $1 AND c.id = ANY($2::uuid[]) AND c.deleted_at IS NULL`,
)

/** Locks the row until the transaction ends, so that a change is made to what is stored now. */
export async function lockContact(tx: Tx, companyId: string, id: string): Promise<LockedContact | undefined> {
  return runOne<LockedContact>(tx, lockStatement, [companyId, id])
}

const lockStatement = statement(
  'lock_contact',
  `SELECT id, name, email, phone, phone_raw AS "phoneRaw", customer_id AS "customerId", position, custom_fields AS "customFields", version, created_by_id AS "createdById"
   FROM contacts WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL FOR UPDATE`,
)

// Locked, because it may be merged at the same time: then this waits, and finds it gone.
const REFUSAL = `CASE WHEN $3::uuid IS NOT NULL
  AND NOT EXISTS (SELECT FROM customers WHERE company_id = $1 AND id = $3 AND deleted_at IS NULL FOR KEY SHARE) THEN 'customer' END`

/** Inserts the contact unless its customer is missing, or a contact with its e-mail or phone exists and `allowDuplicate` is false. */
export async function insertContact(
  tx: Tx,
  companyId: string,
  contact: ContactFields & { id: string; createdById: string | null; allowDuplicate: boolean },
): Promise<NewContact | Refusal> {
  const values = [companyId, JSON.stringify(contact), contact.customerId]
  const answer = await runOne<Answer & WithDefinitions>(tx, insertStatement, values)
  const made = outcome(answer)
  return 'refusal' in made ? made : { ...made, definitions: answer?.definitions ?? [] }
}

const insertStatement = statement(
  'insert_contact',
  `WITH input AS (
     SELECT * FROM json_to_record($2::json) AS i(id uuid, name text, email text, phone text, "phoneRaw" text, position text,
       "createdById" uuid, "allowDuplicate" boolean, "customFields" jsonb)
   ), refusal AS (SELECT ${REFUSAL} AS code), twin AS (
     SELECT c.id FROM contacts c, input i
     WHERE c.company_id = $1 AND c.deleted_at IS NULL AND c.duplicate_of_id IS NULL AND (c.email = i.email OR c.phone = i.phone)
     ORDER BY c.created_at, c.id LIMIT 1
   ), made AS (
     INSERT INTO contacts (company_id, id, name, email, phone, phone_raw, customer_id, position, created_by_id, custom_fields, duplicate_of_id)
     SELECT $1, i.id, i.name, i.email, i.phone, i."phoneRaw", $3, i.position, i."createdById", i."customFields",
            CASE WHEN i."allowDuplicate" THEN (SELECT id FROM twin) END
     FROM input i, refusal r WHERE r.code IS NULL
     ON CONFLICT DO NOTHING
     RETURNING *
   )
   SELECT r.code AS refusal, (SELECT id FROM twin) AS "twinId", (SELECT ${CONTACT_JSON}::text FROM made c ${CONTACT_JOINS}) AS json,
     ${definitionsColumn('contact')} FROM refusal r`,
)

/** Replaces what a caller may set, unless its new customer is missing or another contact has its e-mail or phone. */
export async function updateContactRow(
  tx: Tx,
  companyId: string,
  contact: ContactFields & { id: string; newCustomerId: string | null },
): Promise<StoredContact | Refusal> {
  const answer = await runOne<Answer>(tx, updateStatement, [companyId, JSON.stringify(contact), contact.newCustomerId])
  return outcome(answer)
}

const updateStatement = statement(
  'update_contact',
  `WITH input AS (
     SELECT * FROM json_to_record($2::json) AS i(id uuid, name text, email text, phone text, "phoneRaw" text, "customerId" uuid, position text, "customFields" jsonb)
   ), refusal AS (SELECT ${REFUSAL} AS code), twin AS (
     SELECT t.id FROM input i
     JOIN contacts c ON c.company_id = $1 AND c.id = i.id AND c.duplicate_of_id IS NULL
     JOIN contacts t ON t.company_id = $1 AND t.deleted_at IS NULL AND t.duplicate_of_id IS NULL AND t.id <> i.id
       AND (t.email = i.email OR t.phone = i.phone)
     ORDER BY t.created_at, t.id LIMIT 1
   ), saved AS (
     UPDATE contacts c SET name = i.name, email = i.email, phone = i.phone, phone_raw = i."phoneRaw", customer_id = i."customerId",
       position = i.position, custom_fields = i."customFields", version = c.version + 1, updated_at = statement_timestamp()
     FROM input i, refusal r WHERE c.company_id = $1 AND c.id = i.id AND r.code IS NULL AND NOT EXISTS (SELECT FROM twin)
     RETURNING c.*
   )
   SELECT r.code AS refusal, (SELECT id FROM twin) AS "twinId", (SELECT ${CONTACT_JSON}::text FROM saved c ${CONTACT_JOINS}) AS json FROM refusal r`,
)

export async function deleteContactRow(tx: Tx, companyId: string, id: string): Promise<StoredContact> {
  const deleted = await runOne<{ json: string }>(tx, deleteStatement, [companyId, id])
  if (deleted === undefined) throw new Error(`The locked contact '${id}' is gone`)
  return stored(deleted.json)
}

const deleteStatement = statement(
  'delete_contact',
  `WITH deleted AS (
     UPDATE contacts SET deleted_at = statement_timestamp(), updated_at = statement_timestamp(), version = version + 1
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${CONTACT_JSON}::text AS json FROM deleted c ${CONTACT_JOINS}`,
)

function stored(json: string): StoredContact {
  const contact = JSON.parse(json) as Contact
  return { json, version: contact.version, contact }
}

function outcome(answer: Answer | undefined): StoredContact | Refusal {
  if (answer === undefined) throw new Error('A write of a contact answered no row')
  if (answer.refusal !== null) return { refusal: answer.refusal }
  return answer.json === null ? { refusal: 'duplicate', duplicateOfId: answer.twinId } : stored(answer.json)
}
