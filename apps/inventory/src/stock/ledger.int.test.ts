import { test } from '@dealwire/testing'
import pg from 'pg'
import { describe, expect } from 'vitest'
import { clientOf, firstOf, testApp } from '../../test/support.ts'

describe('the ledger', () => {
  test.for([
    'UPDATE stock_transactions SET quantity = 1',
    'DELETE FROM stock_transactions',
    'TRUNCATE stock_transactions',
    'DELETE FROM postings',
  ])('refuses the service’s own role: %s', async (sql, { db }) => {
    await expect(db.open('inventory').pool.query(sql)).rejects.toThrow('permission denied')
  })

  test('refuses even its owner', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    await client.receive(await client.product(), 5, '1')
    const owner = new pg.Client({ connectionString: db.adminUrl })
    await owner.connect()
    try {
      for (const change of [
        'UPDATE inventory.stock_transactions SET quantity = 1',
        'DELETE FROM inventory.stock_transactions',
        'TRUNCATE inventory.stock_transactions',
      ]) {
        await expect(owner.query(change)).rejects.toThrow('append-only')
      }
    } finally {
      await owner.end()
    }
  })

  test('lists every change, filtered and page by page', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const [first, second] = [await client.product(), await client.product()]
    for (const cost of ['1', '2', '3']) await client.receive(first, 2, cost)
    await client.receive(second, 9, '9')
    const deducted = await client.deduct({ productId: first, quantity: 5 }, { productId: second, quantity: 1 })

    const seen: { id: string; occurredAt: string }[] = []
    let cursor: string | null = ''
    for (let pages = 0; cursor !== null && pages < 10; pages++) {
      const after: string = cursor === '' ? '' : `&cursor=${cursor}`
      const page = await client.must('GET', `/transactions?limit=3${after}`)
      seen.push(...page.data)
      cursor = page.page.nextCursor
    }
    expect(seen).toHaveLength(8)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(8)
    expect(seen.map(({ occurredAt }) => occurredAt)).toEqual(
      seen
        .map(({ occurredAt }) => occurredAt)
        .toSorted()
        .toReversed(),
    )

    const count = async (filter: string) => (await client.must('GET', `/transactions?count=exact&${filter}`)).page.total
    const batch = firstOf((await client.must('GET', `/batches?productId=${first}`)).data)
    expect(await count(`productId=${first}`)).toBe(6)
    expect(await count(`kind=CONSUMPTION&productId=${second}`)).toBe(1)
    expect(await count(`batchId=${batch.id}`)).toBe(2)
    expect(await count(`postingId=${deducted.body.id}`)).toBe(4)
    expect(await count(`actorId=${actor.userId}`)).toBe(8)
    expect(await count(`workOrderId=${actor.userId}`)).toBe(0)
    expect(await count(`purchaseOrderId=${actor.userId}`)).toBe(0)
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: actor.company.timeZone }).format(new Date())
    expect(await count(`from=${today}&to=${today}`)).toBe(8)
    expect(await count(`to=${seen.at(-1)?.occurredAt}`)).toBe(0)
    expect((await client.call('GET', '/transactions?from=2026-02-02&to=2026-02-01')).status).toBe(400)
    expect(
      (await client.call('GET', `/transactions?kind=ADJUSTMENT&cursor=${Buffer.from('[]').toString('base64url')}`)).body
        .code,
    ).toBe('invalid_cursor')
  })

  test('numbers the entries of a product at a location without a gap, each with the level after it', async ({
    db,
    actor,
  }) => {
    const client = clientOf(testApp(db.open('inventory', { maxConnections: 10 })), actor)
    const productId = await client.product()
    await client.receive(productId, 30, '1.5')
    await Promise.all(Array.from({ length: 20 }, () => client.deduct({ productId, quantity: 1 })))
    const { data } = await client.must('GET', `/transactions?productId=${productId}&limit=100&sort=occurredAt`)
    const bySeq = data.toSorted((a: { seq: number }, b: { seq: number }) => a.seq - b.seq)
    expect(bySeq.map((entry: { seq: number }) => entry.seq)).toEqual(
      Array.from({ length: 21 }, (_, index) => index + 1),
    )
    expect(bySeq.map((entry: { onHandAfter: number }) => entry.onHandAfter)).toEqual(
      Array.from({ length: 21 }, (_, index) => 30 - index),
    )
    const times = bySeq.map((entry: { occurredAt: string }) => entry.occurredAt)
    expect(times).toEqual(times.toSorted())
  })

  test('tells stock and value of any time in the past', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const productId = await client.product()
    const before = new Date().toISOString()
    const received = await client.receive(productId, 8, '10')
    await new Promise((resolve) => setTimeout(resolve, 5))
    await client.deduct({ productId, quantity: 3 })
    expect(await client.must('GET', `/stock?at=${received.occurredAt}`)).toMatchObject({
      data: [{ onHand: 8, reserved: null, value: '80.00' }],
    })
    expect(await client.must('GET', `/value?at=${received.occurredAt}`)).toMatchObject({
      total: '80.00',
      byLocation: [{ key: 'MAIN', value: '80.00' }],
    })
    expect(await client.must('GET', '/value')).toMatchObject({ total: '50.00' })
    expect(await client.must('GET', `/value?at=${before}`)).toMatchObject({
      total: '0.00',
      byLocation: [],
      byCategory: [],
    })
    expect(
      (await client.must('GET', `/stock?at=${before}`)).data.every((level: { onHand: number }) => level.onHand === 0),
    ).toBe(true)
  })
})

describe('the audit', () => {
  test.for([
    ['ledger_quantity', 'UPDATE inventory.stock_levels SET on_hand = on_hand + 1'],
    ['layer_value', 'UPDATE inventory.stock_levels SET value = value + 1'],
    ['layer_quantity', 'UPDATE inventory.batches SET remaining_quantity = remaining_quantity - 1'],
    ['reserved_quantity', 'UPDATE inventory.stock_levels SET reserved = 1'],
    ['ledger_value', 'UPDATE inventory.stock_levels SET value = value + 1'],
  ] as const)('finds what breaks %s', async ([name, sabotage], { db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    await client.receive(await client.product(), 5, '1')
    await client.auditIsClean()
    const owner = new pg.Client({ connectionString: db.adminUrl })
    await owner.connect()
    await owner.query(`${sabotage} WHERE company_id = $1`, [actor.companyId])
    await owner.end()
    const audit = await client.must('GET', '/audit')
    expect(audit.ok).toBe(false)
    expect(audit.invariants).toContainEqual({ name, checked: 1, violations: 1 })
  })

  test('looks at every product, however many there are', async ({ db, actor }) => {
    const database = db.open('inventory')
    const client = clientOf(testApp(database), actor)
    const { rows } = await database.pool.query<{ id: string }>(
      `INSERT INTO products (company_id, id, sku, name, unit, sale_price, currency)
       SELECT $1, gen_random_uuid(), 'SKU-' || i, 'Product', 'pcs', 1, 'GEL' FROM generate_series(1, 403) AS i RETURNING id`,
      [actor.companyId],
    )
    const products = rows.map(({ id }) => id)
    for (let first = 0; first < products.length; first += 100)
      await client.must('POST', '/adjustments', {
        lines: products.slice(first, first + 100).map((productId) => ({ productId, quantity: 1, unitCost: '1' })),
      })
    await database.pool.query('UPDATE stock_levels SET reserved = 1 WHERE company_id = $1 AND product_id IN ($2, $3)', [
      actor.companyId,
      products.toSorted()[0],
      products.toSorted().at(-1),
    ])
    const { invariants } = await client.must('GET', '/audit')
    expect(invariants).toContainEqual({ name: 'reserved_quantity', checked: 403, violations: 2 })
    expect(invariants).toContainEqual({ name: 'ledger_value', checked: 403, violations: 0 })
  })
})
