import { randomUUID } from 'node:crypto'
import type { Database } from '@dealwire/db/client'
import { test, waitFor } from '@dealwire/testing'
import pg from 'pg'
import { expect } from 'vitest'
import { expireReservations } from '../src/reservations/expire-reservations.ts'
import { checkLowStock } from '../src/stock/check-low-stock.ts'
import { type Client, clientOf, firstOf, testApp } from './support.ts'

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))
function countBy(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1
  return counts
}

/** Answers that a caller may get when everybody wants the same stock; a deadlock or an internal error is none of them. */
async function outcomesOf(calls: readonly Promise<{ status: number; body: { code: string } }>[]): Promise<string[]> {
  return (await Promise.all(calls)).map(({ status, body }) => (status < 300 ? 'done' : body.code))
}

const available = async (client: Client, productId: string) =>
  (await client.must('GET', `/products/${productId}`)) as unknown as { onHand: number; reserved: number }

test('transfers that cross, deductions and the posting of a count meet in one place: nothing is lost or found', async ({
  db,
  actor,
}) => {
  const client = clientOf(testApp(db.open('inventory', { maxConnections: 16 })), actor)
  const products = [await client.product(), await client.product()]
  const van = await client.must('POST', '/locations', { key: 'VAN', name: 'Van', kind: 'VEHICLE' })
  for (const productId of products)
    for (const locationId of [undefined, van.id]) await client.receive(productId, 100, '1.2345', locationId)
  const taken = await client.must('POST', '/stocktakes', { locationId: van.id })
  const [a = '', b = ''] = products
  await client.must('POST', `/stocktakes/${taken.id}/count`, { lines: [{ productId: a, quantity: 97 }] })

  const line = (productId: string, back: boolean) => ({
    productId,
    quantity: 0.5,
    ...(back ? { fromLocationId: van.id } : { toLocationId: van.id }),
  })
  const outcomes = await outcomesOf([
    ...times(30, (index) => {
      const lines = [line(a, index % 2 === 0), line(b, index % 3 === 0)]
      return client.call('POST', '/transfers', { lines: index % 4 < 2 ? lines : lines.toReversed() })
    }),
    ...times(30, (index) =>
      client.deduct(
        ...[a, b].map((productId) => ({ productId, quantity: 1, ...(index % 2 === 0 ? {} : { locationId: van.id }) })),
      ),
    ),
    ...times(4, () => client.call('POST', `/stocktakes/${taken.id}/post`)),
  ])
  expect(countBy(outcomes)).toEqual({ done: 61, invalid_state: 3 })
  expect(await available(client, a)).toMatchObject({ onHand: 200 - 30 - 3 })
  expect(await available(client, b)).toMatchObject({ onHand: 200 - 30 })
  await client.auditIsClean()
})

test('a receipt whose connection dies in flight is received once, by whoever asks again with its key', async ({
  db,
  actor,
}) => {
  const [first, second] = [testApp(db.open('inventory')), testApp(db.open('inventory'))].map((app) =>
    clientOf(app, actor),
  )
  if (first === undefined || second === undefined) throw new Error('two are wanted')
  const productId = await first.product()
  await first.receive(productId, 1, '1')
  const order = await first.must('POST', '/purchase-orders', {
    supplier: 'Acme',
    items: [{ productId, quantity: 5, unitCost: '2' }],
  })
  await first.must('POST', `/purchase-orders/${order.id}/submit`)
  const headers = { 'idempotency-key': randomUUID() }
  const body = { lines: [{ itemId: firstOf(order.items).id, quantity: 5 }] }
  const receive = (client: Client) => client.call('POST', `/purchase-orders/${order.id}/receive`, body, headers)

  const gunner = new pg.Client({ connectionString: db.adminUrl })
  await gunner.connect()
  await gunner.query('BEGIN')
  await gunner.query('SELECT 1 FROM inventory.stock_levels WHERE company_id = $1 FOR UPDATE', [actor.companyId])
  const dying = receive(first)
  const victim = await waitFor('the receipt to wait for its stock', async () => {
    const { rows } = await gunner.query(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`,
    )
    return rows[0]?.pid as number | undefined
  })
  expect((await receive(second)).body.code).toBe('idempotency_in_progress')
  await gunner.query('SELECT pg_terminate_backend($1)', [victim])
  expect((await dying).status).toBe(503)
  await gunner.query('ROLLBACK')
  await gunner.end()

  const answers = await Promise.all([receive(first), receive(second), receive(first), receive(second)])
  for (const {
    status,
    body: { code },
  } of answers)
    expect(status === 409 ? code : status).toBeOneOf([200, 201, 'idempotency_in_progress'])
  expect(answers.some(({ status }) => status < 300)).toBe(true)
  expect(await available(first, productId)).toMatchObject({ onHand: 6 })
  expect((await first.must('GET', `/batches?productId=${productId}`)).data).toHaveLength(2)
  await first.auditIsClean()
})

test('approval, cancellation, use and the clock at the same instant: one end, and nothing stays held', async ({
  db,
  actor,
}) => {
  const database = db.open('inventory', { maxConnections: 16 })
  const client = clientOf(testApp(database), actor)
  const productId = await client.product()
  await client.receive(productId, 500, '3.3333')
  let gone = 0
  for (let round = 0; round < 12; round++) {
    const { id } = await client.must('POST', '/work-orders', { title: 'Job' })
    await client.must('POST', `/work-orders/${id}/products`, { lines: [{ productId, quantity: 5 }] })
    await client.must('POST', `/work-orders/${id}/products`, { lines: [{ productId, quantity: 2 }] })
    await client.must('POST', `/work-orders/${id}/start`)
    const expiresAt = new Date(Date.now() + 60_000).toISOString()
    await client.must('POST', '/reservations', { lines: [{ productId, quantity: 4 }], expiresAt })
    await database.pool.query('UPDATE reservations SET expires_at = now() WHERE expires_at IS NOT NULL')

    const [used, ...ends] = await Promise.all([
      client.call('POST', '/deductions', { workOrderId: id, lines: [{ productId, quantity: 3 }] }),
      client.call('POST', `/work-orders/${id}/approve`),
      client.call('POST', `/work-orders/${id}/cancel`),
      client.call('POST', `/work-orders/${id}/cancel`),
      ...times(3, () => expireReservations(database, AbortSignal.timeout(10_000))),
    ])
    const statuses = ends.flatMap((end) => (typeof end === 'number' ? [] : [end.status]))
    expect(statuses.toSorted()).toEqual([200, 409, 409])
    const { status } = await client.must('GET', `/work-orders/${id}`)
    gone += status === 'APPROVED' ? 7 : used.status === 201 ? 3 : 0
    expect(await available(client, productId)).toMatchObject({ onHand: 500 - gone, reserved: 0 })
  }
  const { data } = await client.must('GET', '/reservations?status=OPEN')
  expect(data).toEqual([])
  await client.auditIsClean()
})

test('low stock is told once per crossing, though many cross it at two places at once', async ({ db, actor }) => {
  const database = db.open('inventory', { maxConnections: 16 })
  const client = clientOf(testApp(database), actor)
  const productId = await client.product({ reorderLevel: 20 })
  const van = await client.must('POST', '/locations', { key: 'VAN', name: 'Van', kind: 'VEHICLE' })
  const places = [undefined, van.id]
  for (let crossing = 1; crossing <= 3; crossing++) {
    for (const place of places) await client.receive(productId, 30, '1', place)
    await checkLowStock(database)
    expect(await countLow(database, actor.companyId)).toBe(crossing - 1)
    await Promise.all(
      times(60, (index) =>
        client.deduct({ productId, quantity: 1, ...(index % 2 === 0 ? {} : { locationId: van.id }) }),
      ),
    )
    await Promise.all(times(3, () => checkLowStock(database)))
    expect(await countLow(database, actor.companyId)).toBe(crossing)
  }
  await client.auditIsClean()
})

async function countLow(database: Database, companyId: string): Promise<number> {
  const { rows } = await database.pool.query(
    "SELECT count(*)::int AS told FROM event_log WHERE company_id = $1 AND type = 'crm.inventory.stock.low'",
    [companyId],
  )
  return rows[0]?.told
}

test('the past is what was answered then, at any time', async ({ db, actor }) => {
  const client = clientOf(testApp(db.open('inventory')), actor)
  const productId = await client.product()
  /** The last answer of each millisecond. */
  const history = new Map<number, { onHand: number; value: string }>()
  for (let step = 0; step < 60; step++) {
    const quantity = Math.round(Math.random() * 9_000 + 1) / 1_000
    const isReceipt = step % 3 === 0
    const made = isReceipt
      ? await client.receive(productId, quantity * 4, `${Math.round(Math.random() * 99_999) / 10_000}`)
      : (await client.deduct({ productId, quantity })).body
    if (made.occurredAt === undefined) continue
    const { data } = await client.must('GET', `/stock?productId=${productId}`)
    const { onHand, value } = firstOf(data)
    history.set(Date.parse(made.occurredAt), { onHand, value })
  }
  const instants = [...history.keys()].toSorted((x, y) => x - y)
  const [from = 0, to = 0] = [instants[0], instants.at(-1)]
  for (const at of [from - 1, to + 1, ...times(60, () => Math.round(from + Math.random() * (to - from)))]) {
    const known = instants.findLast((instant) => instant <= at)
    const expected = (known === undefined ? undefined : history.get(known)) ?? { onHand: 0, value: '0.00' }
    const query = `at=${new Date(at).toISOString()}`
    const [level = { onHand: 0, value: '0.00' }] = (await client.must('GET', `/stock?productId=${productId}&${query}`))
      .data
    expect({ at, onHand: level.onHand, value: level.value }).toEqual({ at, ...expected })
    expect(await client.must('GET', `/value?${query}`)).toMatchObject({ total: expected.value })
  }
})

test('thousandths at ten-thousandths, taken bit by bit by many: the last one leaves nothing, in quantity or value', async ({
  db,
  actor,
}) => {
  const client = clientOf(testApp(db.open('inventory', { maxConnections: 8 })), actor)
  const productId = await client.product()
  const costs = ['0.0001', '0.3333', '1.6667', '9.9999', '0']
  for (const cost of costs) await client.receive(productId, 1.111, cost)
  const { total } = (await client.must('GET', '/value')) as unknown as { total: string }
  const answers = await Promise.all(
    times(300, (index) => client.deduct({ productId, quantity: ((index % 40) + 1) / 1_000 })),
  )
  const rest = await available(client, productId)
  if (rest.onHand > 0) answers.push(await client.deduct({ productId, quantity: rest.onHand }))
  const cents = answers.reduce((sum, { body }) => sum + Math.round(Number(body.totalCost ?? 0) * 100), 0)
  expect(cents).toBe(Math.round(Number(total) * 100))
  expect(await client.must('GET', `/stock?productId=${productId}`)).toMatchObject({
    data: [{ onHand: 0, value: '0.00' }],
  })
  await client.auditIsClean()
})
