import { makeActor, test } from '@dealwire/testing'
import { expect } from 'vitest'
import { startApp } from '../../test/start-app.ts'

test('a phone is stored as it can be dialled and as it was typed', async ({ db, actor }) => {
  const { create, events } = startApp(db)
  const contact = await create(actor, '/v1/contacts', {
    name: 'Nino',
    phone: '599 12 34 56',
    email: ' Nino@Example.GE ',
  })
  expect(contact).toMatchObject({
    phone: '+995599123456',
    phoneRaw: '599 12 34 56',
    email: 'nino@example.ge',
    version: 1,
  })
  expect(await create(actor, '/v1/contacts', { name: 'Odd', phone: 'ext. 7' })).toMatchObject({
    phone: null,
    phoneRaw: 'ext. 7',
  })
  expect((await events(actor))[0]).toMatchObject({
    type: 'crm.deals.contact.created',
    data: { contact: { id: contact.id, name: 'Nino', phone: '+995599123456', customerId: null } },
  })
})

test('the same e-mail or phone again is refused with the one that has it, unless duplicates are allowed', async ({
  db,
  actor,
  stranger,
}) => {
  const { call, create, events } = startApp(db)
  const body = { name: 'Nino', phone: '+995599123456', email: 'nino@example.ge' }
  const first = await create(actor, '/v1/contacts', body)
  for (const same of [{ email: 'NINO@example.ge' }, { phone: '0599-12-34-56' }]) {
    const refused = await call(actor, '/v1/contacts', { method: 'POST', body: { name: 'Other', ...same } })
    expect(refused).toMatchObject({ status: 409, body: { code: 'duplicate', duplicateOfId: first.id } })
  }
  expect(await events(actor)).toHaveLength(1)
  expect(await create(actor, '/v1/contacts?allowDuplicate=true', body)).toMatchObject({ duplicateOfId: first.id })
  expect(await create(stranger, '/v1/contacts', body)).toMatchObject({ duplicateOfId: null })
})

test('of many that are created at once with one phone, one is the first', async ({ db, actor }) => {
  const { call, events } = startApp(db)
  const post = (path: string) => (_: unknown, n: number) =>
    call(actor, path, { method: 'POST', body: { name: `Nino ${n}`, phone: '599123456' } })
  const answers = await Promise.all(Array.from({ length: 8 }, post('/v1/contacts')))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(7)
  expect(await events(actor)).toHaveLength(1)

  const allowed = await Promise.all(Array.from({ length: 8 }, post('/v1/contacts?allowDuplicate=true')))
  const first = answers.find(({ status }) => status === 201)?.body.id
  expect(new Set(allowed.map(({ body }) => body.duplicateOfId))).toEqual(new Set([first]))
})

test('duplicates that are allowed and arrive together still have one original', async ({ db, actor }) => {
  const { call } = startApp(db)
  const post = () =>
    call(actor, '/v1/contacts?allowDuplicate=true', { method: 'POST', body: { name: 'Nino', email: 'n@example.ge' } })
  const answers = await Promise.all(Array.from({ length: 8 }, post))
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201))
  expect(answers.filter(({ body }) => body.duplicateOfId === null)).toHaveLength(1)
})

test('a change merges with others, tells what it replaced, and cannot take what is taken', async ({ db, actor }) => {
  const { call, create, events } = startApp(db)
  const nino = await create(actor, '/v1/contacts', { name: 'Nino', email: 'nino@example.ge' })
  await create(actor, '/v1/contacts', { name: 'Gia', phone: '599000001' })
  const patch = (body: object, headers = {}) =>
    call(actor, `/v1/contacts/${nino.id}`, { method: 'PATCH', body, headers })

  const both = await Promise.all([patch({ position: 'CEO' }), patch({ phone: '599 00 00 02' })])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  expect((await call(actor, `/v1/contacts/${nino.id}`)).body).toMatchObject({
    position: 'CEO',
    phone: '+995599000002',
    email: 'nino@example.ge',
    version: 3,
  })
  expect(await patch({ phone: '599 00 00 01' })).toMatchObject({ status: 409, body: { code: 'duplicate' } })
  expect(await patch({ name: 'x' }, { 'if-match': '"1"' })).toMatchObject({ status: 412 })
  expect(await patch({})).toMatchObject({ status: 200, body: { version: 3 } })
  expect(await patch({ phone: null, email: null })).toMatchObject({
    status: 200,
    body: { phone: null, phoneRaw: null },
  })
  expect((await events(actor)).at(-1)).toMatchObject({
    type: 'crm.deals.contact.updated',
    data: { before: { email: 'nino@example.ge', phone: '+995599000002' }, after: { email: null, phone: null } },
  })
})

test('a customer must be there, and be of the company', async ({ db, actor, stranger }) => {
  const { call, create } = startApp(db)
  const theirs = await create(stranger, '/v1/customers', { name: 'Theirs' })
  const own = await create(actor, '/v1/customers', { name: 'ACME' })
  const refused = await call(actor, '/v1/contacts', { method: 'POST', body: { name: 'Nino', customerId: theirs.id } })
  expect(refused).toMatchObject({ status: 404, body: { detail: `No customer with id '${theirs.id}'.` } })
  const nino = await create(actor, '/v1/contacts', { name: 'Nino', customerId: own.id })
  expect(nino).toMatchObject({ customerName: 'ACME' })
  const moved = await call(actor, `/v1/contacts/${nino.id}`, { method: 'PATCH', body: { customerId: theirs.id } })
  expect(moved).toMatchObject({ status: 404 })
  expect((await call(actor, `/v1/contacts?customerId=${own.id}`)).body.data).toHaveLength(1)
})

test('search finds parts of name, e-mail and phone, in any script and without accents', async ({ db, actor }) => {
  const { call, create } = startApp(db)
  await create(actor, '/v1/contacts', { name: 'José Müller', email: 'jm@acme.example', phone: '+995 599 12 34 56' })
  await create(actor, '/v1/contacts', { name: 'ნინო ბერიძე' })
  await create(actor, '/v1/contacts', { name: 'محمد علي' })
  const find = async (q: string) => {
    const { body } = await call(actor, `/v1/contacts?q=${encodeURIComponent(q)}`)
    return body.data.map(({ name }: { name: string }) => name)
  }
  for (const q of ['jose', 'MULLER', 'ülle', 'jose acme', 'mu', '599 12', '(599) 12-34', '+995599123456']) {
    expect([q, await find(q)]).toEqual([q, ['José Müller']])
  }
  expect(await find('ბერიძ')).toEqual(['ნინო ბერიძე'])
  expect(await find('محمد')).toEqual(['محمد علي'])
  expect(await find('jose nobody')).toEqual([])
  expect(await find('%')).toEqual([])
})

test('scope own changes the contacts it made; deleting frees e-mail and phone', async ({ db, actor }) => {
  const { call, create } = startApp(db)
  const employee = makeActor({ role: 'EMPLOYEE', companyId: actor.companyId })
  const nino = await create(actor, '/v1/contacts', { name: 'Nino', email: 'nino@example.ge' })
  const path = `/v1/contacts/${nino.id}`
  expect(await call(employee, path, { method: 'PATCH', body: { name: 'x' } })).toMatchObject({ status: 403 })
  expect(await call(actor, path, { method: 'DELETE', headers: { 'if-match': '"2"' } })).toMatchObject({ status: 412 })
  expect(await call(actor, path, { method: 'DELETE' })).toMatchObject({ status: 204 })
  expect(await call(actor, path, { method: 'DELETE' })).toMatchObject({ status: 404 })
  expect(await create(employee, '/v1/contacts', { name: 'Nino', email: 'nino@example.ge' })).toMatchObject({
    version: 1,
  })
})

test("another company's contact is not found by any route", async ({ db, actor, stranger }) => {
  const { call, create, events } = startApp(db)
  const { id } = await create(actor, '/v1/contacts', { name: 'Nino' })
  for (const [method, body] of [['GET'], ['PATCH', { name: 'x' }], ['DELETE']] as const) {
    expect(await call(stranger, `/v1/contacts/${id}`, { method, body })).toMatchObject({ status: 404 })
  }
  expect((await call(stranger, '/v1/contacts')).body.data).toEqual([])
  expect(await events(stranger)).toEqual([])
})
