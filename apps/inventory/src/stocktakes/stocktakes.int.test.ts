import { randomUUID } from 'node:crypto'
import { createLogger } from '@dealwire/telemetry'
import { type TestDatabase, test } from '@dealwire/testing'
import pg from 'pg'
import { describe, expect } from 'vitest'
import { clientOf, testApp } from '../../test/support.ts'
import { checkLowStock } from '../stock/check-low-stock.ts'
import { watchInvariants } from '../stock/watch-invariants.ts'

describe('a stocktake', () => {
  test('posts differences against the level of now, and each only once', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const [moved, still, uncounted] = [await client.product(), await client.product(), await client.product()]
    for (const productId of [moved, still, uncounted]) await client.receive(productId, 10, '2')
    const taken = await client.must('POST', '/stocktakes', {})
    expect(taken).toMatchObject({ status: 'OPEN', lineCount: 3, countedCount: 0 })
    const path = `/stocktakes/${taken.id}`

    // Before the count: the shelf shows 9 of what the frozen books call 10, and that is right.
    await client.deduct({ productId: moved, quantity: 1 })
    const counted = await client.must('POST', `${path}/count`, {
      lines: [
        { productId: moved, quantity: 9 },
        { productId: still, quantity: 8 },
      ],
    })
    expect(counted.lines).toContainEqual(
      expect.objectContaining({ productId: moved, expected: 9, difference: 0, moved: true }),
    )
    // After the count: what left then is not found missing.
    await client.deduct({ productId: still, quantity: 3 })

    const answers = await Promise.all([client.call('POST', `${path}/post`), client.call('POST', `${path}/post`)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    for (const [productId, onHand] of [
      [moved, 9],
      [still, 5],
      [uncounted, 10],
    ] as const)
      expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ onHand })
    await client.auditIsClean()
  })

  test('names unknown products and places, and leaves what is reserved', async ({ db, actor, stranger }) => {
    const app = testApp(db.open('inventory'))
    const [client, other] = [clientOf(app, actor), clientOf(app, stranger)]
    const productId = await client.product()
    await client.receive(productId, 5, '1')
    await client.must('POST', '/reservations', { lines: [{ productId, quantity: 4 }] })
    const taken = await client.must('POST', '/stocktakes', { productIds: [productId] })
    await client.must('POST', `/stocktakes/${taken.id}/count`, { lines: [{ productId, quantity: 3 }] })
    expect((await client.call('POST', `/stocktakes/${taken.id}/post`)).body.code).toBe('insufficient_stock')
    for (const [who, path, body] of [
      [client, '/stocktakes', { productIds: [randomUUID()] }],
      [client, '/stocktakes', { locationId: randomUUID() }],
      [client, `/stocktakes/${taken.id}/count`, { lines: [{ productId: randomUUID(), quantity: 1 }] }],
      [other, `/stocktakes/${taken.id}/post`, undefined],
    ] as const)
      expect((await who.call('POST', path, body)).status).toBe(404)
  })
})

test('low stock is told once per crossing, also when the reorder level does the crossing', async ({ db, actor }) => {
  const database = db.open('inventory')
  const client = clientOf(testApp(database), actor)
  const productId = await client.product({ reorderLevel: 5 })
  await client.receive(productId, 7, '1')
  await client.deduct({ productId, quantity: 1 })
  await client.must('POST', '/reservations', { lines: [{ productId, quantity: 1 }] })
  await client.deduct({ productId, quantity: 1 })
  await checkLowStock(database)
  const told = async () => {
    const { rows } = await database.pool.query(
      "SELECT data->>'available' AS available FROM event_log WHERE company_id = $1 AND type = 'crm.inventory.stock.low' ORDER BY seq",
      [actor.companyId],
    )
    return rows.map((row) => row.available)
  }
  expect(await told()).toEqual(['5'])
  await client.receive(productId, 10, '1')
  await checkLowStock(database)
  await client.deduct({ productId, quantity: 9 })
  expect(await told()).toEqual(['5', '5'])
  await client.receive(productId, 10, '1')
  await client.must('PATCH', `/products/${productId}`, { reorderLevel: 50 })
  await checkLowStock(database)
  await checkLowStock(database)
  expect(await told()).toEqual(['5', '5', '15'])
})

test('what breaks an invariant is told by event and metric, also when the company before it could not be audited', async ({
  db,
  actor,
  stranger,
}) => {
  const database = db.open('inventory')
  const app = testApp(database)
  for (const who of [actor, stranger]) {
    const client = clientOf(app, who)
    await client.receive(await client.product(), 5, '1')
  }
  const gauges = new Map<string, number>()
  const watch = () =>
    watchInvariants({
      database,
      logger: createLogger({ service: 'inventory', level: 'silent' }),
      gauge: { set: ({ invariant }, value) => void gauges.set(invariant, value) },
      signal: new AbortController().signal,
    })
  const brokenBefore = await watch()
  await database.pool.query('UPDATE stock_levels SET reserved = 1 WHERE company_id = $1', [actor.companyId])
  expect(await watch()).toBe(brokenBefore + 1)
  expect(gauges.get('reserved_quantity')).toBe(1)
  const { rows } = await database.pool.query(
    "SELECT data FROM event_log WHERE company_id = $1 AND type = 'crm.inventory.invariant.violated'",
    [actor.companyId],
  )
  expect(rows).toMatchObject([{ data: { invariants: [{ name: 'reserved_quantity', violations: 1 }] } }])

  const [first = '', second = ''] = [actor.companyId, stranger.companyId].toSorted()
  await database.pool.query('UPDATE stock_levels SET reserved = 1 WHERE company_id = $1', [second])
  await failFor(db, first)
  expect(await watch()).toBe(brokenBefore + 1)
})

/** Reading the levels of this company fails, as a statement would that takes too long. */
async function failFor(db: TestDatabase, companyId: string): Promise<void> {
  const admin = new pg.Client({ connectionString: db.adminUrl })
  await admin.connect()
  await admin.query(`ALTER TABLE inventory.stock_levels ENABLE ROW LEVEL SECURITY;
    CREATE POLICY broken ON inventory.stock_levels USING (company_id <> '${companyId}' OR 1 / (length(product_id::text) - 36) > 0)`)
  await admin.end()
}
