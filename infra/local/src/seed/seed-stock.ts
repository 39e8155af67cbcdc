import { type DemoApi, ensureAll, forEach, type Json } from './demo-api.ts'
import { demoProducts, suppliers } from './demo-data.ts'
import { seededRandom } from './random.ts'

const ordered = (product: number, supplier: number) => 20 + ((product * 7 + supplier * 13) % 60)
const received = (product: number) => suppliers.reduce((sum, _, nth) => sum + ordered(product, nth), 0)

/** Products with three batches each, and some stock that has moved. */
export async function seedStock(api: DemoApi): Promise<void> {
  const products = demoProducts()
  const productIds = await ensureAll(products, {
    existing: await api.list('/v1/inventory/products'),
    key: 'sku',
    make: ({ cost, ...product }) => api.post('/v1/inventory/products', product),
  })
  const orders = suppliers.map((supplier, nth) => ({ supplier, nth }))
  await ensureAll(orders, {
    existing: await api.list('/v1/inventory/purchase-orders'),
    key: 'supplier',
    make: ({ supplier, nth }) =>
      api.post('/v1/inventory/purchase-orders', {
        supplier,
        items: products.map(({ cost }, n) => ({
          productId: productIds[n],
          quantity: ordered(n, nth),
          unitCost: (cost * (1 + nth * 0.04)).toFixed(2),
        })),
      }),
  })
  await receiveAll(api)
  await moveStock(api, productIds)
}

/** Brings each order from wherever an earlier run left it to where its goods have come in. */
async function receiveAll(api: DemoApi): Promise<void> {
  const orders = await api.list('/v1/inventory/purchase-orders')
  await forEach(orders, async (order) => {
    const path = `/v1/inventory/purchase-orders/${order['id']}`
    if (order['status'] === 'DRAFT') await api.post(`${path}/submit`, {})
    if (order['status'] === 'RECEIVED') return
    const items = order['items'] as { id: string; quantity: number }[]
    await api.post(`${path}/receive`, { lines: items.map(({ id, quantity }) => ({ itemId: id, quantity })) })
  })
}

async function moveStock(api: DemoApi, productIds: readonly string[]): Promise<void> {
  const random = seededRandom(5)
  const someProducts = (share: number) => [...productIds.entries()].filter(() => random.chance(share))
  await unlessDone(api, 'CONSUMPTION', '/v1/inventory/deductions', () => ({
    lines: someProducts(0.6).map(([n, productId]) => ({
      productId,
      quantity: Math.floor(received(n) * random.pick([0.1, 0.3, 0.5, 0.95])),
    })),
  }))
  await unlessDone(api, 'ADJUSTMENT', '/v1/inventory/adjustments', () => ({
    lines: someProducts(0.1).map(([, productId]) => ({
      productId,
      quantity: -1,
      reason: 'Damaged in the warehouse',
    })),
  }))
}

/** One request is one transaction: a single entry in the ledger says that all of it is there. */
async function unlessDone(api: DemoApi, kind: string, path: string, body: () => Json): Promise<void> {
  const made = body()
  const done = await api.list(`/v1/inventory/transactions?kind=${kind}`)
  if (done.length === 0) await api.post(path, made)
}
