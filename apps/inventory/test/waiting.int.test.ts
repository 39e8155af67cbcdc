import { type TestDatabase, test, waitFor } from '@dealwire/testing'
import pg from 'pg'
import { expect } from 'vitest'
import { clientOf, firstOf, testApp } from './support.ts'

type Call<T> = () => Promise<T>

/** Holds a row until both calls wait for it, the first one before the second. What the second reads must be what the first has left. */
async function inTurn<A, B>(
  db: TestDatabase,
  table: string,
  id: string,
  first: Call<A>,
  second: Call<B>,
): Promise<[A, B]> {
  const [holder, watcher] = [
    new pg.Client({ connectionString: db.adminUrl }),
    new pg.Client({ connectionString: db.adminUrl }),
  ]
  await Promise.all([holder.connect(), watcher.connect()])
  try {
    await holder.query('BEGIN')
    await holder.query(`SELECT 1 FROM inventory.${table} WHERE id = $1 FOR UPDATE`, [id])
    const waiting = async (count: number) => (await watcher.query(waitingSql)).rows[0]?.waiting === count
    const one = first()
    await waitFor('the first call to wait', () => waiting(1))
    const two = second()
    await waitFor('the second call to wait', () => waiting(2))
    await holder.query('ROLLBACK')
    return await Promise.all([one, two])
  } finally {
    await Promise.all([holder.end(), watcher.end()])
  }
}

const waitingSql = `SELECT count(*)::int AS waiting FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event IN ('transactionid', 'tuple')`

test('a receipt that waits for an amendment knows the items that it added', async ({ db, actor }) => {
  const client = clientOf(testApp(db.open('inventory')), actor)
  const [a, b] = [await client.product(), await client.product()]
  const order = await client.must('POST', '/purchase-orders', {
    supplier: 'Acme',
    items: [{ productId: a, quantity: 1, unitCost: '2' }],
  })
  await client.must('POST', `/purchase-orders/${order.id}/submit`)
  const { id: itemId } = firstOf(order.items)
  const items = [
    { id: itemId, productId: a, quantity: 1, unitCost: '2' },
    { productId: b, quantity: 5, unitCost: '3' },
  ]
  const [amended, received] = await inTurn(
    db,
    'purchase_orders',
    order.id,
    () => client.call('PATCH', `/purchase-orders/${order.id}`, { items }),
    () => client.call('POST', `/purchase-orders/${order.id}/receive`, { lines: [{ itemId, quantity: 1 }] }),
  )
  expect([amended.status, received.status]).toEqual([200, 200])
  expect(received.body.status).toBe('PARTIALLY_RECEIVED')
})

test('an order is found by who waits while all of its items are replaced', async ({ db, actor }) => {
  const client = clientOf(testApp(db.open('inventory')), actor)
  const productId = await client.product()
  const order = await client.must('POST', '/purchase-orders', {
    supplier: 'Acme',
    items: [{ productId, quantity: 1, unitCost: '2' }],
  })
  const [amended, submitted] = await inTurn(
    db,
    'purchase_orders',
    order.id,
    () => client.call('PATCH', `/purchase-orders/${order.id}`, { items: [{ productId, quantity: 5, unitCost: '3' }] }),
    () => client.call('POST', `/purchase-orders/${order.id}/submit`),
  )
  expect([amended.status, submitted.status]).toEqual([200, 200])
})

test('a deletion that waits for products to be planned frees what they hold', async ({ db, actor }) => {
  const client = clientOf(testApp(db.open('inventory')), actor)
  const productId = await client.product()
  await client.receive(productId, 5, '1')
  const { id } = await client.must('POST', '/work-orders', { title: 'Job' })
  const [planned, deleted] = await inTurn(
    db,
    'work_orders',
    id,
    () => client.call('POST', `/work-orders/${id}/products`, { lines: [{ productId, quantity: 3 }] }),
    () => client.call('POST', '/work-orders/bulk/delete', { ids: [id] }),
  )
  expect([planned.status, deleted.status]).toEqual([200, 200])
  expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ onHand: 5, reserved: 0 })
  await client.auditIsClean()
})

test('an order that becomes a part gets no part itself, whichever comes first', async ({ db, actor }) => {
  const client = clientOf(testApp(db.open('inventory')), actor)
  const [whole, order] = [
    await client.must('POST', '/work-orders', { title: 'Whole' }),
    await client.must('POST', '/work-orders', { title: 'Order' }),
  ]
  const becomesPart = () => client.call('PATCH', `/work-orders/${order.id}`, { parentId: whole.id })
  const getsPart = () => client.call('POST', '/work-orders', { title: 'Part', parentId: order.id })
  const [became, got] = await inTurn(db, 'work_orders', order.id, becomesPart, getsPart)
  expect([became.status, got.body.code]).toEqual([200, 'nested_work_order'])

  await client.must('PATCH', `/work-orders/${order.id}`, { parentId: null })
  const [first, second] = await inTurn(db, 'work_orders', order.id, getsPart, becomesPart)
  expect([first.status, second.body.code]).toEqual([201, 'nested_work_order'])
})

test('no part is left without its whole, and no order is approved before its parts', async ({ db, actor }) => {
  const client = clientOf(testApp(db.open('inventory')), actor)
  const whole = await client.must('POST', '/work-orders', { title: 'Whole' })
  const part = () => client.call('POST', '/work-orders', { title: 'Part', parentId: whole.id })
  const [made, deleted] = await inTurn(db, 'work_orders', whole.id, part, () =>
    client.call('POST', '/work-orders/bulk/delete', { ids: [whole.id] }),
  )
  expect([made.status, deleted.status]).toEqual([201, 207])

  await client.must('POST', `/work-orders/${whole.id}/start`)
  await client.must('POST', `/work-orders/${made.body.id}/cancel`)
  const [again, approved] = await inTurn(db, 'work_orders', whole.id, part, () =>
    client.call('POST', `/work-orders/${whole.id}/approve`),
  )
  expect([again.status, approved.body.code]).toEqual([201, 'open_parts'])
})
