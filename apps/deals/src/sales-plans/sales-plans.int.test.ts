import { randomUUID } from 'node:crypto'
import { departmentCreated, departmentDeleted, userCreated } from '@dealwire/contracts'
import { makeActor, test } from '@dealwire/testing'
import { expect } from 'vitest'
import { startApp } from '../../test/start-app.ts'
import { tell } from '../../test/tell.ts'

const PLANS = '/v1/sales-plans'
const revenue = (value: string, currency?: string) => ({ metric: 'revenue', value, ...(currency && { currency }) })
const count = (value: number) => ({ metric: 'count', value })

test('a plan is made for a period, changed and deleted, and each is told of', async ({ db, actor }) => {
  const app = startApp(db)
  const body = { userId: actor.userId, period: '2026-Q3', targets: [revenue('1000'), count(5)] }
  const plan = await app.create(actor, PLANS, body)
  expect(plan).toMatchObject({
    userId: actor.userId,
    teamId: null,
    periodStart: '2026-07-01',
    periodEnd: '2026-09-30',
    version: 1,
    targets: [
      { metric: 'revenue', currency: 'GEL', value: '1000.00' },
      { metric: 'count', currency: null, value: 5 },
    ],
  })
  const path = `${PLANS}/${plan.id}`
  const changed = await app.call(actor, path, { method: 'PATCH', body: { targets: [count(7)] } })
  expect(changed.body).toMatchObject({ version: 2, targets: [{ metric: 'count', value: 7 }] })
  expect((await app.call(actor, path, { method: 'PATCH', body: {} })).body).toMatchObject({ version: 2 })
  const stale = { method: 'PATCH', body: { targets: [count(1)] }, headers: { 'if-match': '"1"' } } as const
  expect(await app.call(actor, path, stale)).toMatchObject({ status: 412 })
  expect(await app.call(actor, path, { method: 'DELETE' })).toMatchObject({ status: 204 })
  expect(await app.call(actor, path)).toMatchObject({ status: 404 })
  expect((await app.events(actor)).map(({ type, version }) => `${type} ${version}`)).toEqual([
    'crm.deals.plan.created 1',
    'crm.deals.plan.updated 2',
    'crm.deals.plan.deleted 3',
  ])
})

test('of many who make a plan for the same user and period at once, one does, and the others are told of it', async ({
  db,
  actor,
}) => {
  const { call, events } = startApp(db)
  const body = { period: '2026-07', targets: [count(1)] }
  const answers = await Promise.all(Array.from({ length: 8 }, () => call(actor, PLANS, { method: 'POST', body })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array(7).fill(409)])
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'plan_exists' })
  expect(await events(actor)).toHaveLength(1)
  expect((await call(actor, `${PLANS}?period=2026-07`)).body.data).toHaveLength(1)
})

test('the first and last day stand for their period; others, and targets without sense, are refused', async ({
  db,
  actor,
}) => {
  const { call, create } = startApp(db)
  const made = await create(actor, PLANS, { periodStart: '2028-02-01', periodEnd: '2028-02-29', targets: [count(1)] })
  expect(made).toMatchObject({ period: '2028-02' })
  const bad = [
    { periodStart: '2028-02-01', periodEnd: '2028-03-15', targets: [count(1)] },
    { period: '2028-13', targets: [count(1)] },
    { period: '2028-02', periodStart: '2028-02-01', targets: [count(1)] },
    { targets: [count(1)] },
    { period: '2028', targets: [] },
    { period: '2028', targets: [count(1), count(2)] },
    { period: '2028', targets: [revenue('-1')] },
    { period: '2028', targets: [count(1.5)] },
    { period: '2028', userId: actor.userId, teamId: randomUUID(), targets: [count(1)] },
  ]
  for (const body of bad) expect(await call(actor, PLANS, { method: 'POST', body })).toMatchObject({ status: 400 })
  const foreign = { period: '2028', targets: [revenue('10', 'USD')] }
  expect(await call(actor, PLANS, { method: 'POST', body: foreign })).toMatchObject({
    status: 409,
    body: { code: 'currency_rate_missing' },
  })
})

test('users and teams are those of the company; a deleted team gets no plan', async ({ db, actor, stranger }) => {
  const app = startApp(db)
  const department = { departmentId: randomUUID(), name: 'North', parentId: null, headId: null }
  await tell(app, actor, departmentCreated, 1, department)
  const team = { period: '2026', teamId: department.departmentId, targets: [count(9)] }
  const plan = await app.create(actor, PLANS, team)
  expect(plan).toMatchObject({ teamName: 'North', userId: null })

  expect(await app.call(stranger, PLANS, { method: 'POST', body: team })).toMatchObject({ status: 404 })
  const user = { period: '2026', userId: actor.userId, targets: [count(9)] }
  expect(await app.call(stranger, PLANS, { method: 'POST', body: user })).toMatchObject({ status: 404 })
  for (const method of ['GET', 'PATCH', 'DELETE'] as const) {
    const refused = await app.call(stranger, `${PLANS}/${plan.id}`, { method, ...(method === 'PATCH' && { body: {} }) })
    expect(refused).toMatchObject({ status: 404 })
  }
  await tell(app, actor, departmentDeleted, 2, department)
  await tell(app, actor, departmentCreated, 1, department)
  const late = { ...team, period: '2027' }
  expect(await app.call(actor, PLANS, { method: 'POST', body: late })).toMatchObject({ status: 404 })
})

test('a role with scope own sees its own plans and figures, and plans nothing for others', async ({ db, actor }) => {
  const app = startApp(db)
  const employee = makeActor({ role: 'EMPLOYEE', companyId: actor.companyId })
  const planner = { ...employee, permissions: new Set([...employee.permissions, 'plan:manage' as const]) }
  const { userId, companyId } = employee
  const user = { userId, name: 'Nino', email: 'n@example.ge', role: 'EMPLOYEE', active: true, teamId: null }
  await tell(app, makeActor({ companyId }), userCreated, 1, user)
  const own = await app.create(actor, PLANS, { userId, period: '2026', targets: [count(3)] })
  const company = await app.create(actor, PLANS, { period: '2026', targets: [count(30)] })

  const seen = await app.call(employee, PLANS)
  expect(seen.body.data.map(({ id }: { id: string }) => id)).toEqual([own.id])
  expect((await app.call(employee, `${PLANS}?userId=${actor.userId}`)).body.data).toEqual([])
  expect(await app.call(employee, `${PLANS}/${company.id}`)).toMatchObject({ status: 404 })
  expect(await app.call(employee, `${PLANS}/progress?period=2026&company=true`)).toMatchObject({ status: 403 })
  expect(await app.call(employee, `${PLANS}/progress?period=2026&userId=${actor.userId}`)).toMatchObject({
    status: 403,
  })
  const team = (await app.call(employee, `${PLANS}/team?period=2026`)).body
  expect(team).toMatchObject({ total: null, data: [{ userId, planId: own.id }] })

  const others = { period: '2027', targets: [count(1)] }
  expect(await app.call(planner, PLANS, { method: 'POST', body: others })).toMatchObject({ status: 403 })
  const patch = { method: 'PATCH', body: { targets: [count(1)] } } as const
  expect(await app.call(planner, `${PLANS}/${company.id}`, patch)).toMatchObject({ status: 403 })
  expect(await app.call(planner, `${PLANS}/${own.id}`, patch)).toMatchObject({ status: 200 })
})
