import type { Author, Customer } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'
import { customFieldCondition } from '../custom-fields/custom-field-filters.ts'
import type { Definition } from '../custom-fields/custom-field-values.ts'
import { definitionsColumn, type WithDefinitions } from '../custom-fields/definitions-column.ts'
import { searchFilters } from '../parties/search-words.ts'

/** A customer as finished JSON, and as the value it was made from. */
export type StoredCustomer = { readonly json: string; readonly version: number; readonly customer: Customer }

/** A new customer, with what its custom fields are checked by. */
export type NewCustomer = StoredCustomer & { readonly definitions: readonly Definition[] }

/** What a caller may set, normalised. */
export type CustomerFields = Pick<
  Customer,
  'kind' | 'name' | 'email' | 'phone' | 'phoneRaw' | 'source' | 'status' | 'assignedToId' | 'tags' | 'customFields'
>
export type LockedCustomer = CustomerFields & Pick<Customer, 'id' | 'version' | 'createdById'>

/** Why a write changed nothing. */
export type Refusal =
  | { readonly refusal: 'assignee' }
  | { readonly refusal: 'duplicate'; readonly duplicateOfId: string | null }

type Answer = { refusal: 'assignee' | null; json: string | null; twinId: string | null }

const COLUMNS = `c.id, c.kind, c.name, c.email, c.phone, c.phone_raw AS "phoneRaw", c.source, c.status, c.assigned_to_id AS
  "assignedToId", u.name AS "assignedToName", c.tags, c.custom_fields AS "customFields", c.duplicate_of_id AS "duplicateOfId", c.created_by_id AS
  "createdById", c.version, iso(c.created_at) AS "createdAt", iso(c.updated_at) AS "updatedAt"`
// The row `json` is pulled up into the query; json_build_object costs half as much again.
const JOINS = `LEFT JOIN user_refs u ON u.company_id = c.company_id AND u.id = c.assigned_to_id
  CROSS JOIN LATERAL (SELECT ${COLUMNS}) json`
const ITEM = 'row_to_json(json)'

export const customerList: ListSpec = {
  name: 'customers',
  from: 'customers c',
  alias: 'c',
  where: 'c.company_id = $1 AND c.deleted_at IS NULL',
  item: ITEM,
  joins: JOINS,
  sorts: {
    createdAt: { expression: 'c.created_at', type: 'timestamptz' },
    updatedAt: { expression: 'c.updated_at', type: 'timestamptz' },
    name: { expression: 'lower(c.name COLLATE pg_c_utf8)', type: 'text' },
  },
  filters: {
    kind: 'c.kind = $?',
    status: 'c.status = $?',
    source: 'c.source = $?',
    assignedToId: 'c.assigned_to_id = $?',
    tag: 'c.tags @> ARRAY[$?::text]',
    customFields: customFieldCondition('c'),
    duplicateOfId: 'c.duplicate_of_id = $?',
    ...searchFilters('c'),
  },
  plannedByValue: { tag: null, customFields: null },
}

export async function findCustomer(
  executor: Executor,
  companyId: string,
  id: string,
): Promise<StoredCustomer | undefined> {
  const found = await runOne<{ json: string }>(executor, findStatement, [companyId, id])
  return found === undefined ? undefined : stored(found.json)
}

const findStatement = statement(
  'find_customer',
  `SELECT ${ITEM}::text AS json FROM customers c ${JOINS} WHERE c.company_id = $1 AND c.id = $2 AND c.deleted_at IS NULL`,
)

export async function findCustomers(
  executor: Executor,
  companyId: string,
  ids: readonly string[],
): Promise<StoredCustomer[]> {
  const rows = await run<{ json: string }>(executor, findManyStatement, [companyId, ids])
  return rows.map(({ json }) => stored(json))
}

const findManyStatement = statement(
  'find_customers',
  `SELECT ${ITEM}::text AS json FROM customers c ${JOINS} WHERE c.company_id = $1 AND c.id = ANY($2::uuid[]) AND c.deleted_at IS NULL`,
)

/** Locks the row until the transaction ends, so that a change is made to what is stored now. */
export async function lockCustomer(tx: Tx, companyId: string, id: string): Promise<LockedCustomer | undefined> {
  return runOne<LockedCustomer>(tx, lockStatement, [companyId, id])
}

const lockStatement = statement(
  'lock_customer',
  `SELECT id, kind, name, email, phone, phone_raw AS "phoneRaw", source, status, assigned_to_id AS "assignedToId", tags, custom_fields AS "customFields", version,
     created_by_id AS "createdById"
   FROM customers WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL FOR UPDATE`,
)

/** Whoever acts is a known user, even before identity's event has arrived. */
const REFUSAL = `CASE WHEN $3::uuid <> $4::uuid
  AND NOT EXISTS (SELECT FROM user_refs WHERE company_id = $1 AND id = $3 AND active) THEN 'assignee' END`
const NOBODY = '00000000-0000-0000-0000-000000000000'

const INPUT = `SELECT * FROM json_to_record($2::json) AS i(id uuid, kind text, name text, email text, phone text, "phoneRaw" text, source text,
  status text, "assignedToId" uuid, tags text[], "createdById" uuid, "allowDuplicate" boolean, "customFields" jsonb)`

/** Inserts the customer unless its assignee is unknown, or a customer with its e-mail or phone exists and `allowDuplicate` is false. */
export async function insertCustomer(
  tx: Tx,
  author: Author,
  customer: CustomerFields & { id: string; createdById: string | null; allowDuplicate: boolean },
): Promise<NewCustomer | Refusal> {
  const values = [author.companyId, JSON.stringify(customer), customer.assignedToId, author.userId ?? NOBODY]
  const answer = await runOne<Answer & WithDefinitions>(tx, insertStatement, values)
  const made = outcome(answer)
  return 'refusal' in made ? made : { ...made, definitions: answer?.definitions ?? [] }
}

const insertStatement = statement(
  'insert_customer',
  `WITH input AS (${INPUT}), refusal AS (SELECT ${REFUSAL} AS code), twin AS (
     SELECT c.id FROM customers c, input i
     WHERE c.company_id = $1 AND c.deleted_at IS NULL AND c.duplicate_of_id IS NULL AND (c.email = i.email OR c.phone = i.phone)
     ORDER BY c.created_at, c.id LIMIT 1
   ), made AS (
     INSERT INTO customers (company_id, id, kind, name, email, phone, phone_raw, source, status, assigned_to_id, tags, created_by_id, custom_fields, duplicate_of_id)
     SELECT $1, i.id, i.kind, i.name, i.email, i.phone, i."phoneRaw", i.source, i.status, i."assignedToId", i.tags, i."createdById", i."customFields",
            CASE WHEN i."allowDuplicate" THEN (SELECT id FROM twin) END
     FROM input i, refusal r WHERE r.code IS NULL
     ON CONFLICT DO NOTHING
     RETURNING *
   )
   SELECT r.code AS refusal, (SELECT id FROM twin) AS "twinId", (SELECT ${ITEM}::text FROM made c ${JOINS}) AS json,
     ${definitionsColumn('customer')} FROM refusal r`,
)

/** Replaces what a caller may set, unless its new assignee is unknown or another customer has its e-mail or phone. */
export async function updateCustomerRow(
  tx: Tx,
  author: Author,
  customer: CustomerFields & { id: string; newAssigneeId: string | null },
): Promise<StoredCustomer | Refusal> {
  const values = [author.companyId, JSON.stringify(customer), customer.newAssigneeId, author.userId ?? NOBODY]
  return outcome(await runOne<Answer>(tx, updateStatement, values))
}

const updateStatement = statement(
  'update_customer',
  `WITH input AS (${INPUT}), refusal AS (SELECT ${REFUSAL} AS code), twin AS (
     SELECT t.id FROM input i
     JOIN customers c ON c.company_id = $1 AND c.id = i.id AND c.duplicate_of_id IS NULL
     JOIN customers t ON t.company_id = $1 AND t.deleted_at IS NULL AND t.duplicate_of_id IS NULL AND t.id <> i.id
       AND (t.email = i.email OR t.phone = i.phone)
     ORDER BY t.created_at, t.id LIMIT 1
   ), saved AS (
     UPDATE customers c SET kind = i.kind, name = i.name, email = i.email, phone = i.phone, phone_raw = i."phoneRaw", source = i.source,
       status = i.status, assigned_to_id = i."assignedToId", tags = i.tags, custom_fields = i."customFields", version = c.version + 1, updated_at = statement_timestamp()
     FROM input i, refusal r WHERE c.company_id = $1 AND c.id = i.id AND r.code IS NULL AND NOT EXISTS (SELECT FROM twin)
     RETURNING c.*
   )
   SELECT r.code AS refusal, (SELECT id FROM twin) AS "twinId", (SELECT ${ITEM}::text FROM saved c ${JOINS}) AS json FROM refusal r`,
)

export async function deleteCustomerRow(tx: Tx, companyId: string, id: string): Promise<StoredCustomer> {
  const deleted = await runOne<{ json: string }>(tx, deleteStatement, [companyId, id])
  if (deleted === undefined) throw new Error(`The locked customer '${id}' is gone`)
  return stored(deleted.json)
}

const deleteStatement = statement(
  'delete_customer',
  `WITH deleted AS (
     UPDATE customers SET deleted_at = statement_timestamp(), updated_at = statement_timestamp(), version = version + 1
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${ITEM}::text AS json FROM deleted c ${JOINS}`,
)

function stored(json: string): StoredCustomer {
  const customer = JSON.parse(json) as Customer
  return { json, version: customer.version, customer }
}

function outcome(answer: Answer | undefined): StoredCustomer | Refusal {
  if (answer === undefined) throw new Error('A write of a customer answered no row')
  if (answer.refusal !== null) return { refusal: answer.refusal }
  return answer.json === null ? { refusal: 'duplicate', duplicateOfId: answer.twinId } : stored(answer.json)
}
