import type { Actor } from '@dealwire/contracts'
import type { Database } from '@dealwire/db/client'
import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { clientOf, testApp, withoutWakeUps } from '../../test/support.ts'

/** Statements of every command that takes lines, BEGIN and COMMIT included, with so many of them. */
async function statementsOf(database: Database, actor: Actor, count: number): Promise<Record<string, number>> {
  const client = clientOf(testApp(database), actor)
  const counts: Record<string, number> = {}
  async function counted(name: string, path: string, body?: object) {
    const before = database.counters.queries
    const answer = await client.must('POST', path, body)
    counts[name] = database.counters.queries - before
    return answer
  }

  const products: string[] = []
  for (let index = 0; index < count; index++) products.push(await client.product({ reorderLevel: 1 }))
  const van = await client.must('POST', '/locations', { key: 'VAN', name: 'Van', kind: 'VEHICLE' })
  const lines = (fields: object) => ({ lines: products.map((productId) => ({ productId, ...fields })) })

  await counted('adjust: first stock', '/adjustments', lines({ quantity: 40, unitCost: '2' }))
  await counted('adjust', '/adjustments', lines({ quantity: 40, unitCost: '3' }))
  await counted('adjust: missing', '/adjustments', lines({ quantity: -1 }))
  await counted('deduct', '/deductions', lines({ quantity: 1 }))
  await counted('deduct: over batches and the reorder level', '/deductions', lines({ quantity: 77 }))
  await counted('adjust: back over the reorder level', '/adjustments', lines({ quantity: 99, unitCost: '3' }))
  await counted('transfer', '/transfers', {
    lines: products.map((productId) => ({ productId, toLocationId: van.id, quantity: 2 })),
  })

  const held = await counted('reserve', '/reservations', lines({ quantity: 3 }))
  await counted('release', `/reservations/${held.id}/release`)

  const bought = await counted('purchase order', '/purchase-orders', {
    supplier: 'S',
    items: products.map((productId) => ({ productId, quantity: 9, unitCost: '1.2345' })),
  })
  await counted('submit', `/purchase-orders/${bought.id}/submit`)
  const received = bought.items.map(({ id }) => ({ itemId: id, quantity: 4 }))
  await counted('receive', `/purchase-orders/${bought.id}/receive`, { lines: received })

  const taken = await counted('stocktake', '/stocktakes', { productIds: products })
  await counted('count', `/stocktakes/${taken.id}/count`, lines({ quantity: 90 }))
  await counted('post', `/stocktakes/${taken.id}/post`)

  const job = await counted('work order', '/work-orders', { title: 'Job' })
  await counted('plan', `/work-orders/${job.id}/products`, lines({ quantity: 5 }))
  await counted('use', '/deductions', { ...lines({ quantity: 1 }), workOrderId: job.id })
  await client.must('POST', `/work-orders/${job.id}/start`)
  await counted('approve', `/work-orders/${job.id}/approve`)
  await counted('return', `/work-orders/${job.id}/return`, lines({ quantity: 2 }))
  const dropped = await client.must('POST', '/work-orders', { title: 'Dropped' })
  await client.must('POST', `/work-orders/${dropped.id}/products`, lines({ quantity: 5 }))
  await counted('cancel', `/work-orders/${dropped.id}/cancel`)
  await client.auditIsClean()
  return counts
}

test('no command sends more statements for 100 lines than for one', async ({ db, actor, stranger }) => {
  const database = withoutWakeUps(db.open('inventory'))
  const one = await statementsOf(database, actor, 1)
  const hundred = await statementsOf(database, stranger, 100)
  expect(hundred).toEqual(one)
  expect(one).toMatchObject({ deduct: 6, adjust: 6 })
}, 60_000)

test('nor for twenty reservations than for one, nor for the deletion of ten orders that hold stock', async ({
  db,
  actor,
}) => {
  const database = withoutWakeUps(db.open('inventory'))
  const client = clientOf(testApp(database), actor)
  const productId = await client.product()
  await client.receive(productId, 500, '1')
  async function planned(reservations: number): Promise<string> {
    const { id } = await client.must('POST', '/work-orders', { title: 'Job' })
    for (let index = 0; index < reservations; index++)
      await client.must('POST', `/work-orders/${id}/products`, { lines: [{ productId, quantity: 1 }] })
    return id
  }
  async function counted(path: string, body: object = {}): Promise<number> {
    const before = database.counters.queries
    await client.must('POST', path, body)
    return database.counters.queries - before
  }
  const [one, twenty] = [await planned(1), await planned(20)]
  expect(await counted(`/work-orders/${twenty}/cancel`)).toBe(await counted(`/work-orders/${one}/cancel`))

  const single = [await planned(1)]
  const many: string[] = []
  for (let index = 0; index < 10; index++) many.push(await planned(2))
  expect(await counted('/work-orders/bulk/delete', { ids: many })).toBe(
    await counted('/work-orders/bulk/delete', { ids: single }),
  )
  expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ onHand: 500, reserved: 0 })
  await client.auditIsClean()
})

test('and none is planned anew for each command', async ({ db, actor }) => {
  const database = db.open('inventory', { maxConnections: 1, plansOnce: true })
  const client = clientOf(testApp(database), actor)
  const productId = await client.product()
  await client.receive(productId, 5, '1')
  await client.deduct({ productId, quantity: 1 })
  const { rows } = await database.pool.query(
    'SELECT sum(generic_plans)::int AS once, sum(custom_plans)::int AS anew FROM pg_prepared_statements',
  )
  expect(rows).toEqual([{ once: expect.any(Number), anew: 0 }])
})
