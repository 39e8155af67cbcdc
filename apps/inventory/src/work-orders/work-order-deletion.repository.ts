import type { WorkOrderStatus } from '@dealwire/contracts'
import { run, statement, type Tx } from '@dealwire/db/client'

export type Deletable = {
  readonly id: string
  readonly number: string
  readonly status: WorkOrderStatus
  readonly version: number
  readonly assigneeIds: readonly string[]
  readonly createdById: string | null
  readonly partIds: readonly string[]
}

const lockStatement = statement(
  'lock_work_orders_to_delete',
  'SELECT 1 FROM work_orders WHERE company_id = $1 AND id = ANY ($2::uuid[]) AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE',
)

const findStatement = statement(
  'find_work_orders_to_delete',
  `SELECT json_build_object('id', w.id, 'number', w.number, 'status', w.status, 'version', w.version, 'assigneeIds', w.assignee_ids,
     'createdById', w.created_by_id,
     'partIds', ARRAY(SELECT p.id FROM work_orders p WHERE p.company_id = $1 AND p.parent_id = w.id AND p.deleted_at IS NULL)) AS row
   FROM work_orders w WHERE w.company_id = $1 AND w.id = ANY ($2::uuid[]) AND w.deleted_at IS NULL`,
)

/** Locks them in one order, whatever the order of the request; what is read is younger than the locks. */
export async function lockDeletable(tx: Tx, companyId: string, ids: readonly string[]): Promise<Deletable[]> {
  const [, rows] = await Promise.all([
    run(tx, lockStatement, [companyId, ids]),
    run<{ row: Deletable }>(tx, findStatement, [companyId, ids]),
  ])
  return rows.map(({ row }) => row)
}

const deleteStatement = statement(
  'delete_work_orders',
  `UPDATE work_orders SET deleted_at = statement_timestamp(), updated_at = statement_timestamp(), version = version + 1
   WHERE company_id = $1 AND id = ANY ($2::uuid[])`,
)

export async function deleteWorkOrderRows(tx: Tx, companyId: string, ids: readonly string[]): Promise<void> {
  await run(tx, deleteStatement, [companyId, ids])
}
