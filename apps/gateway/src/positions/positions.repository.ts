import type { AnswerOf, getPositionRoute } from '@dealwire/contracts'
import { type Executor, isConstraint, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'

export type Position = AnswerOf<typeof getPositionRoute, 200>
export type PositionFields = Pick<Position, 'id' | 'name' | 'departmentId' | 'defaultRole'>

const ITEM = `json_build_object('id', p.id, 'name', p.name, 'departmentId', p.department_id, 'defaultRole', r.key,
  'version', p.version, 'createdAt', iso(p.created_at), 'updatedAt', iso(p.updated_at))`
const JOINS = 'JOIN roles r ON r.company_id = p.company_id AND r.id = p.role_id'

type Row = { item: Position }

export const positionList: ListSpec = {
  name: 'positions',
  from: 'positions p',
  alias: 'p',
  where: 'p.company_id = $1',
  item: ITEM,
  joins: JOINS,
  sorts: {
    createdAt: { expression: 'p.created_at', type: 'timestamptz' },
    name: { expression: 'lower(p.name COLLATE pg_c_utf8)', type: 'text' },
  },
  filters: { q: 'strpos(fold(p.name), fold($?)) > 0', departmentId: 'p.department_id = $?' },
}

export async function findPosition(executor: Executor, companyId: string, id: string): Promise<Position | undefined> {
  const row = await runOne<Row>(executor, findStatement, [companyId, id])
  return row?.item
}

const findStatement = statement(
  'find_position',
  `SELECT ${ITEM} AS item FROM positions p ${JOINS} WHERE p.company_id = $1 AND p.id = $2`,
)

/** Locks the row until the transaction ends. */
export async function lockPosition(tx: Tx, companyId: string, id: string): Promise<Position | undefined> {
  const row = await runOne<Row>(tx, lockStatement, [companyId, id])
  return row?.item
}

const lockStatement = statement(
  'lock_position',
  `SELECT ${ITEM} AS item FROM positions p ${JOINS} WHERE p.company_id = $1 AND p.id = $2 FOR UPDATE OF p`,
)

/** Inserts or replaces the position; undefined when there is no such department. */
export async function savePosition(
  tx: Tx,
  companyId: string,
  fields: PositionFields,
  roleId: string,
): Promise<Position | undefined> {
  try {
    const values = [companyId, fields.id, fields.name, fields.departmentId, roleId]
    const row = await runOne<Row>(tx, saveStatement, values)
    return row?.item
  } catch (error) {
    if (isConstraint(error, 'positions_company_id_department_id_fkey')) return undefined
    throw error
  }
}

const saveStatement = statement(
  'save_position',
  `WITH p AS (
     INSERT INTO positions (company_id, id, name, department_id, role_id) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (company_id, id) DO UPDATE SET name = excluded.name, department_id = excluded.department_id, role_id = excluded.role_id,
       version = positions.version + 1, updated_at = statement_timestamp()
     RETURNING *
   ) SELECT ${ITEM} AS item FROM p ${JOINS}`,
)

/** False when a user is in it. */
export async function removePosition(tx: Tx, companyId: string, id: string): Promise<boolean> {
  try {
    await runOne(tx, removeStatement, [companyId, id])
    return true
  } catch (error) {
    if (isConstraint(error, 'users_position')) return false
    throw error
  }
}

const removeStatement = statement('remove_position', 'DELETE FROM positions WHERE company_id = $1 AND id = $2')
