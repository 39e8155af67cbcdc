import { randomUUID } from 'node:crypto'
import { test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { type Client, clientOf, firstOf, testApp, withoutWakeUps } from '../../test/support.ts'

async function submitted(
  client: Client,
  items: { productId: string; quantity: number; unitCost: string }[],
  fields: object = {},
) {
  const order = await client.must('POST', '/purchase-orders', { supplier: 'Acme', items, ...fields })
  return client.must('POST', `/purchase-orders/${order.id}/submit`)
}

describe('numbers of purchase orders', () => {
  test('have no gap and no duplicate, though many are made at once and some fail', async ({ db, actor, stranger }) => {
    const app = testApp(db.open('inventory', { maxConnections: 10 }))
    const client = clientOf(app, actor)
    const productId = await client.product()
    const items = [{ productId, quantity: 1, unitCost: '1' }]
    const bad = [{ productId: randomUUID(), quantity: 1, unitCost: '1' }]
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        client.call('POST', '/purchase-orders', { supplier: 'Acme', items: index % 4 === 0 ? bad : items }),
      ),
    )
    const year = new Date().toLocaleDateString('en-CA', { timeZone: actor.company.timeZone }).slice(0, 4)
    const numbers = answers.filter(({ status }) => status === 201).map(({ body }) => body.number)
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(6)
    expect(numbers.toSorted()).toEqual(
      Array.from({ length: 18 }, (_, index) => `PO-${year}-${String(index + 1).padStart(4, '0')}`),
    )

    const other = clientOf(app, stranger)
    const theirs = await other.must('POST', '/purchase-orders', {
      supplier: 'B',
      items: [{ productId: await other.product(), quantity: 1, unitCost: 0 }],
    })
    expect(theirs.number).toBe(`PO-${year}-0001`)
  })
})

describe('receiving', () => {
  test('in parts fills layers and ends the order; the cost of a line may differ from the order’s', async ({
    db,
    actor,
  }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const productId = await client.product()
    const order = await submitted(client, [{ productId, quantity: 10, unitCost: '2.5' }])
    expect(order).toMatchObject({ status: 'SUBMITTED', total: '25.00', version: 2 })
    const item = firstOf(order.items)
    const path = `/purchase-orders/${order.id}/receive`

    const part = await client.must('POST', path, {
      lines: [{ itemId: item.id, quantity: 4, lotCode: 'L1', expiresAt: '2030-01-01' }],
    })
    expect(part).toMatchObject({ status: 'PARTIALLY_RECEIVED', items: [{ receivedQuantity: 4 }] })
    const tooMuch = await client.call('POST', path, {
      lines: [
        { itemId: item.id, quantity: 3 },
        { itemId: item.id, quantity: 3.001 },
      ],
    })
    expect(tooMuch.body).toMatchObject({
      code: 'over_receipt',
      errors: [{ itemId: item.id, requested: 6.001, open: 6 }],
    })
    const rest = await client.must('POST', path, { lines: [{ itemId: item.id, quantity: 6, unitCost: '3' }] })
    expect(rest.status).toBe('RECEIVED')
    expect((await client.call('POST', path, { lines: [{ itemId: item.id, quantity: 1 }] })).body.code).toBe(
      'over_receipt',
    )

    const batches = await client.must('GET', `/batches?purchaseOrderId=${order.id}`)
    expect(batches.data).toMatchObject([
      {
        remainingQuantity: 4,
        unitCost: '2.5000',
        lotCode: 'L1',
        expiresAt: '2030-01-01T00:00:00.000Z',
        purchaseOrderId: order.id,
      },
      { remainingQuantity: 6, unitCost: '3.0000', lotCode: null },
    ])
    expect(await client.must('GET', '/value')).toMatchObject({ total: '28.00' })
    expect((await client.must('GET', `/transactions?kind=RECEIPT&purchaseOrderId=${order.id}`)).data).toHaveLength(2)
    await client.auditIsClean()
  })

  test('the same goods twice at once: one receipt', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory', { maxConnections: 8 })), actor)
    const productId = await client.product()
    const order = await submitted(client, [{ productId, quantity: 5, unitCost: '1' }])
    const receive = () =>
      client.call('POST', `/purchase-orders/${order.id}/receive`, {
        lines: [{ itemId: firstOf(order.items).id, quantity: 5 }],
      })
    const answers = await Promise.all([receive(), receive(), receive()])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
    expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ onHand: 5 })
    await client.auditIsClean()
  })

  test('happens once per idempotency key', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const productId = await client.product()
    const order = await submitted(client, [{ productId, quantity: 5, unitCost: '1' }])
    const headers = { 'idempotency-key': randomUUID() }
    const body = { lines: [{ itemId: firstOf(order.items).id, quantity: 2 }] }
    for (let click = 0; click < 2; click++) {
      const answer = await client.call('POST', `/purchase-orders/${order.id}/receive`, body, headers)
      expect(answer.body).toMatchObject({ status: 'PARTIALLY_RECEIVED', items: [{ receivedQuantity: 2 }] })
    }
    expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ onHand: 2 })
  })

  test('is refused in the wrong state, for unknown items, and in another currency without a cost', async ({
    db,
    actor,
  }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const productId = await client.product()
    const items = [{ productId, quantity: 5, unitCost: '1' }]
    const draft = await client.must('POST', '/purchase-orders', { supplier: 'Acme', items })
    const lines = [{ itemId: firstOf(draft.items).id, quantity: 1 }]
    expect((await client.call('POST', `/purchase-orders/${draft.id}/receive`, { lines })).body.code).toBe(
      'invalid_state',
    )
    await client.must('POST', `/purchase-orders/${draft.id}/submit`)
    expect((await client.call('POST', `/purchase-orders/${draft.id}/submit`)).body.code).toBe('invalid_state')
    const unknown = await client.call('POST', `/purchase-orders/${draft.id}/receive`, {
      lines: [{ itemId: randomUUID(), quantity: 1 }],
    })
    expect(unknown.status).toBe(404)

    const foreign = await submitted(client, items, { currency: 'USD' })
    const path = `/purchase-orders/${foreign.id}/receive`
    expect(
      (await client.call('POST', path, { lines: [{ itemId: firstOf(foreign.items).id, quantity: 1 }] })).body.code,
    ).toBe('currency_rate_missing')
    await client.must('POST', path, { lines: [{ itemId: firstOf(foreign.items).id, quantity: 1, unitCost: '2.7' }] })
    expect(await client.must('GET', '/value')).toMatchObject({ total: '2.70', currency: 'GEL' })
  })

  test('takes the same number of statements for one line and for fifty', async ({ db, actor }) => {
    const database = withoutWakeUps(db.open('inventory'))
    const client = clientOf(testApp(database), actor)
    const products = await Promise.all(Array.from({ length: 50 }, () => client.product()))
    await client.must('POST', '/adjustments', {
      lines: products.map((productId) => ({ productId, quantity: 1, unitCost: 1 })),
    })
    const counts = []
    for (const count of [1, 50]) {
      const order = await submitted(
        client,
        products.slice(0, count).map((productId) => ({ productId, quantity: 2, unitCost: '1' })),
      )
      const before = database.counters.queries
      await client.must('POST', `/purchase-orders/${order.id}/receive`, {
        lines: order.items.map((item: { id: string }) => ({ itemId: item.id, quantity: 2 })),
      })
      counts.push(database.counters.queries - before)
    }
    expect(counts).toEqual([10, 10])
  })
})

test('purchase orders are listed, found by words, and hidden from others', async ({ db, actor, stranger }) => {
  const app = testApp(db.open('inventory'))
  const client = clientOf(app, actor)
  const productId = await client.product()
  const items = [{ productId, quantity: 1, unitCost: '1.2345' }]
  const first = await client.must('POST', '/purchase-orders', {
    supplier: 'Acme',
    items,
    expectedAt: '2030-05-05T10:00:00+04:00',
  })
  await submitted(client, items, { supplier: 'Bolt' })
  expect(first).toMatchObject({
    total: '1.23',
    expectedAt: '2030-05-05T06:00:00.000Z',
    items: [{ unitCost: '1.2345' }],
  })
  expect((await client.must('GET', '/purchase-orders?status=DRAFT')).data).toEqual([first])
  expect((await client.must('GET', '/purchase-orders?q=bol')).data).toHaveLength(1)
  expect((await client.must('GET', `/purchase-orders?productId=${productId}&sort=number`)).data[0]).toEqual(first)
  expect((await client.call('GET', `/purchase-orders/${first.id}`)).headers.etag).toBe('"1"')
  const other = clientOf(app, stranger)
  expect((await other.must('GET', '/purchase-orders')).data).toEqual([])
  for (const action of ['submit', 'receive']) {
    const body = action === 'receive' ? { lines: [{ itemId: firstOf(first.items).id, quantity: 1 }] } : undefined
    expect((await other.call('POST', `/purchase-orders/${first.id}/${action}`, body)).status).toBe(404)
  }
})
