import { type AnswerOf, type getRoleRoute, rolePermissions } from '@dealwire/contracts'
import { type Executor, isConstraint, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'

export type Role = AnswerOf<typeof getRoleRoute, 200>

// What built-in roles may do is in the code, and SQL is told: the keys and permissions are ours, nobody types them.
const builtIns = Object.entries(rolePermissions).map(
  ([key, rules]) => `WHEN '${key}' THEN ARRAY['${rules.permissions.join("','")}']`,
)
const PERMISSIONS = `CASE WHEN r.built_in THEN CASE r.key ${builtIns.join(' ')} ELSE r.permissions END ELSE r.permissions END`

const ITEM = `json_build_object('id', r.id, 'key', r.key, 'name', r.name, 'permissions', ${PERMISSIONS}, 'scope', r.scope, 'builtIn', r.built_in,
  'version', r.version, 'createdAt', iso(r.created_at), 'updatedAt', iso(r.updated_at))`

type Row = { item: Role }

export const roleList: ListSpec = {
  name: 'roles',
  from: 'roles r',
  alias: 'r',
  where: 'r.company_id = $1 AND r.deleted_at IS NULL',
  item: ITEM,
  sorts: {
    createdAt: { expression: 'r.created_at', type: 'timestamptz' },
    name: { expression: 'lower(r.name COLLATE pg_c_utf8)', type: 'text' },
  },
  filters: { q: 'strpos(fold(r.name), fold($?)) > 0', builtIn: 'r.built_in = $?' },
}

export async function findRole(executor: Executor, companyId: string, id: string): Promise<Role | undefined> {
  const row = await runOne<Row>(executor, findStatement, [companyId, id])
  return row?.item
}

const findStatement = statement(
  'find_role',
  `SELECT ${ITEM} AS item FROM roles r WHERE r.company_id = $1 AND r.id = $2 AND r.deleted_at IS NULL`,
)

/** Locks the row until the transaction ends: nobody is given the role meanwhile. */
export async function lockRole(tx: Tx, companyId: string, id: string): Promise<Role | undefined> {
  const row = await runOne<Row>(tx, lockStatement, [companyId, id])
  return row?.item
}

const lockStatement = statement(
  'lock_role',
  `SELECT ${ITEM} AS item FROM roles r WHERE r.company_id = $1 AND r.id = $2 AND r.deleted_at IS NULL FOR UPDATE`,
)

type RoleFields = Pick<Role, 'id' | 'name' | 'permissions' | 'scope'>

/** Undefined when the company has a role of that key, in whatever case. */
export async function insertRole(
  tx: Tx,
  companyId: string,
  role: RoleFields & Pick<Role, 'key'>,
): Promise<Role | undefined> {
  const row = await runOne<Row>(tx, insertStatement, [
    companyId,
    role.id,
    role.key,
    role.name,
    role.scope,
    role.permissions,
  ])
  return row?.item
}

const insertStatement = statement(
  'insert_role',
  `WITH made AS (
     INSERT INTO roles (company_id, id, key, name, scope, permissions) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING RETURNING *
   ) SELECT ${ITEM} AS item FROM made r`,
)

export async function updateRoleRow(tx: Tx, companyId: string, role: RoleFields): Promise<Role> {
  const values = [companyId, role.id, role.name, role.scope, role.permissions]
  const row = await runOne<Row>(tx, updateStatement, values)
  if (row === undefined) throw new Error(`The locked role '${role.id}' is gone`)
  return row.item
}

const updateStatement = statement(
  'update_role',
  `WITH saved AS (
     UPDATE roles SET name = $3, scope = $4, permissions = $5, version = version + 1, updated_at = statement_timestamp()
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${ITEM} AS item FROM saved r`,
)

/** False when something still refers to the role. */
export async function removeRole(tx: Tx, companyId: string, id: string): Promise<boolean> {
  try {
    await runOne(tx, removeStatement, [companyId, id])
    return true
  } catch (error) {
    if (REFERENCES.some((name) => isConstraint(error, name))) return false
    throw error
  }
}

const REFERENCES = ['users_company_id_role_id_fkey', 'positions_company_id_role_id_fkey']

const removeStatement = statement('remove_role', 'DELETE FROM roles WHERE company_id = $1 AND id = $2')
