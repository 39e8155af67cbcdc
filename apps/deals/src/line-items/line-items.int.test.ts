import { randomUUID } from 'node:crypto'
import { type Actor, productCreated, productDeleted, productUpdated, sampleOf } from '@dealwire/contracts'
import { makeActor, test } from '@dealwire/testing'
import { expect } from 'vitest'
import { startApp, type TestApp } from '../../test/start-app.ts'
import { tell } from '../../test/tell.ts'

async function knowProduct(app: TestApp, actor: Actor, name: string): Promise<string> {
  const sample = sampleOf(productCreated.data, 'output') as { product: object }
  const id = randomUUID()
  await tell(app, actor, productCreated, 1, { product: { ...sample.product, id, name } })
  return id
}

test('items are added, changed and deleted, told of, and summed by the database, half up', async ({ db, actor }) => {
  const app = startApp(db)
  const { call, create, events } = app
  const deal = await create(actor, '/v1/deals', { title: 'Roof', value: '5.00' })
  const path = `/v1/deals/${deal.id}/line-items`
  const productId = await knowProduct(app, actor, 'Solar panel')
  const panel = await create(actor, path, { productId, quantity: 2.5, oneTimePrice: '10.01', discountPercent: 10 })
  expect(panel).toMatchObject({ name: 'Solar panel', quantity: 2.5, oneTimeTotal: '22.52', monthlyTotal: '0.00' })
  const care = await create(actor, path, { name: 'Care', monthlyPrice: 9.99, discountPercent: 50 })
  expect(care).toMatchObject({ productId: null, quantity: 1, monthlyTotal: '5.00', position: 2, version: 1 })

  const page = await call(actor, path)
  expect(page).toMatchObject({
    status: 200,
    body: {
      data: [panel, care],
      totals: { count: 2, oneTime: '22.52', monthly: '5.00', total: '27.52', currency: 'GEL' },
    },
  })
  expect((await call(actor, `${path}?productId=${productId}&limit=1`)).body).toMatchObject({
    data: [{ id: panel.id }],
    totals: { count: 2 },
  })
  expect((await call(actor, `/v1/deals/${deal.id}`)).body).toMatchObject({ value: '5.00', version: 1 })

  const patch = (body: object, headers = {}) => call(actor, `${path}/${care.id}`, { method: 'PATCH', body, headers })
  expect(await patch({ name: 'x' }, { 'if-match': '"9"' })).toMatchObject({ status: 412 })
  const both = await Promise.all([patch({ quantity: 3 }), patch({ name: 'Care plan' })])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  const changed = await call(actor, `${path}/${care.id}`)
  expect(changed).toMatchObject({ body: { name: 'Care plan', monthlyTotal: '14.99', version: 3 } })
  expect(await patch({})).toMatchObject({ status: 200, body: { version: 3 } })
  expect(await call(actor, `${path}/${panel.id}`, { method: 'DELETE' })).toMatchObject({ status: 204 })
  expect((await call(actor, path)).body).toMatchObject({ data: [{ id: care.id }], totals: { total: '14.99' } })
  expect((await events(actor)).map(({ type }) => type.slice('crm.deals.'.length))).toEqual([
    'deal.created',
    'line-item.created',
    'line-item.created',
    'line-item.updated',
    'line-item.updated',
    'line-item.deleted',
  ])
})

test('with updateValue the total becomes the value of the deal, with score, history and event', async ({
  db,
  actor,
}) => {
  const { call, create } = startApp(db)
  const deal = await create(actor, '/v1/deals', { title: 'Roof' })
  const path = `/v1/deals/${deal.id}/line-items`
  const item = await create(actor, `${path}?updateValue=true`, { name: 'Roof', quantity: 3, oneTimePrice: '1000' })
  const current = () => call(actor, `/v1/deals/${deal.id}`).then(({ body }) => body)
  expect(await current()).toMatchObject({ value: '3000.00', baseValue: '3000.00', version: 2 })
  expect((await current()).leadScore).toBeGreaterThan(deal.leadScore)
  const huge = { oneTimePrice: '999999999999.99' }
  expect(await call(actor, `${path}/${item.id}?updateValue=true`, { method: 'PATCH', body: huge })).toMatchObject({
    status: 400,
    body: { code: 'validation_failed' },
  })
  expect(await call(actor, `${path}/${item.id}?updateValue=true`, { method: 'DELETE' })).toMatchObject({ status: 204 })
  expect(await current()).toMatchObject({ value: '0.00', version: 3 })
  const history = await call(actor, `/v1/deals/${deal.id}/history?field=value`)
  expect(history.body.data).toMatchObject([{ to: '0.00' }, { from: '0.00', to: '3000.00' }])
})

test('a submitted deal, another user’s, another company’s and unknown products are refused', async ({
  db,
  actor,
  stranger,
}) => {
  const app = startApp(db)
  const { call, create } = app
  const deal = await create(actor, '/v1/deals', { title: 'Roof' })
  const other = await create(actor, '/v1/deals', { title: 'Door' })
  const path = `/v1/deals/${deal.id}/line-items`
  const item = await create(actor, path, { name: 'Roof' })
  const post = (who: Actor, body: object = { name: 'x' }) => call(who, path, { method: 'POST', body })
  expect(await post(makeActor({ role: 'EMPLOYEE', companyId: actor.companyId }))).toMatchObject({ status: 403 })
  expect(await post(stranger)).toMatchObject({ status: 404 })
  expect(await call(stranger, path)).toMatchObject({ status: 404 })
  expect(await call(actor, `/v1/deals/${other.id}/line-items/${item.id}`)).toMatchObject({ status: 404 })
  expect(await post(actor, {})).toMatchObject({ status: 400, body: { errors: [{ path: 'name' }] } })

  const theirs = await knowProduct(app, stranger, 'Theirs')
  const own = await knowProduct(app, actor, 'Gone')
  const sample = sampleOf(productDeleted.data, 'output') as { product: object }
  const gone = { product: { ...sample.product, id: own, name: 'Gone' } }
  await tell(app, actor, productDeleted, 3, gone)
  await tell(app, actor, productUpdated, 2, { ...gone, before: {}, after: {} })
  for (const productId of [theirs, own]) {
    expect(await post(actor, { productId })).toMatchObject({
      status: 404,
      body: { detail: `No product with id '${productId}'.` },
    })
    const body = { productId }
    expect(await call(actor, `${path}/${item.id}`, { method: 'PATCH', body })).toMatchObject({ status: 404 })
  }

  await call(actor, `/v1/deals/${deal.id}/submit`, { method: 'POST' })
  const locked = { status: 409, body: { code: 'deal_locked' } }
  expect(await post(actor)).toMatchObject(locked)
  expect(await call(actor, `${path}/${item.id}`, { method: 'PATCH', body: { name: 'x' } })).toMatchObject(locked)
  expect(await call(actor, `${path}/${item.id}`, { method: 'DELETE' })).toMatchObject(locked)
  expect((await call(actor, path)).body.data).toEqual([item])
})

test('a deal has at most 100 items, however many are added at once', async ({ db, actor }) => {
  const { call, create, database } = startApp(db)
  const deal = await create(actor, '/v1/deals', { title: 'Roof' })
  const path = `/v1/deals/${deal.id}/line-items`
  await create(actor, path, { name: 'First' })
  await database.pool.query(
    `INSERT INTO line_items (company_id, id, deal_id, position, name, quantity, one_time_price, monthly_price, discount_percent)
     SELECT company_id, uuidv7(), deal_id, n, 'Item', 1, 1, 0, 0 FROM line_items, generate_series(2, 97) AS n WHERE deal_id = $1`,
    [deal.id],
  )
  const post = (_: unknown, n: number) => call(actor, path, { method: 'POST', body: { name: `More ${n}` } })
  const answers = await Promise.all(Array.from({ length: 6 }, post))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3)
  expect(answers.filter(({ body }) => body.code === 'too_many_line_items')).toHaveLength(3)
})

test('a deal that is won, singly or in bulk, tells of what was sold', async ({ db, actor }) => {
  const app = startApp(db)
  const { call, create, events } = app
  const productId = await knowProduct(app, actor, 'Panel')
  const deals: { id: string }[] = []
  for (const title of ['One', 'Two', 'Bare']) deals.push(await create(actor, '/v1/deals', { title }))
  const [one, two, bare] = deals.map(({ id }) => id)
  for (const id of [one, two]) {
    await create(actor, `/v1/deals/${id}/line-items`, { productId, quantity: 1.5, oneTimePrice: 20 })
    await create(actor, `/v1/deals/${id}/line-items`, { name: 'Work', discountPercent: 12.5 })
  }
  await call(actor, `/v1/deals/${one}`, { method: 'PATCH', body: { stage: 'CLOSED_WON' } })
  const changes = { stage: 'CLOSED_WON' }
  await call(actor, '/v1/deals/bulk/update', { method: 'POST', body: { ids: [two, bare], changes } })
  const won = (await events(actor)).filter(({ type }) => type === 'crm.deals.deal.won')
  const sold = [
    { name: 'Panel', productId, quantity: 1.5, oneTimePrice: '20.00', monthlyPrice: '0.00', discountPercent: 0 },
    { name: 'Work', productId: null, quantity: 1, discountPercent: 12.5 },
  ]
  expect(won.map(({ data }) => [data.deal.id, data.lineItems])).toEqual(
    expect.arrayContaining([
      [one, sold.map((item) => expect.objectContaining(item))],
      [two, sold.map((item) => expect.objectContaining(item))],
      [bare, []],
    ]),
  )
})
