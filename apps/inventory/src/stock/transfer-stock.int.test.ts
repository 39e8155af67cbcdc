import { test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { clientOf, firstOf, testApp } from '../../test/support.ts'

describe('a transfer', () => {
  test('keeps quantity, cost, lot and expiry, and leaves what is reserved', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const productId = await client.product()
    const van = await client.must('POST', '/locations', { key: 'VAN-1', name: 'Van 1', kind: 'VEHICLE' })
    const order = await client.must('POST', '/purchase-orders', {
      supplier: 'Acme',
      items: [{ productId, quantity: 8, unitCost: '10' }],
    })
    await client.must('POST', `/purchase-orders/${order.id}/submit`)
    const expiresAt = '2030-01-01T00:00:00.000Z'
    const line = { itemId: firstOf(order.items).id, quantity: 8, lotCode: 'L1', expiresAt }
    await client.must('POST', `/purchase-orders/${order.id}/receive`, { lines: [line] })
    await client.receive(productId, 4, '16')
    await client.must('POST', '/reservations', { lines: [{ productId, quantity: 2 }] })

    const lines = [{ productId, toLocationId: van.id, quantity: 11 }]
    const short = await client.call('POST', '/transfers', { lines })
    expect(short).toMatchObject({ status: 409, body: { errors: [{ requested: 11, available: 10 }] } })

    const moved = await client.must('POST', '/transfers', {
      lines: [{ productId, toLocationId: van.id, quantity: 10 }],
    })
    expect(moved.totalValue).toBe('0.00')
    expect(await client.must('GET', `/stock?locationId=${van.id}`)).toMatchObject({
      data: [{ onHand: 10, value: '112.00' }],
    })
    expect(await client.must('GET', `/batches?locationId=${van.id}`)).toMatchObject({
      data: [
        { remainingQuantity: 8, unitCost: '10.0000', lotCode: 'L1', expiresAt },
        { remainingQuantity: 2, unitCost: '16.0000', lotCode: null },
      ],
    })
    const ledger = await client.must('GET', '/transactions?kind=TRANSFER')
    expect(ledger.data).toHaveLength(4)
    expect(await client.must('GET', '/value')).toMatchObject({ total: '144.00' })
    await client.auditIsClean()
  })

  test('to the same place, or of another company’s place, is refused', async ({ db, actor, stranger }) => {
    const app = testApp(db.open('inventory'))
    const [client, other] = [clientOf(app, actor), clientOf(app, stranger)]
    const productId = await client.product()
    await client.receive(productId, 4, '1')
    const main = firstOf((await client.must('GET', '/locations')).data)
    const theirs = await other.must('POST', '/locations', { key: 'X', name: 'X' })
    const statuses = []
    for (const places of [
      { toLocationId: main.id },
      { fromLocationId: main.id, toLocationId: main.id },
      {},
      { toLocationId: theirs.id },
    ])
      statuses.push(
        (await client.call('POST', '/transfers', { lines: [{ productId, quantity: 1, ...places }] })).status,
      )
    expect(statuses).toEqual([400, 400, 400, 404])
    await client.auditIsClean()
  })

  test('there and back many times at once never meets in a circle', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory', { maxConnections: 12 })), actor)
    const products = [await client.product(), await client.product()]
    const van = await client.must('POST', '/locations', { key: 'VAN-2', name: 'Van', kind: 'VEHICLE' })
    for (const productId of products)
      for (const locationId of [undefined, van.id]) await client.receive(productId, 50, '3', locationId)
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => {
        const lines = products.map((productId) => ({
          productId,
          quantity: 1,
          ...(index % 2 === 0 ? { toLocationId: van.id } : { fromLocationId: van.id }),
        }))
        return client.call('POST', '/transfers', { lines: index % 4 < 2 ? lines : lines.toReversed() })
      }),
    )
    expect(answers.every(({ status }) => status === 201)).toBe(true)
    expect(await client.must('GET', '/value')).toMatchObject({ total: '600.00' })
    await client.auditIsClean()
  })
})

test('scrap leaves as its own kind, and only leaves', async ({ db, actor }) => {
  const client = clientOf(testApp(db.open('inventory')), actor)
  const productId = await client.product()
  await client.receive(productId, 4, '2.5')
  const scrapped = await client.must('POST', '/adjustments', {
    kind: 'SCRAP',
    lines: [{ productId, quantity: -1, reason: 'broken' }],
  })
  expect(scrapped.totalValue).toBe('-2.50')
  const ledger = await client.must('GET', '/transactions?kind=SCRAP')
  expect(ledger.data).toMatchObject([{ quantity: -1, reason: 'broken' }])
  const added = await client.call('POST', '/adjustments', { kind: 'SCRAP', lines: [{ productId, quantity: 1 }] })
  expect(added.status).toBe(400)
})

test('a product picked by expiry gives the layer that expires first, also when it was made so later', async ({
  db,
  actor,
}) => {
  const client = clientOf(testApp(db.open('inventory')), actor)
  const productId = await client.product({ picking: 'FEFO' })
  const order = await client.must('POST', '/purchase-orders', {
    supplier: 'Acme',
    items: [{ productId, quantity: 3, unitCost: '1' }],
  })
  await client.must('POST', `/purchase-orders/${order.id}/submit`)
  const itemId = firstOf(order.items).id
  const lots = [
    { unitCost: '1' },
    { unitCost: '2', expiresAt: '2031-01-01' },
    { unitCost: '3', expiresAt: '2030-01-01' },
  ]
  await client.must('POST', `/purchase-orders/${order.id}/receive`, {
    lines: lots.map((lot) => ({ itemId, quantity: 1, ...lot })),
  })
  expect((await client.deduct({ productId, quantity: 1 })).body.totalCost).toBe('3.00')
  await client.must('PATCH', `/products/${productId}`, { picking: 'FIFO' })
  expect((await client.deduct({ productId, quantity: 1 })).body.totalCost).toBe('1.00')
  await client.must('PATCH', `/products/${productId}`, { picking: 'FEFO' })
  expect((await client.deduct({ productId, quantity: 1 })).body.totalCost).toBe('2.00')
  await client.auditIsClean()
})
