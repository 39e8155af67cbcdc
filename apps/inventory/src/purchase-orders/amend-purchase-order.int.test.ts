import { test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { clientOf, firstOf, testApp } from '../../test/support.ts'

describe('an order that has gone out', () => {
  test('is amended down to what has come, with a record of each amendment', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const [productId, other] = [await client.product(), await client.product()]
    const draft = await client.must('POST', '/purchase-orders', {
      supplier: 'Acme',
      items: [{ productId, quantity: 10, unitCost: '2' }],
    })
    const path = `/purchase-orders/${draft.id}`
    expect(await client.must('PATCH', path, { notes: 'soon' })).toMatchObject({ notes: 'soon', version: 2 })
    await client.must('POST', `${path}/submit`)
    const itemId = firstOf(draft.items).id
    await client.must('POST', `${path}/receive`, { lines: [{ itemId, quantity: 4 }] })

    const item = { id: itemId, productId, unitCost: '2' }
    const below = await client.call('PATCH', path, { items: [{ ...item, quantity: 3 }] })
    expect(below).toMatchObject({ status: 409, body: { code: 'below_received', errors: [{ itemId, received: 4 }] } })
    expect(
      (await client.call('PATCH', path, { items: [{ productId: other, quantity: 1, unitCost: '1' }] })).status,
    ).toBe(409)
    const twice = await client.call('PATCH', path, {
      items: [
        { ...item, quantity: 5 },
        { ...item, quantity: 6 },
      ],
    })
    expect(twice.status).toBe(400)
    const amended = await client.must('PATCH', path, {
      items: [
        { ...item, quantity: 6 },
        { productId: other, quantity: 1, unitCost: '5' },
      ],
    })
    expect(amended).toMatchObject({
      status: 'PARTIALLY_RECEIVED',
      total: '17.00',
      items: [{ id: itemId, quantity: 6, receivedQuantity: 4 }, { productId: other }],
    })
    expect((await client.must('GET', `${path}/amendments`)).data).toMatchObject([
      {
        before: { items: [{ quantity: 10 }] },
        after: { items: [{ quantity: 6 }, { quantity: 1 }] },
        actorId: actor.userId,
      },
    ])
    expect(await client.must('PATCH', path, { items: [{ ...item, quantity: 4 }] })).toMatchObject({
      status: 'RECEIVED',
    })
    expect((await client.call('PATCH', path, { supplier: 'x' })).body.code).toBe('invalid_state')
  })

  test('is closed short when something has come, and cancelled only when nothing has', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const productId = await client.product({ reorderLevel: 5 })
    const items = [{ productId, quantity: 10, unitCost: '2' }]
    const [first, second] = [
      await client.must('POST', '/purchase-orders', { supplier: 'Acme', items }),
      await client.must('POST', '/purchase-orders', { supplier: 'Acme', items }),
    ]
    for (const { id } of [first, second]) await client.must('POST', `/purchase-orders/${id}/submit`)
    const lines = [{ itemId: firstOf(first.items).id, quantity: 1, unitCost: '2.5' }]
    await client.must('POST', `/purchase-orders/${first.id}/receive`, { lines })
    expect((await client.call('POST', `/purchase-orders/${first.id}/cancel`)).body.code).toBe('invalid_state')
    expect((await client.must('GET', '/reorder-suggestions')).data).toEqual([])
    expect(await client.must('POST', `/purchase-orders/${second.id}/cancel`)).toMatchObject({ status: 'CANCELLED' })
    expect(await client.must('POST', `/purchase-orders/${first.id}/close`)).toMatchObject({ status: 'CLOSED' })
    expect((await client.call('POST', `/purchase-orders/${first.id}/receive`, { lines })).body.code).toBe(
      'invalid_state',
    )
    expect((await client.must('GET', '/reorder-suggestions')).data).toMatchObject([
      { productId, onHand: 1, onOrder: 0, projected: 1, reorderLevel: 5, suggestedQuantity: 4 },
    ])
    expect((await client.must('GET', `/purchase-orders/${first.id}/receipts`)).data).toMatchObject([
      { lines: [{ productId, quantity: 1, unitCost: '2.5000', value: '2.50' }], totalValue: '2.50' },
    ])
  })

  test('takes as much more as product or company tolerate', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const [strict, loose] = [await client.product({ overReceiptPercent: 0 }), await client.product()]
    const order = await client.must('POST', '/purchase-orders', {
      supplier: 'Acme',
      items: [strict, loose].map((productId) => ({ productId, quantity: 10, unitCost: '1' })),
    })
    await client.must('POST', `/purchase-orders/${order.id}/submit`)
    const [first, second] = order.items.map(({ id }) => id)
    const receive = (itemId: string | undefined, quantity: number) =>
      client.call('POST', `/purchase-orders/${order.id}/receive`, { lines: [{ itemId, quantity }] })
    expect((await receive(second, 10.5)).body.code).toBe('over_receipt')
    expect(await client.must('PATCH', '/settings', { overReceiptPercent: 5 })).toMatchObject({ overReceiptPercent: 5 })
    expect((await receive(second, 10.501)).body.code).toBe('over_receipt')
    expect((await receive(second, 10.5)).status).toBe(200)
    expect((await receive(first, 10.001)).body.code).toBe('over_receipt')
    expect((await receive(first, 10)).body.status).toBe('RECEIVED')
    await client.auditIsClean()
  })
})
