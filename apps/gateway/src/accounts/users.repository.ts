import type { AnswerOf, getUserRoute, Scope } from '@dealwire/contracts'
import { type Executor, isConstraint, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'

export type User = AnswerOf<typeof getUserRoute, 200>
export type UserFields = Pick<User, 'name' | 'email' | 'role' | 'teamId' | 'departmentId' | 'positionId' | 'active'>

const ITEM = `json_build_object('id', u.id, 'name', u.name, 'email', u.email, 'role', r.key, 'teamId', u.team_id,
  'departmentId', u.department_id, 'positionId', u.position_id, 'active', u.active,
  'version', u.version, 'createdAt', iso(u.created_at), 'updatedAt', iso(u.updated_at))`
const JOINS = 'JOIN roles r ON r.company_id = u.company_id AND r.id = u.role_id'

type Row = { user: User }

export const userList: ListSpec = {
  name: 'users',
  from: 'users u',
  alias: 'u',
  where: 'u.company_id = $1 AND u.deleted_at IS NULL',
  item: ITEM,
  joins: JOINS,
  sorts: {
    createdAt: { expression: 'u.created_at', type: 'timestamptz' },
    name: { expression: 'lower(u.name COLLATE pg_c_utf8)', type: 'text' },
    email: { expression: 'u.email', type: 'text' },
  },
  filters: {
    // `%` and `_` are letters like any other to whoever searches.
    q: `u.search_text LIKE '%' || replace(replace(replace(fold($?), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'`,
    role: 'u.role_id = (SELECT id FROM roles WHERE company_id = $1 AND key = $? AND deleted_at IS NULL)',
    active: 'u.active = $?',
    teamId: 'u.team_id = $?',
    departmentId: 'u.department_id = $?',
    positionId: 'u.position_id = $?',
  },
}

/** What a user refers to and the company does not have; undefined when the failure is another. */
export function missingReference(error: unknown): 'department' | 'position' | undefined {
  if (isConstraint(error, 'users_department') || isConstraint(error, 'users_team_department')) return 'department'
  return isConstraint(error, 'users_position') ? 'position' : undefined
}

export async function findUser(executor: Executor, companyId: string, id: string): Promise<User | undefined> {
  const row = await runOne<Row>(executor, findStatement, [companyId, id])
  return row?.user
}

const findStatement = statement(
  'find_user',
  `SELECT ${ITEM} AS user FROM users u ${JOINS} WHERE u.company_id = $1 AND u.id = $2 AND u.deleted_at IS NULL`,
)

/** Locks the row until the transaction ends. */
export async function lockUser(tx: Tx, companyId: string, id: string): Promise<User | undefined> {
  const row = await runOne<Row>(tx, lockStatement, [companyId, id])
  return row?.user
}

const lockStatement = statement(
  'lock_user',
  `SELECT ${ITEM} AS user FROM users u ${JOINS} WHERE u.company_id = $1 AND u.id = $2 AND u.deleted_at IS NULL FOR UPDATE OF u`,
)

export type GivenRole = {
  readonly id: string
  readonly key: string
  readonly scope: Scope
  readonly permissions: string[]
}

/** Undefined when there is no such role. Until the transaction ends, the role found is not deleted. */
export async function findRoleByKey(tx: Tx, companyId: string, key: string): Promise<GivenRole | undefined> {
  return runOne<GivenRole>(tx, roleStatement, [companyId, key])
}

const roleStatement = statement(
  'find_role_by_key',
  'SELECT id, key, scope, permissions FROM roles WHERE company_id = $1 AND key = $2 AND deleted_at IS NULL FOR KEY SHARE',
)

/** The key of the role that comes with a position; undefined when there is no such position. */
export async function findDefaultRole(tx: Tx, companyId: string, positionId: string): Promise<string | undefined> {
  const role = await runOne<{ key: string }>(tx, defaultRoleStatement, [companyId, positionId])
  return role?.key
}

const defaultRoleStatement = statement(
  'find_default_role',
  `SELECT r.key FROM positions p JOIN roles r ON r.company_id = p.company_id AND r.id = p.role_id
   WHERE p.company_id = $1 AND p.id = $2`,
)

type NewUser = { readonly id: string; readonly roleId: string; readonly passwordHash: string | null } & Omit<
  UserFields,
  'role'
>

/** Inserts the user and the name it signs in with; undefined when that is taken, in this company or another. */
export async function insertUser(tx: Tx, companyId: string, user: NewUser): Promise<User | undefined> {
  const row = await runOne<Row>(tx, insertStatement, [
    companyId,
    user.id,
    user.name,
    user.email,
    user.passwordHash,
    user.roleId,
    user.teamId,
    user.active,
    user.departmentId,
    user.positionId,
  ])
  return row?.user
}

const insertStatement = statement(
  'insert_user',
  `WITH named AS (
     INSERT INTO sign_in_names (email, company_id, user_id) VALUES ($4, $1, $2) ON CONFLICT (email) DO NOTHING RETURNING user_id
   ), made AS (
     INSERT INTO users (company_id, id, name, email, password_hash, role_id, team_id, active, department_id, position_id)
     SELECT $1, user_id, $3, $4, $5, $6, $7, $8, $9, $10 FROM named RETURNING *
   ) SELECT ${ITEM} AS user FROM made u ${JOINS}`,
)

type ChangedUser = { readonly id: string; readonly roleId: string; readonly passwordHash: string | null } & Omit<
  UserFields,
  'role'
>

/** Replaces what may change of a user; a null hash keeps the password. Undefined when the new email is taken. */
export async function updateUserRow(tx: Tx, companyId: string, user: ChangedUser): Promise<User | undefined> {
  try {
    const row = await runOne<Row>(tx, updateStatement, [
      companyId,
      user.id,
      user.name,
      user.email,
      user.passwordHash,
      user.roleId,
      user.teamId,
      user.active,
      user.departmentId,
      user.positionId,
    ])
    return row?.user
  } catch (error) {
    if (isConstraint(error, 'sign_in_names_pkey')) return undefined
    throw error
  }
}

const updateStatement = statement(
  'update_user',
  `WITH renamed AS (
     UPDATE sign_in_names SET email = $4 WHERE company_id = $1 AND user_id = $2 AND email <> $4
   ), saved AS (
     UPDATE users SET name = $3, email = $4, password_hash = coalesce($5, password_hash), role_id = $6, team_id = $7, active = $8,
       department_id = $9, position_id = $10,
       version = version + 1, updated_at = statement_timestamp()
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${ITEM} AS user FROM saved u ${JOINS}`,
)

/** Locks out every other change of who is administrator, then counts those there would be without this user. */
export async function countOtherAdmins(tx: Tx, companyId: string, userId: string): Promise<number> {
  await run(tx, lockAdminsStatement, [companyId])
  const row = await runOne<{ admins: number }>(tx, countAdminsStatement, [companyId, userId])
  return row?.admins ?? 0
}

const lockAdminsStatement = statement(
  'lock_admins',
  `SELECT pg_advisory_xact_lock(hashtextextended('identity.admins ' || $1::text, 0))`,
)

const countAdminsStatement = statement(
  'count_other_admins',
  `SELECT count(*) AS admins FROM users u ${JOINS}
   WHERE u.company_id = $1 AND u.id <> $2 AND r.key = 'ADMIN' AND u.active AND u.deleted_at IS NULL`,
)
