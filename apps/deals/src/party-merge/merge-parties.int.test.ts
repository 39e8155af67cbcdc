import { randomUUID } from 'node:crypto'
import { type Actor, callEnded, sampleOf } from '@dealwire/contracts'
import { makeActor, test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { startApp, type TestApp } from '../../test/start-app.ts'
import { tell } from '../../test/tell.ts'

const merge = (app: TestApp, actor: Actor, list: string, id: string, intoId: string, headers = {}) =>
  app.call(actor, `/v1/${list}/${id}/merge`, { method: 'POST', body: { intoId }, headers })

/** Where each leads: itself, or one step to one that is there. */
async function homesOf(app: TestApp, actor: Actor, list: string, ids: readonly string[]): Promise<string[]> {
  const homes: string[] = []
  for (const id of ids) {
    const { status, headers } = await app.call(actor, `/v1/${list}/${id}`)
    homes.push(status === 308 ? String(headers['location']).slice(`/v1/${list}/`.length) : id)
  }
  const found = await Promise.all(homes.map((home) => app.call(actor, `/v1/${list}/${home}`)))
  expect(found.map(({ status }) => status)).toEqual(homes.map(() => 200))
  return homes
}

test('the survivor gets deals, contacts and what it lacks; all of it is told, and the merged id leads to it', async ({
  db,
  actor,
}) => {
  const app = startApp(db)
  const { call, create, events } = app
  const company = { name: 'ACME', email: 'hi@acme.example', status: 'ACTIVE', tags: ['a', 'b'] }
  const into = await create(actor, '/v1/customers', company)
  const from = await create(actor, '/v1/customers', {
    ...{ name: 'Acme Ltd', email: 'office@acme.example', phone: '599000001' },
    ...{ source: 'fair', tags: ['b', 'c'] },
  })
  const nino = await create(actor, '/v1/contacts', { name: 'Nino', customerId: from.id })
  const deal = await create(actor, '/v1/deals', { title: 'Roof', customerId: from.id })
  const locked = await create(actor, '/v1/deals', { title: 'Door', customerId: from.id })
  await call(actor, `/v1/deals/${locked.id}/submit`, { method: 'POST' })
  const gone = await create(actor, '/v1/deals', { title: 'Gone', customerId: from.id })
  await call(actor, `/v1/deals/${gone.id}`, { method: 'DELETE' })
  const before = (await events(actor)).length

  const answer = await merge(app, actor, 'customers', from.id, into.id)
  expect(answer).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: { ...company, id: into.id, phone: '+995599000001', source: 'fair', tags: ['a', 'b', 'c'], version: 2 },
  })
  expect(await call(actor, `/v1/customers/${from.id}`)).toMatchObject({
    status: 308,
    headers: { location: `/v1/customers/${into.id}` },
  })
  for (const { id } of [deal, locked]) {
    expect((await call(actor, `/v1/deals/${id}`)).body).toMatchObject({ customerId: into.id, customerName: 'ACME' })
  }
  expect((await call(actor, `/v1/contacts/${nino.id}`)).body).toMatchObject({ customerId: into.id, version: 2 })
  expect((await call(actor, '/v1/deals?q=acme')).body.data).toHaveLength(2)
  expect((await call(actor, '/v1/deals?q=ltd')).body.data).toEqual([])
  const told = (await events(actor)).slice(before)
  expect(told.map(({ type }) => type.slice('crm.deals.'.length)).toSorted()).toEqual([
    'contact.updated',
    'customer.merged',
    'customer.updated',
    'deal.updated',
    'deal.updated',
  ])
  const merged = told.find(({ type }) => type.endsWith('merged'))
  expect(merged).toMatchObject({ version: 2, data: { customer: { id: from.id, version: 2 }, intoId: into.id } })
  const moved = { before: { customerId: from.id }, after: { customerId: into.id } }
  expect(told.find(({ type }) => type.endsWith('deal.updated'))?.data).toMatchObject(moved)
  expect(await create(actor, '/v1/customers', { name: 'Again', email: 'office@acme.example' })).toMatchObject({
    duplicateOfId: null,
  })
})

test('a duplicate may be the survivor: it is the original then, also of the other duplicates', async ({
  db,
  actor,
}) => {
  const app = startApp(db)
  const { call, create } = app
  const body = { name: 'Nino', email: 'nino@example.ge' }
  const [first, second, third] = [
    await create(actor, '/v1/contacts', { ...body, phone: '599000001', position: 'CEO' }),
    await create(actor, '/v1/contacts?allowDuplicate=true', body),
    await create(actor, '/v1/contacts?allowDuplicate=true', body),
  ]
  expect((await call(actor, `/v1/contacts?duplicateOfId=${first.id}`)).body.data).toHaveLength(2)
  expect(await merge(app, actor, 'contacts', first.id, second.id)).toMatchObject({
    status: 200,
    body: { id: second.id, duplicateOfId: null, phone: '+995599000001', position: 'CEO' },
  })
  expect((await call(actor, `/v1/contacts/${third.id}`)).body).toMatchObject({ duplicateOfId: second.id, version: 2 })
  const again = await call(actor, '/v1/contacts', { method: 'POST', body })
  expect(again).toMatchObject({ status: 409, body: { code: 'duplicate', duplicateOfId: second.id } })
})

test('what a third one has already is not taken', async ({ db, actor }) => {
  const app = startApp(db)
  const { create } = app
  const holder = await create(actor, '/v1/contacts', { name: 'Holder', email: 'nino@example.ge' })
  const twin = await create(actor, '/v1/contacts?allowDuplicate=true', {
    ...{ name: 'Twin', email: 'nino@example.ge', position: 'CTO' },
  })
  expect(twin.duplicateOfId).toBe(holder.id)
  const into = await create(actor, '/v1/contacts', { name: 'Other' })
  expect(await merge(app, actor, 'contacts', twin.id, into.id)).toMatchObject({
    status: 200,
    body: { email: null, position: 'CTO' },
  })
})

describe.each(['contacts', 'customers'] as const)('merges of %s', (list) => {
  test('are refused into oneself, of others’ and unknown ones and with an old version, and nothing is written', async ({
    db,
    actor,
    stranger,
  }) => {
    const app = startApp(db)
    const { create, events } = app
    const [one, two] = [
      await create(actor, `/v1/${list}`, { name: 'One' }),
      await create(actor, `/v1/${list}`, { name: 'Two' }),
    ]
    const theirs = await create(stranger, `/v1/${list}`, { name: 'Theirs' })
    const employee = makeActor({ role: 'EMPLOYEE', companyId: actor.companyId })
    const own = await create(employee, `/v1/${list}`, { name: 'Own' })
    const before = await events(actor)
    const itself = await merge(app, actor, list, one.id, one.id)
    expect(itself).toMatchObject({ status: 409, body: { code: 'merge_into_itself' } })
    expect(await merge(app, actor, list, one.id, theirs.id)).toMatchObject({ status: 404 })
    expect(await merge(app, actor, list, theirs.id, one.id)).toMatchObject({ status: 404 })
    expect(await merge(app, stranger, list, one.id, theirs.id)).toMatchObject({ status: 404 })
    expect(await merge(app, actor, list, one.id, randomUUID())).toMatchObject({ status: 404 })
    expect(await merge(app, employee, list, own.id, one.id)).toMatchObject({ status: 403 })
    expect(await merge(app, employee, list, one.id, own.id)).toMatchObject({ status: 403 })
    expect(await merge(app, actor, list, one.id, two.id, { 'if-match': '"7"' })).toMatchObject({ status: 412 })
    expect(await events(actor)).toEqual(before)
  })

  test('follow one another, in whatever order and direction they come, and never make a loop', async ({
    db,
    actor,
  }) => {
    const app = startApp(db, { maxConnections: 10 })
    const { call, create } = app
    for (let round = 0; round < 4; round++) {
      const ids: string[] = []
      for (const name of ['A', 'B', 'C', 'D']) ids.push((await create(actor, `/v1/${list}`, { name })).id)
      const [a = '', b = '', c = '', d = ''] = ids
      const field = list === 'contacts' ? 'contactId' : 'customerId'
      const deal = await create(actor, '/v1/deals', { title: 'Roof', [field]: a })
      const answers = await Promise.all([
        merge(app, actor, list, a, b),
        merge(app, actor, list, b, c),
        merge(app, actor, list, c, d),
        merge(app, actor, list, d, a),
        merge(app, actor, list, b, a),
      ])
      for (const { status } of answers) expect([200, 404, 409]).toContain(status)
      const homes = await homesOf(app, actor, list, ids)
      const done = answers.filter(({ status }) => status === 200).length
      expect(new Set(homes).size).toBe(4 - done)
      const { body } = await call(actor, `/v1/deals/${deal.id}`)
      expect(body[field]).toBe(homes[0])
    }
  })

  test('take along what is being made at the same time', async ({ db, actor }) => {
    const app = startApp(db, { maxConnections: 10 })
    const { call, create } = app
    const field = list === 'contacts' ? 'contactId' : 'customerId'
    for (let round = 0; round < 6; round++) {
      const from = await create(actor, `/v1/${list}`, { name: 'From' })
      const into = await create(actor, `/v1/${list}`, { name: 'Into' })
      const post = () => call(actor, '/v1/deals', { method: 'POST', body: { title: 'Roof', [field]: from.id } })
      const [merged, ...made] = await Promise.all([merge(app, actor, list, from.id, into.id), post(), post(), post()])
      expect(merged.status).toBe(200)
      for (const { status } of made) expect([201, 404]).toContain(status)
      expect((await call(actor, `/v1/deals?${field}=${from.id}`)).body.data).toEqual([])
      const { data } = (await call(actor, `/v1/deals?${field}=${into.id}`)).body
      expect(data).toHaveLength(made.filter(({ status }) => status === 201).length)
    }
  })
})

test('a chain of merges leads to its end in one step, and a late call still finds the deals', async ({ db, actor }) => {
  const app = startApp(db)
  const { call, create } = app
  const ids: string[] = []
  for (const name of ['A', 'B', 'C']) ids.push((await create(actor, '/v1/contacts', { name })).id)
  const [a = '', b = '', c = ''] = ids
  const deal = await create(actor, '/v1/deals', { title: 'Roof', contactId: a })
  expect(await merge(app, actor, 'contacts', a, b)).toMatchObject({ status: 200 })
  expect(await merge(app, actor, 'contacts', b, c)).toMatchObject({ status: 200 })
  expect(await merge(app, actor, 'contacts', c, a)).toMatchObject({
    status: 409,
    body: { code: 'merge_into_itself' },
  })
  for (const id of [a, b]) expect((await call(actor, `/v1/contacts/${id}`)).headers['location']).toContain(c)

  const sample = sampleOf(callEnded.data, 'output') as { call: object }
  const now = new Date().toISOString()
  const times = { startedAt: now, endedAt: now, agentId: null }
  const late = { ...sample.call, ...times, id: randomUUID(), contactId: a, direction: 'INBOUND', from: '+1' }
  await tell(app, actor, callEnded, 1, { call: late })
  expect((await call(actor, `/v1/deals/${deal.id}/activities`)).body.data).toMatchObject([{ kind: 'CALL' }])
})
