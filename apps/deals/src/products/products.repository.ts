import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'

export type ProductRef = {
  readonly company_id: string
  readonly id: string
  readonly name: string
  readonly active: boolean
  readonly version: number
}

/** Keeps the newest version of each product, in whatever order they come. */
export async function putProductRefs(tx: Tx, products: readonly ProductRef[]): Promise<void> {
  const newest = new Map<string, ProductRef>()
  for (const product of products) {
    const key = `${product.company_id} ${product.id}`
    if ((newest.get(key)?.version ?? -1) < product.version) newest.set(key, product)
  }
  if (newest.size > 0) await run(tx, putStatement, [JSON.stringify([...newest.values()])])
}

const putStatement = statement(
  'put_product_refs',
  `INSERT INTO product_refs AS r (company_id, id, name, active, version)
   SELECT company_id, id, name, active, version
   FROM json_to_recordset($1::json) AS g(company_id uuid, id uuid, name text, active boolean, version integer) ORDER BY company_id, id
   ON CONFLICT (company_id, id) DO UPDATE SET name = excluded.name, active = excluded.active, version = excluded.version
   WHERE r.version < excluded.version`,
)

export async function hasProductRef(db: Executor, companyId: string, id: string): Promise<boolean> {
  return (await runOne(db, findStatement, [companyId, id])) !== undefined
}

const findStatement = statement('find_product_ref', 'SELECT id FROM product_refs WHERE company_id = $1 AND id = $2')
