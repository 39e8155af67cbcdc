import { BATCH_QUANTITY, PRODUCTS_PER_COMPANY } from '../bodies.ts'
import type { Stockroom } from '../fixture.ts'
import { at, callApi, forEach } from '../http.ts'

const AT_ONCE = 4
/** Over all companies: a deduction empties fifteen, and the load must not run out of them. */
const BATCHES = 60_000
const STOCKROOM_PRODUCTS = 1_000
const STOCKROOM_BATCHES = 5
const LINES = 50
/** So much that no run takes it all. */
const PLENTY = 100_000_000

type Caller = { readonly gatewayUrl: string; readonly accessToken: string }

/** Products, and for each some batches of its own cost. */
export async function fillStock(caller: Caller, companies: number): Promise<string[]> {
  const productIds = await makeProducts(caller, 'BENCH', PRODUCTS_PER_COMPANY)
  const batchesPerProduct = Math.ceil(BATCHES / (companies * PRODUCTS_PER_COMPANY))
  for (let batch = 1; batch <= batchesPerProduct; batch++) {
    const { path, itemIds } = await order(caller, productIds, BATCH_QUANTITY, `${10 + batch}.00`)
    const lines = itemIds.map((itemId) => ({ itemId, quantity: BATCH_QUANTITY }))
    await post(caller, `${path}/receive`, { lines })
  }
  return productIds
}

/** One company's stock of 1,000 products × 5 batches, with an order for every fifty of them of which more and more is received. */
export async function fillStockroom(caller: Caller): Promise<Stockroom> {
  const productIds = await makeProducts(caller, 'ROOM', STOCKROOM_PRODUCTS)
  const groups = Array.from({ length: STOCKROOM_PRODUCTS / LINES }, (_, group) =>
    productIds.slice(group * LINES, (group + 1) * LINES),
  )
  for (let batch = 1; batch <= STOCKROOM_BATCHES; batch++)
    for (const group of groups) {
      const lines = group.map((productId) => ({ productId, quantity: PLENTY, unitCost: `${10 + batch}.00` }))
      await post(caller, '/v1/inventory/adjustments', { lines })
    }
  const orders = await forEach(groups, AT_ONCE, (group) => order(caller, group, PLENTY, '10.00'))
  return { productIds, orders }
}

async function makeProducts(caller: Caller, prefix: string, count: number): Promise<string[]> {
  const stamp = Date.now()
  const numbers = Array.from({ length: count }, (_, index) => index)
  return forEach(numbers, AT_ONCE, async (number) => {
    const body = { sku: `${prefix}-${stamp}-${number}`, name: `Product ${number}`, unit: 'pcs', salePrice: '100.00' }
    return String(at(await post(caller, '/v1/inventory/products', body), 'id'))
  })
}

async function order(
  caller: Caller,
  productIds: readonly string[],
  quantity: number,
  unitCost: string,
): Promise<Stockroom['orders'][number]> {
  const items = productIds.map((productId) => ({ productId, quantity, unitCost }))
  const made = await post(caller, '/v1/inventory/purchase-orders', { supplier: 'Bench', items })
  const path = `/v1/inventory/purchase-orders/${String(at(made, 'id'))}`
  await post(caller, `${path}/submit`, {})
  return { path, itemIds: (at(made, 'items') as unknown[]).map((item) => String(at(item, 'id'))) }
}

function post({ gatewayUrl, accessToken }: Caller, path: string, body: unknown): ReturnType<typeof callApi> {
  return callApi(gatewayUrl, 'POST', path, { token: accessToken, body })
}
