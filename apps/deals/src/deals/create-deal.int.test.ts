import { randomUUID } from 'node:crypto'
import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { startApp } from '../../test/start-app.ts'

test('a deal needs only a title, and starts in the first open stage of a pipeline that is made on the way', async ({
  db,
  actor,
}) => {
  const { call, events } = startApp(db)
  const made = await call(actor, '/v1/deals', { method: 'POST', body: { title: ' Solar panels ' } })
  expect(made.status).toBe(201)
  expect(made.headers).toMatchObject({ location: `/v1/deals/${made.body.id}`, etag: '"1"' })
  expect(made.body).toMatchObject({
    title: 'Solar panels',
    value: '0.00',
    currency: 'GEL',
    stage: 'LEAD',
    stageKind: 'OPEN',
    priority: 'MEDIUM',
    probability: null,
    effectiveProbability: 10,
    closedAt: null,
    locked: false,
    createdById: actor.userId,
    version: 1,
  })
  expect(await events(actor)).toMatchObject([
    { type: 'crm.deals.deal.created', version: 1, data: { deal: { id: made.body.id, stage: 'LEAD' } } },
  ])
})

test('names come with the deal, and the weighted value rounds half up', async ({ db, actor }) => {
  const { create } = startApp(db)
  const customer = await create(actor, '/v1/customers', { name: 'ACME' })
  const contact = await create(actor, '/v1/contacts', { name: 'Nino', customerId: customer.id })
  const deal = await create(actor, '/v1/deals', {
    title: 'Roof',
    value: '0.05',
    stage: 'LEAD',
    contactId: contact.id,
    customerId: customer.id,
    assignedToId: actor.userId,
  })
  expect(deal).toMatchObject({ contactName: 'Nino', customerName: 'ACME', weightedValue: '0.01' })
})

test('a create is one statement beside BEGIN, the event and COMMIT: two round trips', async ({ db, actor }) => {
  const { create, statementsOf } = startApp(db)
  await create(actor, '/v1/deals', { title: 'First' })
  expect(await statementsOf(() => create(actor, '/v1/deals', { title: 'Next', assignedToId: actor.userId }))).toBe(4)
})

test.for([
  ['pipelineId', 'pipeline'],
  ['contactId', 'contact'],
  ['customerId', 'customer'],
  ['assignedToId', 'user'],
] as const)('an unknown %s is 404 and nothing is written', async ([field, what], { db, actor }) => {
  const { call, events, database } = startApp(db)
  const id = randomUUID()
  const refused = await call(actor, '/v1/deals', { method: 'POST', body: { title: 'Roof', [field]: id } })
  expect(refused).toMatchObject({ status: 404, body: { code: 'not_found', detail: `No ${what} with id '${id}'.` } })
  expect(await events(actor)).toEqual([])
  const { rows } = await database.pool.query('SELECT 1 FROM deals WHERE company_id = $1', [actor.companyId])
  expect(rows).toEqual([])
})

test('what belongs to another company is as unknown as what does not exist', async ({ db, actor, stranger }) => {
  const { call, create } = startApp(db)
  const contact = await create(stranger, '/v1/contacts', { name: 'Theirs' })
  const refused = await call(actor, '/v1/deals', { method: 'POST', body: { title: 'Roof', contactId: contact.id } })
  expect(refused).toMatchObject({ status: 404, body: { detail: `No contact with id '${contact.id}'.` } })
})

test('a deleted contact cannot get new deals', async ({ db, actor }) => {
  const { call, create } = startApp(db)
  const contact = await create(actor, '/v1/contacts', { name: 'Nino' })
  await call(actor, `/v1/contacts/${contact.id}`, { method: 'DELETE' })
  expect(
    await call(actor, '/v1/deals', { method: 'POST', body: { title: 'Roof', contactId: contact.id } }),
  ).toMatchObject({
    status: 404,
  })
})

test('an unknown stage is 404; a lost deal needs a reason; a won one is closed at once', async ({ db, actor }) => {
  const { call, create, events } = startApp(db)
  const post = (body: object) => call(actor, '/v1/deals', { method: 'POST', body: { title: 'Roof', ...body } })
  expect(await post({ stage: 'NOWHERE' })).toMatchObject({ status: 404 })
  expect(await post({ stage: 'CLOSED_LOST' })).toMatchObject({ status: 409, body: { code: 'lost_reason_required' } })
  const won = await create(actor, '/v1/deals', { title: 'Roof', stage: 'CLOSED_WON', probability: 20 })
  expect(won).toMatchObject({ stageKind: 'WON', effectiveProbability: 100, probability: 20 })
  expect(won.closedAt).toEqual(won.createdAt)
  expect((await events(actor)).map(({ type }) => type)).toEqual(['crm.deals.deal.created', 'crm.deals.deal.won'])
})

test('another currency needs a rate, and its base value is fixed at the newest one in force', async ({ db, actor }) => {
  const { call, create, database } = startApp(db)
  const body = { title: 'Export', value: '100.00', currency: 'USD' }
  expect(await call(actor, '/v1/deals', { method: 'POST', body })).toMatchObject({
    status: 409,
    body: { code: 'currency_rate_missing' },
  })
  await database.pool.query(
    `INSERT INTO currency_rates (company_id, currency, valid_from, rate)
     VALUES ($1, 'USD', current_date - 9, 2.5), ($1, 'USD', current_date, 2.715), ($1, 'USD', current_date + 1, 9)`,
    [actor.companyId],
  )
  expect(await create(actor, '/v1/deals', body)).toMatchObject({
    baseValue: '271.50',
    baseCurrency: 'GEL',
    currency: 'USD',
  })
})

test('first deals that arrive together share one default pipeline', async ({ db, actor }) => {
  const { create } = startApp(db)
  const deals = await Promise.all(
    Array.from({ length: 8 }, (_, index) => create(actor, '/v1/deals', { title: `Deal ${index}` })),
  )
  expect(new Set(deals.map(({ pipelineId }) => pipelineId)).size).toBe(1)
})

test('the same Idempotency-Key creates one deal and replays the answer', async ({ db, actor }) => {
  const { call, events } = startApp(db)
  const headers = { 'idempotency-key': randomUUID() }
  const post = (title: string) => call(actor, '/v1/deals', { method: 'POST', body: { title }, headers })
  const first = await post('Roof')
  const again = await post('Roof')
  expect(again.body).toEqual(first.body)
  expect(again.headers).toMatchObject({
    'idempotency-replayed': 'true',
    location: first.headers['location'],
    etag: '"1"',
  })
  expect(await events(actor)).toHaveLength(1)
  expect(await post('Other')).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
})

test.for([
  [{ title: '' }, 'title'],
  [{ title: 'x'.repeat(201) }, 'title'],
  [{ title: 'a\u0000b' }, 'title'],
  [{ title: 'a', value: '-1' }, 'value'],
  [{ title: 'a', value: '1.005' }, 'value'],
  [{ title: 'a', probability: 101 }, 'probability'],
  [{ title: 'a', expectedCloseDate: '2026-02-30' }, 'expectedCloseDate'],
  [{ title: 'a', leadScore: 5 }, 'leadScore'],
] as const)('%j is refused with the field at fault', async ([body, path], { db, actor }) => {
  const refused = await startApp(db).call(actor, '/v1/deals', { method: 'POST', body })
  expect(refused).toMatchObject({ status: 400, body: { code: 'validation_failed', errors: [{ path }] } })
})
