import { type CustomField, type CustomFieldEntity, MOST_CUSTOM_FIELDS } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'
import type { Definition } from './custom-field-values.ts'
import { DEFINITION_JSON } from './definitions-column.ts'

export async function findDefinitions(
  db: Executor,
  companyId: string,
  entity: CustomFieldEntity,
): Promise<Definition[]> {
  const rows = await run<{ definition: Definition }>(db, definitionsStatement, [companyId, entity])
  return rows.map(({ definition }) => definition)
}

const definitionsStatement = statement(
  'find_custom_field_definitions',
  `SELECT ${DEFINITION_JSON} AS definition FROM custom_fields f
   WHERE f.company_id = $1 AND f.entity = $2 AND f.deleted_at IS NULL`,
)

const FIELD_JSON = `json_build_object('id', f.id, 'entity', f.entity, 'key', f.key, 'label', f.label, 'type', f.type, 'options', f.options,
  'required', f.required, 'version', f.version, 'createdAt', iso(f.created_at), 'updatedAt', iso(f.updated_at))`

export const customFieldList: ListSpec = {
  name: 'custom_fields',
  from: 'custom_fields f',
  alias: 'f',
  where: 'f.company_id = $1 AND f.deleted_at IS NULL',
  item: FIELD_JSON,
  sorts: {
    createdAt: { expression: 'f.created_at', type: 'timestamptz' },
    key: { expression: 'f.key', type: 'text' },
  },
  filters: { entity: 'f.entity = $?', type: 'f.type = $?' },
}

/** Definitions of a company are made one after the other, so that they can be counted. */
export async function lockCustomFields(tx: Tx, companyId: string): Promise<void> {
  await run(tx, lockAllStatement, [companyId])
}

const lockAllStatement = statement('lock_custom_fields', 'SELECT pg_advisory_xact_lock(hashtextextended($1, 7413))')

type NewField = Omit<CustomField, 'version' | 'createdAt' | 'updatedAt'>

/** `full` when the entity has all it can have, `taken` when its key is. */
export async function insertCustomField(
  tx: Tx,
  companyId: string,
  field: NewField,
): Promise<CustomField | 'full' | 'taken'> {
  const row = await runOne<{ full: boolean; field: CustomField | null }>(tx, insertStatement, [
    companyId,
    JSON.stringify(field),
  ])
  if (row?.full === true) return 'full'
  return row?.field ?? 'taken'
}

const insertStatement = statement(
  'insert_custom_field',
  `WITH n AS (
     SELECT * FROM json_to_record($2::json) AS n(id uuid, entity text, key text, label text, type text, options text[], required boolean)
   ), counted AS (
     SELECT count(*) >= ${MOST_CUSTOM_FIELDS} AS "full" FROM custom_fields f, n
     WHERE f.company_id = $1 AND f.entity = n.entity AND f.deleted_at IS NULL
   ), f AS (
     INSERT INTO custom_fields (company_id, id, entity, key, label, type, options, required)
     SELECT $1, n.id, n.entity, n.key, n.label, n.type, n.options, n.required FROM n, counted WHERE NOT counted."full"
     ON CONFLICT DO NOTHING RETURNING *
   ) SELECT counted."full", (SELECT ${FIELD_JSON} FROM f) AS field FROM counted`,
)

export async function findCustomField(db: Executor, companyId: string, id: string): Promise<CustomField | undefined> {
  return fieldOf(await runOne(db, findStatement, [companyId, id]))
}

const FIND = `SELECT ${FIELD_JSON} AS field FROM custom_fields f WHERE f.company_id = $1 AND f.id = $2 AND f.deleted_at IS NULL`
const findStatement = statement('find_custom_field', FIND)

export async function lockCustomField(tx: Tx, companyId: string, id: string): Promise<CustomField | undefined> {
  return fieldOf(await runOne(tx, lockStatement, [companyId, id]))
}

const lockStatement = statement('lock_custom_field', `${FIND} FOR UPDATE`)

export async function updateCustomFieldRow(
  tx: Tx,
  companyId: string,
  { id, label, options, required }: CustomField,
): Promise<CustomField | undefined> {
  return fieldOf(await runOne(tx, updateStatement, [companyId, id, label, options, required]))
}

const updateStatement = statement(
  'update_custom_field',
  `WITH f AS (
     UPDATE custom_fields SET label = $3, options = $4, required = $5, version = version + 1, updated_at = statement_timestamp()
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${FIELD_JSON} AS field FROM f`,
)

/** Takes the field out of use; its key stays taken until `forgetCustomField`. */
export async function retireCustomField(tx: Tx, companyId: string, id: string): Promise<CustomField | undefined> {
  return fieldOf(await runOne(tx, retireStatement, [companyId, id]))
}

const retireStatement = statement(
  'retire_custom_field',
  `WITH f AS (
     UPDATE custom_fields SET deleted_at = statement_timestamp(), version = version + 1, updated_at = statement_timestamp()
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${FIELD_JSON} AS field FROM f`,
)

function fieldOf(row: { field: CustomField } | undefined): CustomField | undefined {
  return row?.field
}
