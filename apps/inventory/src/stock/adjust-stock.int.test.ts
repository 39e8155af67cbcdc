import { test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { clientOf, testApp } from '../../test/support.ts'

describe('an adjustment', () => {
  test('up without a cost takes the current average, or the latest cost where nothing is left', async ({
    db,
    actor,
  }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const productId = await client.product()
    await client.receive(productId, 1, '10')
    await client.receive(productId, 2, '11')
    const found = await client.receive(productId, 3, undefined)
    expect(found.totalValue).toBe('32.00')
    await client.deduct({ productId, quantity: 6 })
    expect((await client.receive(productId, 1, undefined)).totalValue).toBe('10.67')
    const never = await client.product()
    expect((await client.receive(never, 1, undefined)).totalValue).toBe('0.00')
    await client.auditIsClean()
  })

  test('down takes the oldest layers and keeps its reason; more than there is changes nothing', async ({
    db,
    actor,
  }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const productId = await client.product()
    await client.receive(productId, 2, '10')
    await client.receive(productId, 2, '20')
    const lost = await client.must('POST', '/adjustments', { lines: [{ productId, quantity: -3, reason: 'broken' }] })
    expect(lost).toMatchObject({ totalValue: '-40.00', lines: [{ quantity: -3, onHandAfter: 1, valueAfter: '20.00' }] })
    const refused = await client.call('POST', '/adjustments', {
      lines: [
        { productId, quantity: -1 },
        { productId, quantity: -1 },
      ],
    })
    expect([refused.status, refused.body.code]).toEqual([409, 'insufficient_stock'])
    expect(refused.body.errors).toMatchObject([{ productId, requested: 2, available: 1 }])
    const { data } = await client.must('GET', '/transactions?kind=ADJUSTMENT')
    expect(data.filter((entry) => entry.reason === 'broken')).toHaveLength(2)
    await client.auditIsClean()
  })

  test('with lines up and down of one product brings in first and takes out then', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const productId = await client.product()
    const swapped = await client.must('POST', '/adjustments', {
      lines: [
        { productId, quantity: -4 },
        { productId, quantity: 5, unitCost: '2.50' },
      ],
    })
    expect(swapped).toMatchObject({ totalValue: '2.50', lines: [{ quantity: 1, onHandAfter: 1 }] })
    expect(await client.must('GET', '/batches')).toMatchObject({
      data: [{ receivedQuantity: 5, remainingQuantity: 1, unitCost: '2.5000' }],
    })
    await client.auditIsClean()
  })

  test('never takes what is reserved', async ({ db, actor }) => {
    const database = db.open('inventory')
    const client = clientOf(testApp(database), actor)
    const productId = await client.product()
    await client.receive(productId, 5, '1')
    await database.pool.query('UPDATE stock_levels SET reserved = 3 WHERE company_id = $1', [actor.companyId])
    for (const path of ['/adjustments', '/deductions']) {
      const quantity = path === '/deductions' ? 3 : -3
      const refused = await client.call('POST', path, { lines: [{ productId, quantity }] })
      expect(refused.body).toMatchObject({ code: 'insufficient_stock', errors: [{ requested: 3, available: 2 }] })
    }
    expect((await client.deduct({ productId, quantity: 2 })).status).toBe(201)
  })

  test.for([
    ['a quantity of zero', { quantity: 0 }],
    ['a cost for what is taken away', { quantity: -1, unitCost: '1' }],
    ['a negative cost', { quantity: 1, unitCost: '-1' }],
    ['five decimals of cost', { quantity: 1, unitCost: '0.00001' }],
  ] as const)('with %s is refused', async ([, line], { db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const productId = await client.product()
    const answer = await client.call('POST', '/adjustments', { lines: [{ productId, ...line }] })
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed'])
  })
})
