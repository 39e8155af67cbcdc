import type { AnswerOf, departmentTreeRoute, getDepartmentRoute } from '@dealwire/contracts'
import { type Executor, isConstraint, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'

export type Department = AnswerOf<typeof getDepartmentRoute, 200>
export type DepartmentTree = AnswerOf<typeof departmentTreeRoute, 200>['data']
export type DepartmentFields = Pick<Department, 'id' | 'name' | 'parentId' | 'headId'>

const ITEM = `json_build_object('id', d.id, 'name', d.name, 'parentId', d.parent_id, 'headId', d.head_id, 'headName', h.name,
  'version', d.version, 'createdAt', iso(d.created_at), 'updatedAt', iso(d.updated_at))`
const JOINS = 'LEFT JOIN users h ON h.company_id = d.company_id AND h.id = d.head_id'

type Row = { item: Department }

export const departmentList: ListSpec = {
  name: 'departments',
  from: 'departments d',
  alias: 'd',
  where: 'd.company_id = $1',
  item: ITEM,
  joins: JOINS,
  sorts: {
    createdAt: { expression: 'd.created_at', type: 'timestamptz' },
    name: { expression: 'lower(d.name COLLATE pg_c_utf8)', type: 'text' },
  },
  filters: { q: 'strpos(fold(d.name), fold($?)) > 0', parentId: 'd.parent_id = $?', headId: 'd.head_id = $?' },
}

export async function listDepartmentTree(executor: Executor, companyId: string): Promise<DepartmentTree> {
  const row = await runOne<{ tree: DepartmentTree }>(executor, treeStatement, [companyId])
  return row?.tree ?? []
}

const treeStatement = statement(
  'list_department_tree',
  `WITH RECURSIVE tree AS (
     SELECT d.*, 1 AS depth, ARRAY[lower(d.name), d.id::text] AS place FROM departments d
     WHERE d.company_id = $1 AND d.parent_id IS NULL
     UNION ALL
     SELECT d.*, t.depth + 1, t.place || ARRAY[lower(d.name), d.id::text]
     FROM tree t JOIN departments d ON d.company_id = $1 AND d.parent_id = t.id
   ), shown AS (SELECT * FROM tree ORDER BY place LIMIT 1000)
   SELECT coalesce(json_agg(json_build_object('id', d.id, 'name', d.name, 'parentId', d.parent_id, 'headId', d.head_id,
     'headName', h.name, 'depth', d.depth, 'users', (SELECT count(*) FROM users u
       WHERE u.company_id = $1 AND u.department_id = d.id AND u.deleted_at IS NULL)) ORDER BY d.place), '[]') AS tree
   FROM shown d ${JOINS}`,
)

export async function findDepartment(
  executor: Executor,
  companyId: string,
  id: string,
): Promise<Department | undefined> {
  const row = await runOne<Row>(executor, findStatement, [companyId, id])
  return row?.item
}

const findStatement = statement(
  'find_department',
  `SELECT ${ITEM} AS item FROM departments d ${JOINS} WHERE d.company_id = $1 AND d.id = $2`,
)

/** Locks the row until the transaction ends. */
export async function lockDepartment(tx: Tx, companyId: string, id: string): Promise<Department | undefined> {
  const row = await runOne<Row>(tx, lockStatement, [companyId, id])
  return row?.item
}

const lockStatement = statement(
  'lock_department',
  `SELECT ${ITEM} AS item FROM departments d ${JOINS} WHERE d.company_id = $1 AND d.id = $2 FOR UPDATE OF d`,
)

/** Until the transaction ends nobody else moves departments: two moves could close a circle that neither sees. */
export async function lockTree(tx: Tx, companyId: string): Promise<void> {
  await run(tx, lockTreeStatement, [companyId])
}

const lockTreeStatement = statement(
  'lock_department_tree',
  `SELECT pg_advisory_xact_lock(hashtextextended('identity.departments ' || $1::text, 0))`,
)

export type Ancestry = { readonly depth: number; readonly includesSelf: boolean; readonly height: number }

/** The way from a department up to the top, and how deep what is below `selfId` goes; depth 0: there is no such department. */
export async function readAncestry(tx: Tx, companyId: string, parentId: string, selfId: string): Promise<Ancestry> {
  const row = await runOne<Ancestry>(tx, ancestryStatement, [companyId, parentId, selfId])
  return row ?? { depth: 0, includesSelf: false, height: 0 }
}

const ancestryStatement = statement(
  'read_department_ancestry',
  `WITH RECURSIVE up AS (
     SELECT id, parent_id FROM departments WHERE company_id = $1 AND id = $2
     UNION
     SELECT d.id, d.parent_id FROM up JOIN departments d ON d.company_id = $1 AND d.id = up.parent_id
   ), down AS (
     SELECT id, 1 AS level FROM departments WHERE company_id = $1 AND id = $3
     UNION ALL
     SELECT d.id, down.level + 1 FROM down JOIN departments d ON d.company_id = $1 AND d.parent_id = down.id WHERE down.level < 100
   )
   SELECT count(*)::int AS depth, coalesce(bool_or(id = $3), false) AS "includesSelf",
     coalesce((SELECT max(level) FROM down), 1)::int AS height FROM up`,
)

/** The name of what is referred to but does not exist, or the saved row. */
export type Saved = Department | 'head'

export async function insertDepartment(tx: Tx, companyId: string, fields: DepartmentFields): Promise<Saved> {
  return save(tx, insertStatement, companyId, fields)
}

const insertStatement = statement(
  'insert_department',
  `WITH d AS (
     INSERT INTO departments (company_id, id, name, parent_id, head_id) VALUES ($1, $2, $3, $4, $5) RETURNING *
   ) SELECT ${ITEM} AS item FROM d ${JOINS}`,
)

export async function updateDepartmentRow(tx: Tx, companyId: string, fields: DepartmentFields): Promise<Saved> {
  return save(tx, updateStatement, companyId, fields)
}

const updateStatement = statement(
  'update_department',
  `WITH d AS (
     UPDATE departments SET name = $3, parent_id = $4, head_id = $5, version = version + 1, updated_at = statement_timestamp()
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${ITEM} AS item FROM d ${JOINS}`,
)

async function save(
  tx: Tx,
  query: typeof insertStatement,
  companyId: string,
  { id, name, parentId, headId }: DepartmentFields,
): Promise<Saved> {
  try {
    const row = await runOne<Row>(tx, query, [companyId, id, name, parentId, headId])
    if (row === undefined) throw new Error(`The locked department '${id}' is gone`)
    return row.item
  } catch (error) {
    if (isConstraint(error, 'departments_company_id_head_id_fkey')) return 'head'
    throw error
  }
}

const REFERENCES = [
  'departments_company_id_parent_id_fkey',
  'positions_company_id_department_id_fkey',
  'users_department',
  'users_team_department',
]

/** False when something still refers to it. */
export async function removeDepartment(tx: Tx, companyId: string, id: string): Promise<boolean> {
  try {
    await runOne(tx, removeStatement, [companyId, id])
    return true
  } catch (error) {
    if (REFERENCES.some((name) => isConstraint(error, name))) return false
    throw error
  }
}

const removeStatement = statement('remove_department', 'DELETE FROM departments WHERE company_id = $1 AND id = $2')
