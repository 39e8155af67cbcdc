import { randomUUID } from 'node:crypto'
import { closeDatabase, type Database, openDatabase } from '@dealwire/db/client'
import { createLogger } from '@dealwire/telemetry'
import { test, waitFor } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { clientOf, firstOf, testApp, withoutWakeUps } from '../../test/support.ts'

describe('cost', () => {
  test('is exact: the oldest layers first, and what is left keeps its own cost', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const productId = await client.product()
    await client.receive(productId, 8, '10')
    await client.receive(productId, 4, '16')

    const deducted = await client.deduct({ productId, quantity: 10 })
    expect(deducted.status).toBe(201)
    expect(deducted.body).toMatchObject({
      totalCost: '112.00',
      lines: [
        {
          productId,
          quantity: 10,
          cost: '112.00',
          batches: [
            { quantity: 8, cost: '80.00' },
            { quantity: 2, cost: '32.00' },
          ],
        },
      ],
    })
    expect(await client.must('GET', '/stock')).toMatchObject({ data: [{ onHand: 2, value: '32.00' }] })

    await client.receive(productId, 2, '6')
    expect(await client.must('GET', '/stock')).toMatchObject({ data: [{ onHand: 4, value: '44.00' }] })
    expect(await client.must('GET', '/value')).toMatchObject({
      total: '44.00',
      byCategory: [{ category: null, value: '44.00' }],
    })
    await client.auditIsClean()
  })

  test('of the last unit is all that is left, so an empty layer is worth nothing', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const productId = await client.product()
    await client.receive(productId, 3, '0.333')
    const costs = []
    for (let unit = 0; unit < 3; unit++) costs.push((await client.deduct({ productId, quantity: 1 })).body.totalCost)
    expect(costs).toEqual(['0.33', '0.34', '0.33'])
    expect(await client.must('GET', '/batches')).toMatchObject({
      data: [{ remainingQuantity: 0, remainingValue: '0.00' }],
    })
    await client.auditIsClean()
  })
})

describe('short stock', () => {
  test('is told for every short product, and nothing is taken', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const [enough, short, none] = [await client.product(), await client.product(), await client.product()]
    await client.receive(enough, 5, '1')
    await client.receive(short, 5, '1')

    const refused = await client.deduct(
      { productId: short, quantity: 3 },
      { productId: enough, quantity: 5 },
      { productId: none, quantity: 0.001 },
      { productId: short, quantity: 2.5 },
    )
    expect(refused.status).toBe(409)
    expect(refused.body.code).toBe('insufficient_stock')
    const expected = [
      { productId: short, requested: 5.5, available: 5 },
      { productId: none, requested: 0.001, available: 0 },
    ]
    expect(refused.body.errors).toHaveLength(2)
    for (const one of expected) expect(refused.body.errors).toContainEqual(expect.objectContaining(one))
    const page = await client.must('GET', '/transactions?kind=CONSUMPTION')
    expect(page.data).toEqual([])
    await client.auditIsClean()
  })

  test('of one location is not covered by another', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const productId = await client.product()
    const van = await client.must('POST', '/locations', { key: 'VAN-1', name: 'Van 1', kind: 'VEHICLE' })
    await client.receive(productId, 5, '2')
    await client.receive(productId, 1, '3', van.id)
    expect((await client.deduct({ productId, quantity: 2, locationId: van.id })).status).toBe(409)
    expect((await client.deduct({ productId, quantity: 1, locationId: van.id })).body.totalCost).toBe('3.00')
    expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ onHand: 5, reserved: 0, available: 5 })
  })
})

describe('many at once', () => {
  test('exactly as many deductions succeed as there is stock, and nobody sees a deadlock', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory', { maxConnections: 12 })), actor)
    const productId = await client.product()
    for (let layer = 0; layer < 10; layer++) await client.receive(productId, 3, '7.77')

    const answers = await Promise.all(Array.from({ length: 50 }, () => client.deduct({ productId, quantity: 1 })))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(30)
    expect(statuses.filter((status) => status === 409)).toHaveLength(20)
    expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ onHand: 0 })
    expect(await client.must('GET', '/value')).toMatchObject({ total: '0.00' })
    await client.auditIsClean()
  })

  test('lines in opposite orders wait for each other, never in a circle', async ({ db, actor }) => {
    const database = openDatabase({
      url: db.url('inventory'),
      schema: 'inventory',
      applicationName: 'opposite-orders',
      maxConnections: 12,
      logger: createLogger({ service: 'inventory', level: 'silent' }),
    })
    const client = clientOf(testApp(database), actor)
    const products = [await client.product(), await client.product(), await client.product()]
    for (const productId of products) await client.receive(productId, 100, '1.11')
    const lines = products.map((productId) => ({ productId, quantity: 1 }))

    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => client.deduct(...(index % 2 === 0 ? lines : lines.toReversed()))),
    )
    expect(answers.every(({ status }) => status === 201)).toBe(true)
    expect(await client.must('GET', `/products/${products[0]}`)).toMatchObject({ onHand: 40 })
    await client.auditIsClean()
    await closeDatabase(database)
    expect(await countDeadlocks(db.open('inventory'), 'opposite-orders')).toBe(0)
  })

  test('the first receipts of new products at new places meet without losing any', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory', { maxConnections: 12 })), actor)
    const products = [await client.product(), await client.product()]
    const lines = products.map((productId) => ({ productId, quantity: 2, unitCost: '5' }))
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        client.must('POST', '/adjustments', { lines: index % 2 === 0 ? lines : lines.toReversed() }),
      ),
    )
    expect(await client.must('GET', '/value')).toMatchObject({ total: '400.00' })
    const locations = await client.must('GET', '/locations')
    expect(locations.data).toHaveLength(1)
    await client.auditIsClean()
  })
})

test('the number of statements does not depend on the number of lines', async ({ db, actor }) => {
  const database = withoutWakeUps(db.open('inventory'))
  const client = clientOf(testApp(database), actor)
  const products = await Promise.all(Array.from({ length: 40 }, () => client.product()))
  for (const productId of products) for (const cost of ['1', '2', '3']) await client.receive(productId, 10, cost)

  const counts = []
  for (const count of [1, 5, 40]) {
    const before = database.counters.queries
    const answer = await client.deduct(...products.slice(0, count).map((productId) => ({ productId, quantity: 8 })))
    counts.push(database.counters.queries - before)
    expect(answer.status).toBe(201)
  }
  expect(counts).toEqual([6, 6, 6])
})

describe('a deduction', () => {
  test('happens once per idempotency key', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const productId = await client.product()
    await client.receive(productId, 5, '1')
    const headers = { 'idempotency-key': randomUUID() }
    const body = { lines: [{ productId, quantity: 2 }] }
    const first = await client.call('POST', '/deductions', body, headers)
    const second = await client.call('POST', '/deductions', body, headers)
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body).toEqual(first.body)
    expect(second.headers['idempotency-replayed']).toBe('true')
    const other = await client.call('POST', '/deductions', { lines: [{ productId, quantity: 3 }] }, headers)
    expect(other.status).toBe(422)
    expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ onHand: 3 })
  })

  test('a refusal is replayed as well, even when there is stock by then', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const productId = await client.product()
    const headers = { 'idempotency-key': randomUUID() }
    const body = { lines: [{ productId, quantity: 2 }] }
    expect((await client.call('POST', '/deductions', body, headers)).status).toBe(409)
    await client.receive(productId, 5, '1')
    const again = await client.call('POST', '/deductions', body, headers)
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([409, 'true'])
  })

  test('commits together with one event that tells levels before and after', async ({ db, actor }) => {
    const database = db.open('inventory')
    const client = clientOf(testApp(database), actor)
    const productId = await client.product({ category: 'Cables' })
    await client.receive(productId, 8, '10')
    const deducted = await client.deduct({ productId, quantity: 3 })
    const { rows } = await database.pool.query(
      "SELECT type, entity_id, data FROM event_log WHERE company_id = $1 AND type LIKE '%stock%' ORDER BY seq",
      [actor.companyId],
    )
    expect(rows.map((row) => row.type)).toEqual(['crm.inventory.stock.adjusted', 'crm.inventory.stock.consumed'])
    expect(rows[1]).toMatchObject({
      entity_id: deducted.body.id,
      data: {
        totalValue: '-30.00',
        lines: [
          {
            productId,
            category: 'Cables',
            quantity: -3,
            value: '-30.00',
            seq: 2,
            before: { onHand: 8, value: '80.00' },
            after: { onHand: 5, value: '50.00' },
          },
        ],
      },
    })
  })

  test('of another company’s product or location is not found', async ({ db, actor, stranger }) => {
    const app = testApp(db.open('inventory'))
    const [client, other] = [clientOf(app, actor), clientOf(app, stranger)]
    const productId = await client.product()
    await client.receive(productId, 5, '1')
    const place = firstOf((await client.must('GET', '/locations')).data)
    const own = await other.product()
    for (const line of [
      { productId, quantity: 1 },
      { productId: own, quantity: 1, locationId: place.id },
      { productId: randomUUID(), quantity: 1 },
    ]) {
      const answer = await other.deduct(line)
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found'])
    }
    expect((await other.must('GET', '/stock')).data).toEqual([])
    expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ onHand: 5 })
  })

  test.for([
    ['no lines', { lines: [] }],
    ['101 lines', { lines: Array.from({ length: 101 }, () => ({ productId: randomUUID(), quantity: 1 })) }],
    ['a negative quantity', { lines: [{ productId: randomUUID(), quantity: -1 }] }],
    ['a quantity of zero', { lines: [{ productId: randomUUID(), quantity: 0 }] }],
    ['four decimals', { lines: [{ productId: randomUUID(), quantity: 0.0001 }] }],
    ['a text as quantity', { lines: [{ productId: randomUUID(), quantity: '1' }] }],
    ['a product that is not an id', { lines: [{ productId: 'x', quantity: 1 }] }],
    ['an unknown field', { lines: [{ productId: randomUUID(), quantity: 1, price: 1 }] }],
  ] as const)('with %s is refused', async ([, body], { db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const answer = await client.call('POST', '/deductions', body)
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed'])
  })
})

/** A deadlock would be hidden by its retry, but not from the server's statistics, which a session reports when it ends. */
async function countDeadlocks(database: Database, applicationName: string): Promise<number> {
  await waitFor('the sessions to end', async () => {
    const { rowCount } = await database.pool.query('SELECT 1 FROM pg_stat_activity WHERE application_name = $1', [
      applicationName,
    ])
    return rowCount === 0
  })
  const { rows } = await database.pool.query<{ deadlocks: number }>(
    'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
  )
  return rows[0]?.deadlocks ?? -1
}
