import { type Executor, run, statement, type Tx } from '@dealwire/db/client'
import { deactivatedDevices } from '@dealwire/db/inventory'

export type WorkOrderProduct = {
  readonly productId: string
  readonly locationId: string
  readonly planned: string
  readonly used: string
  readonly returned: string
}

const findProductsStatement = statement(
  'find_work_order_products',
  `SELECT product_id AS "productId", location_id AS "locationId", planned::text, used::text, returned::text
   FROM work_order_products WHERE company_id = $1 AND work_order_id = $2 ORDER BY product_id, location_id`,
)

export async function findWorkOrderProducts(
  executor: Executor,
  companyId: string,
  workOrderId: string,
): Promise<WorkOrderProduct[]> {
  return run(executor, findProductsStatement, [companyId, workOrderId])
}

/** By how much figures grow. */
export type ProductChange = {
  readonly productId: string
  readonly locationId: string
  readonly planned?: string
  readonly used?: string
  readonly cost?: string
}

// What is used without a plan was planned after the fact.
const addStatement = statement(
  'add_work_order_products',
  `INSERT INTO work_order_products AS x (company_id, work_order_id, product_id, location_id, planned, used, cost)
   SELECT $1, $2, c."productId", c."locationId", greatest(coalesce(c.planned, 0), coalesce(c.used, 0)), coalesce(c.used, 0), coalesce(c.cost, 0)
   FROM json_to_recordset($3::json) AS c("productId" uuid, "locationId" uuid, planned numeric, used numeric, cost numeric)
   ON CONFLICT (company_id, work_order_id, product_id, location_id) DO UPDATE SET
     planned = greatest(x.planned + CASE WHEN excluded.used > 0 THEN 0 ELSE excluded.planned END, x.used + excluded.used),
     used = x.used + excluded.used, cost = x.cost + excluded.cost`,
)

export async function addWorkOrderProductRows(
  tx: Tx,
  companyId: string,
  workOrderId: string,
  changes: readonly ProductChange[],
): Promise<void> {
  await run(tx, addStatement, [companyId, workOrderId, JSON.stringify(changes)])
}

export type ProductReturn = {
  readonly productId: string
  readonly locationId: string
  readonly returned: string
  readonly value: string
}

const returnStatement = statement(
  'return_work_order_products',
  `UPDATE work_order_products x SET returned = x.returned + c.returned, cost = x.cost - c.value
   FROM json_to_recordset($3::json) AS c("productId" uuid, "locationId" uuid, returned numeric, value numeric)
   WHERE x.company_id = $1 AND x.work_order_id = $2 AND x.product_id = c."productId" AND x.location_id = c."locationId"`,
)

export async function returnWorkOrderProductRows(
  tx: Tx,
  companyId: string,
  workOrderId: string,
  returns: readonly ProductReturn[],
): Promise<void> {
  await run(tx, returnStatement, [companyId, workOrderId, JSON.stringify(returns)])
}

export type NewDevice = {
  readonly id: string
  readonly workOrderId: string
  readonly productId: string | null
  readonly serial: string
  readonly condition: string
  readonly notes: string | null
  readonly createdById: string | null
}

export async function insertDevices(tx: Tx, companyId: string, devices: readonly NewDevice[]): Promise<void> {
  await tx.orm.insert(deactivatedDevices).values(devices.map((device) => ({ companyId, ...device })))
}
