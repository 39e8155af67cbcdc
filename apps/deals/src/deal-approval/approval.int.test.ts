import { makeActor, test } from '@dealwire/testing'
import { expect } from 'vitest'
import { startApp } from '../../test/start-app.ts'

test('a submitted deal is locked until approved; every step is in the history and told', async ({ db, actor }) => {
  const { call, create, events } = startApp(db)
  const deal = await create(actor, '/v1/deals', { title: 'Roof' })
  const path = `/v1/deals/${deal.id}`
  const step = (name: string, headers = {}) => call(actor, `${path}/${name}`, { method: 'POST', headers })
  const rename = () => call(actor, path, { method: 'PATCH', body: { title: 'Big roof' } })
  expect(await step('submit', { 'if-match': '"7"' })).toMatchObject({ status: 412 })
  expect(await step('submit')).toMatchObject({
    status: 200,
    body: { approvalStatus: 'SUBMITTED', locked: true, version: 2 },
    headers: { etag: '"2"' },
  })
  expect(await rename()).toMatchObject({ status: 409, body: { code: 'deal_locked' } })
  expect(await call(actor, path, { method: 'DELETE' })).toMatchObject({ status: 409 })
  expect(await step('submit')).toMatchObject({ status: 409, body: { code: 'invalid_state' } })
  expect(await step('cancel')).toMatchObject({ body: { approvalStatus: 'CANCELLED', locked: false } })
  expect(await rename()).toMatchObject({ status: 200 })
  await step('submit')
  expect(await step('approve')).toMatchObject({ body: { approvalStatus: 'APPROVED', locked: false } })
  expect(await step('cancel')).toMatchObject({ status: 409, body: { code: 'invalid_state' } })
  expect(await step('unlock')).toMatchObject({ body: { approvalStatus: 'NONE' } })

  const history = (await call(actor, `${path}/history?field=approvalStatus`)).body.data
  expect(history.map(({ to }: { to: string }) => to)).toEqual([
    'NONE',
    'APPROVED',
    'SUBMITTED',
    'CANCELLED',
    'SUBMITTED',
  ])
  const told = (await events(actor)).map(({ type }) => type.replace('crm.deals.deal.', ''))
  expect(told).toEqual(['created', 'submitted', 'cancelled', 'updated', 'submitted', 'approved', 'unlocked'])
})

test('of two who decide at once one decides, and a repeated request decides once', async ({ db, actor }) => {
  const { call, create, events } = startApp(db)
  const { id } = await create(actor, '/v1/deals', { title: 'Roof' })
  const step = (name: string, headers = {}) => call(actor, `/v1/deals/${id}/${name}`, { method: 'POST', headers })
  const submitted = await step('submit', { 'idempotency-key': 'k1' })
  expect((await step('submit', { 'idempotency-key': 'k1' })).body).toEqual(submitted.body)
  const answers = await Promise.all([step('approve'), step('cancel')])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(await events(actor)).toHaveLength(3)
})

test('another user’s deal is refused to an employee, another company’s is not there', async ({
  db,
  actor,
  stranger,
}) => {
  const { call, create } = startApp(db)
  const { id } = await create(actor, '/v1/deals', { title: 'Roof' })
  const employee = makeActor({ role: 'EMPLOYEE', companyId: actor.companyId })
  expect(await call(employee, `/v1/deals/${id}/submit`, { method: 'POST' })).toMatchObject({ status: 403 })
  expect(await call(stranger, `/v1/deals/${id}/submit`, { method: 'POST' })).toMatchObject({ status: 404 })
  expect((await call(actor, `/v1/deals/${id}`)).body).toMatchObject({ approvalStatus: 'NONE', version: 1 })
})
