import { randomUUID } from 'node:crypto'
import { makeActor, test } from '@dealwire/testing'
import { expect } from 'vitest'
import { startApp } from '../../test/start-app.ts'

test('a customer needs a name; the rest has defaults; the event has all of it', async ({ db, actor }) => {
  const { create, events } = startApp(db)
  const customer = await create(actor, '/v1/customers', { name: 'ACME', phone: '0322 12 34 56', tags: ['vip', 'vip'] })
  expect(customer).toMatchObject({ kind: 'ORGANIZATION', status: 'LEAD', phone: '+995322123456', tags: ['vip'] })
  expect(await events(actor)).toMatchObject([
    { type: 'crm.deals.customer.created', data: { customer: { id: customer.id } } },
  ])
})

test('a duplicate is refused with the one there is, also when a change would make it one', async ({ db, actor }) => {
  const { call, create } = startApp(db)
  const first = await create(actor, '/v1/customers', { name: 'ACME', email: 'info@acme.example' })
  const again = await call(actor, '/v1/customers', {
    method: 'POST',
    body: { name: 'Acme', email: 'INFO@acme.example' },
  })
  expect(again).toMatchObject({ status: 409, body: { code: 'duplicate', duplicateOfId: first.id } })
  const twin = await create(actor, '/v1/customers?allowDuplicate=true', { name: 'Acme', email: 'info@acme.example' })
  expect(twin.duplicateOfId).toBe(first.id)
  const other = await create(actor, '/v1/customers', { name: 'Other' })
  const body = { email: 'info@acme.example' }
  const taken = await call(actor, `/v1/customers/${other.id}`, { method: 'PATCH', body })
  expect(taken).toMatchObject({ status: 409, body: { duplicateOfId: first.id } })
})

test('an assignee is the caller or a known, active user', async ({ db, actor }) => {
  const { call, create, database } = startApp(db)
  const [known, gone] = [randomUUID(), randomUUID()]
  await database.pool.query(
    `INSERT INTO user_refs (company_id, id, name, active, version) VALUES ($1, $2, 'Gia', true, 1), ($1, $3, 'Left', false, 1)`,
    [actor.companyId, known, gone],
  )
  const assign = (assignedToId: string) =>
    call(actor, '/v1/customers', { method: 'POST', body: { name: 'ACME', assignedToId } })
  expect(await assign(known)).toMatchObject({ status: 201, body: { assignedToName: 'Gia' } })
  expect(await assign(actor.userId)).toMatchObject({ status: 201 })
  expect(await assign(gone)).toMatchObject({ status: 404 })
  expect(await assign(randomUUID())).toMatchObject({ status: 404 })

  const { id } = await create(actor, '/v1/customers', { name: 'B' })
  const patch = (assignedToId: string) =>
    call(actor, `/v1/customers/${id}`, { method: 'PATCH', body: { assignedToId } })
  expect(await patch(gone)).toMatchObject({ status: 404 })
  expect(await patch(known)).toMatchObject({ status: 200, body: { assignedToName: 'Gia', version: 2 } })
})

test('concurrent changes of different fields survive; a stale version is refused; nothing new is no change', async ({
  db,
  actor,
}) => {
  const { call, create, events } = startApp(db)
  const { id } = await create(actor, '/v1/customers', { name: 'ACME' })
  const patch = (body: object, headers = {}) => call(actor, `/v1/customers/${id}`, { method: 'PATCH', body, headers })
  await Promise.all([patch({ status: 'ACTIVE' }), patch({ source: 'fair' }), patch({ tags: ['vip'] })])
  const { body } = await call(actor, `/v1/customers/${id}`)
  expect(body).toMatchObject({ status: 'ACTIVE', source: 'fair', tags: ['vip'], version: 4 })
  expect(await patch({ name: 'x' }, { 'if-match': '"1"' })).toMatchObject({ status: 412 })
  expect(await patch({ status: 'ACTIVE', tags: ['vip'] })).toMatchObject({ status: 200, headers: { etag: '"4"' } })
  expect(await events(actor)).toHaveLength(4)
})

test('lists filter, search and sort', async ({ db, actor }) => {
  const { call, create } = startApp(db)
  await create(actor, '/v1/customers', { name: 'beta', kind: 'PERSON', tags: ['vip'], source: 'fair' })
  await create(actor, '/v1/customers', { name: 'Alpha', status: 'BLOCKED', assignedToId: actor.userId })
  const find = async (query: string) => {
    const { body } = await call(actor, `/v1/customers?${query}`)
    return body.data.map(({ name }: { name: string }) => name)
  }
  expect(await find('sort=name')).toEqual(['Alpha', 'beta'])
  for (const query of ['kind=PERSON', 'tag=vip', 'source=fair', 'q=bet', 'status=LEAD']) {
    expect([query, await find(query)]).toEqual([query, ['beta']])
  }
  expect(await find('assignedToId=me')).toEqual(['Alpha'])
  expect(await find('status=BLOCKED&tag=vip')).toEqual([])
})

test('a deleted customer is gone, and its contacts and deals still show its name', async ({ db, actor }) => {
  const { call, create, events } = startApp(db)
  const customer = await create(actor, '/v1/customers', { name: 'ACME' })
  const contact = await create(actor, '/v1/contacts', { name: 'Nino', customerId: customer.id })
  const deal = await create(actor, '/v1/deals', { title: 'Roof', customerId: customer.id })
  expect(await call(actor, `/v1/customers/${customer.id}`, { method: 'DELETE' })).toMatchObject({ status: 204 })
  expect(await call(actor, `/v1/customers/${customer.id}`)).toMatchObject({ status: 404 })
  expect((await call(actor, `/v1/contacts/${contact.id}`)).body.customerName).toBe('ACME')
  const renamed = await call(actor, `/v1/deals/${deal.id}`, { method: 'PATCH', body: { title: 'Big roof' } })
  expect(renamed).toMatchObject({ status: 200, body: { customerName: 'ACME', customerId: customer.id } })
  expect((await events(actor)).map(({ type }) => type)).toContain('crm.deals.customer.deleted')
})

test('scope own and other companies are kept out', async ({ db, actor, stranger }) => {
  const { call, create } = startApp(db)
  const employee = makeActor({ role: 'EMPLOYEE', companyId: actor.companyId })
  const { id } = await create(actor, '/v1/customers', { name: 'ACME' })
  const patch = { method: 'PATCH', body: { name: 'x' } } as const
  expect(await call(employee, `/v1/customers/${id}`, patch)).toMatchObject({ status: 403 })
  expect(await call(stranger, `/v1/customers/${id}`, patch)).toMatchObject({ status: 404 })
  expect(await call(stranger, `/v1/customers/${id}`)).toMatchObject({ status: 404 })
  expect(await call(stranger, `/v1/customers/${id}`, { method: 'DELETE' })).toMatchObject({ status: 404 })
})
