import type { Call } from './call.ts'
import { type Fixture, type Stockroom, spread } from './fixture.ts'
import type { Operation } from './operation.ts'

/** Of a thousandth, so that nothing runs out. */
const LITTLE = 0.001

/** What a company with 1,000 products × 5 batches does all day. */
export const stockOperations: readonly Operation[] = [
  { name: 'stockroom: list 20 products', system: read('/v1/inventory/products') },
  { name: 'stockroom: list 20 levels', system: read('/v1/inventory/stock') },
  { name: 'stockroom: value', system: read('/v1/inventory/value') },
  {
    name: 'stockroom: deduct 5 lines',
    system: (fixture, index) => {
      const { productIds } = stockroomOf(fixture)
      const first = spread(index, productIds.length - 5)
      const lines = productIds.slice(first, first + 5).map((productId) => ({ productId, quantity: LITTLE }))
      return send(fixture, '/v1/inventory/deductions', { lines })
    },
  },
  {
    name: 'stockroom: receive 50 lines',
    connections: 8,
    system: (fixture, index) => {
      const { orders } = stockroomOf(fixture)
      const order = orders[index % orders.length]
      if (order === undefined) throw new Error('The stockroom has no orders')
      const lines = order.itemIds.map((itemId) => ({ itemId, quantity: LITTLE }))
      return send(fixture, `${order.path}/receive`, { lines })
    },
  },
  {
    name: 'stockroom: deduct one hot product',
    leastPerSecond: 150,
    system: (fixture) => {
      const [productId] = stockroomOf(fixture).productIds
      return send(fixture, '/v1/inventory/deductions', { lines: [{ productId, quantity: LITTLE }] })
    },
  },
]

function read(path: string): (fixture: Fixture) => Call {
  return (fixture) => ({ method: 'GET', path, headers: headersOf(fixture) })
}

function send(fixture: Fixture, path: string, body: object): Call {
  const headers = { ...headersOf(fixture), 'content-type': 'application/json' }
  return { method: 'POST', path, headers, body: JSON.stringify(body) }
}

function headersOf({ companies: [keeper] }: Fixture): Record<string, string> {
  return { authorization: `Bearer ${keeper?.accessToken}` }
}

function stockroomOf({ stockroom }: Fixture): Stockroom {
  if (stockroom === null) throw new Error('The fixture has no stockroom')
  return stockroom
}
