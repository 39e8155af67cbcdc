import { randomUUID } from 'node:crypto'
import { test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { clientOf, testApp } from '../../test/support.ts'

describe('a product', () => {
  test('is created with its event, read, changed and deleted', async ({ db, actor }) => {
    const database = db.open('inventory')
    const client = clientOf(testApp(database), actor)
    const made = await client.call('POST', '/products', {
      sku: 'C-1',
      name: 'Cable',
      salePrice: '9.9',
      reorderLevel: 2,
    })
    expect(made.status).toBe(201)
    expect(made.headers).toMatchObject({ location: `/v1/inventory/products/${made.body.id}`, etag: '"1"' })
    expect(made.body).toMatchObject({
      salePrice: '9.90',
      currency: 'GEL',
      unit: 'pcs',
      onHand: 0,
      category: null,
      reorderLevel: 2,
    })

    const path = `/products/${made.body.id}`
    const changed = await client.call('PATCH', path, { name: 'Long cable', reorderLevel: null }, { 'if-match': '"1"' })
    expect(changed.body).toMatchObject({ name: 'Long cable', reorderLevel: null, salePrice: '9.90', version: 2 })
    expect((await client.call('PATCH', path, { name: 'x' }, { 'if-match': '"1"' })).body.code).toBe('version_mismatch')
    expect((await client.call('PATCH', path, {})).body).toEqual(changed.body)
    expect((await client.call('DELETE', path)).status).toBe(204)
    expect((await client.call('GET', path)).status).toBe(404)
    const { rows } = await database.pool.query(
      'SELECT type, entity_version FROM event_log WHERE entity_id = $1 ORDER BY seq',
      [made.body.id],
    )
    expect(rows).toEqual([
      { type: 'crm.inventory.product.created', entity_version: 1 },
      { type: 'crm.inventory.product.updated', entity_version: 2 },
      { type: 'crm.inventory.product.deleted', entity_version: 3 },
    ])
  })

  test('has a SKU of its own until it is deleted, also when two are created at once', async ({
    db,
    actor,
    stranger,
  }) => {
    const app = testApp(db.open('inventory'))
    const client = clientOf(app, actor)
    const both = await Promise.all(['a', 'b'].map((name) => client.call('POST', '/products', { sku: 'SAME', name })))
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('duplicate_sku')
    const other = await client.product({ sku: 'OTHER' })
    expect((await client.call('PATCH', `/products/${other}`, { sku: 'SAME' })).body.code).toBe('duplicate_sku')
    expect((await clientOf(app, stranger).call('POST', '/products', { sku: 'SAME', name: 'theirs' })).status).toBe(201)
    await client.call('DELETE', `/products/${both.find(({ status }) => status === 201)?.body.id}`)
    expect((await client.call('POST', '/products', { sku: 'SAME', name: 'again' })).status).toBe(201)
  })

  test('keeps both of two changes to different fields', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const id = await client.product()
    await Promise.all([
      client.must('PATCH', `/products/${id}`, { name: 'New' }),
      client.must('PATCH', `/products/${id}`, { unit: 'm' }),
    ])
    expect(await client.must('GET', `/products/${id}`)).toMatchObject({ name: 'New', unit: 'm', version: 3 })
  })

  test('with stock cannot be deleted, and never has stock once it is', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory', { maxConnections: 10 })), actor)
    for (let round = 0; round < 8; round++) {
      const id = await client.product()
      const [received, deleted] = await Promise.all([
        client.call('POST', '/adjustments', { lines: [{ productId: id, quantity: 1, unitCost: '1' }] }),
        client.call('DELETE', `/products/${id}`),
      ])
      expect([`${received.status} ${deleted.status}`]).toEqual([expect.stringMatching(/^(201 409|404 204)$/)])
    }
    await client.auditIsClean()
  })

  test('of another company is not found', async ({ db, actor, stranger }) => {
    const app = testApp(db.open('inventory'))
    const id = await clientOf(app, actor).product()
    const other = clientOf(app, stranger)
    const missing = await other.call('GET', `/products/${randomUUID()}`)
    for (const [method, body] of [['GET'], ['PATCH', { name: 'x' }], ['DELETE']] as const) {
      const answer = await other.call(method, `/products/${id}`, body)
      expect([answer.status, answer.body.code]).toEqual([404, missing.body.code])
    }
    expect((await other.must('GET', '/products')).data).toEqual([])
  })
})

describe('the list of products', () => {
  test('searches, filters, sorts and pages', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const names = ['Çelik boru', 'Steel pipe', 'Copper pipe', 'Valve']
    const ids = []
    for (const [index, name] of names.entries()) {
      ids.push(
        await client.product({
          name,
          category: index === 3 ? 'Valves' : 'Pipes',
          reorderLevel: index,
          active: index !== 2,
        }),
      )
    }
    await client.receive(ids[3] ?? '', 4, '1')
    const found = async (query: string) =>
      (await client.must('GET', `/products?sort=name&${query}`)).data.map((one: { name: string }) => one.name)
    expect(await found('q=pipe')).toEqual(['Copper pipe', 'Steel pipe'])
    expect(await found('q=celik')).toEqual(['Çelik boru'])
    expect(await found('q=co%20pi')).toEqual(['Copper pipe'])
    expect(await found('category=Valves')).toEqual(['Valve'])
    expect(await found('active=false')).toEqual(['Copper pipe'])
    expect(await found('lowStock=true')).toEqual(['Copper pipe', 'Steel pipe', 'Çelik boru'])
    const first = await client.must('GET', '/products?sort=-sku&limit=3')
    const rest = await client.must('GET', `/products?sort=-sku&limit=3&cursor=${first.page.nextCursor}`)
    expect([...first.data, ...rest.data].map((one: { id: string }) => one.id)).toEqual(ids.toReversed())
    expect(rest.page.nextCursor).toBeNull()
    for (const query of [
      'limit=0',
      'limit=101',
      'sort=unit',
      'color=red',
      'q=a',
      'cursor=x',
      `cursor=${first.page.nextCursor}&sort=sku`,
    ]) {
      expect((await client.call('GET', `/products?${query}`)).status, query).toBe(400)
    }
  })
})
