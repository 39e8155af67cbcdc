import type { WorkOrderDetail } from '@dealwire/contracts'
import { run, statement, type Tx } from '@dealwire/db/client'
import { workOrderFields, workOrderNames, workOrderProducts } from './work-orders.repository.ts'

type MovedOrder = Omit<WorkOrderDetail, 'conflicts'>

/** Gives the orders of one customer to another one; deleted ones go along without a word. */
export async function moveOrdersOfCustomer(tx: Tx, companyId: string, from: string, to: string): Promise<MovedOrder[]> {
  const rows = await run<{ workOrder: MovedOrder }>(tx, moveStatement, [companyId, from, to])
  return rows.map(({ workOrder }) => workOrder)
}

const moveStatement = statement(
  'move_orders_of_customer',
  `WITH moved AS (
     UPDATE work_orders SET customer_id = $3, version = version + 1, updated_at = statement_timestamp()
     WHERE company_id = $1 AND customer_id = $2 RETURNING *
   ) SELECT json_build_object(${workOrderFields}, 'products', (${workOrderProducts})) AS "workOrder" FROM moved w ${workOrderNames} WHERE w.deleted_at IS NULL`,
)
