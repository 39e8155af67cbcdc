import { randomUUID } from 'node:crypto'
import { type Actor, defaultCompanySettings, departmentCreated, userCreated, userUpdated } from '@dealwire/contracts'
import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { startApp, type TestApp } from '../../test/start-app.ts'
import { tell } from '../../test/tell.ts'
import { thisMonth } from './period.ts'

const PLANS = '/v1/sales-plans'
const month = thisMonth(defaultCompanySettings.timeZone)

async function addUser(app: TestApp, actor: Actor, name: string, teamId: string | null): Promise<string> {
  const userId = randomUUID()
  const user = { userId, name, email: `${userId}@example.ge`, role: 'EMPLOYEE', active: true, teamId }
  await tell(app, actor, userCreated, 1, user)
  return userId
}

const win = (app: TestApp, actor: Actor, assignedToId: string | null, value: string) =>
  app.create(actor, '/v1/deals', { title: 'Won', value, stage: 'CLOSED_WON', assignedToId })

test('progress follows each deal at once, in the company’s currency, as a share of the target', async ({
  db,
  actor,
}) => {
  const app = startApp(db)
  const progress = async () => (await app.call(actor, `${PLANS}/progress?period=${month}`)).body
  expect(await progress()).toMatchObject({
    userId: actor.userId,
    planId: null,
    targets: [
      { metric: 'revenue', currency: 'GEL', target: null, actual: '0.00', percent: null, pace: null },
      { metric: 'count', currency: null, target: null, actual: 0, percent: null, pace: null },
    ],
  })
  await app.create(actor, '/v1/currency-rates', { currency: 'USD', rate: '2.5' })
  const targets = [
    { metric: 'revenue', currency: 'USD', value: '400' },
    { metric: 'count', value: 8 },
  ]
  const plan = await app.create(actor, PLANS, { userId: actor.userId, period: month, targets })
  const won = await win(app, actor, actor.userId, '250')
  await app.create(actor, '/v1/deals', { title: 'Open', value: '999', assignedToId: actor.userId })
  await win(app, actor, null, '999')
  const first = await progress()
  expect(first).toMatchObject({
    planId: plan.id,
    targets: [
      { target: '1000.00', actual: '250.00', percent: 25 },
      { target: 8, actual: 1, percent: 12.5 },
    ],
  })
  expect(first.targets[0].pace).toBeGreaterThanOrEqual(25)
  const company = await app.call(actor, `${PLANS}/progress?period=${month.slice(0, 4)}&company=true`)
  expect(company.body).toMatchObject({ userId: null, targets: [{ actual: '1249.00' }, { actual: 2 }] })

  await app.call(actor, `/v1/deals/${won.id}`, { method: 'PATCH', body: { stage: 'LEAD' } })
  expect(await progress()).toMatchObject({ targets: [{ actual: '0.00', percent: 0 }, { actual: 0 }] })
  await app.call(actor, `${PLANS}/${plan.id}`, { method: 'PATCH', body: { targets: [{ metric: 'count', value: 0 }] } })
  expect(await progress()).toMatchObject({ targets: [{ target: null }, { target: 0, percent: null }] })
})

test('a month ends at midnight of the company', async ({ db, actor }) => {
  const app = startApp(db)
  const deal = await win(app, actor, actor.userId, '10')
  const at = (instant: string) =>
    app.database.pool.query(`UPDATE deals SET closed_at = $3 WHERE company_id = $1 AND id = $2`, [
      ...[actor.companyId, deal.id, instant],
    ])
  const counted = async (company: object, period: string) => {
    const somebody = { ...actor, company: { ...actor.company, ...company } }
    const { body } = await app.call(somebody, `${PLANS}/team?period=${period}`)
    return body.total.targets[1].actual
  }
  await at('2026-03-31T21:30:00Z')
  expect(await counted({ timeZone: 'UTC' }, '2026-03')).toBe(1)
  expect(await counted({ timeZone: 'Asia/Tbilisi' }, '2026-03')).toBe(0)
  expect(await counted({ timeZone: 'Asia/Tbilisi' }, '2026-04')).toBe(1)
  expect(await counted({ timeZone: 'Asia/Tbilisi' }, '2026-Q2')).toBe(1)
})

test('a team of any size is a fixed number of statements, paged by name, with the team’s plan and total', async ({
  db,
  actor,
  stranger,
}) => {
  const app = startApp(db)
  const teamId = randomUUID()
  await tell(app, actor, departmentCreated, 1, { departmentId: teamId, name: 'North', parentId: null, headId: null })
  const nino = await addUser(app, actor, 'Nino', teamId)
  const ana = await addUser(app, actor, 'Ana', teamId)
  const giorgi = await addUser(app, actor, 'Giorgi', null)
  await addUser(app, stranger, 'Stranger', teamId)
  for (const userId of [nino, giorgi]) {
    await app.create(actor, PLANS, { userId, period: month, targets: [{ metric: 'count', value: 4 }] })
    await win(app, actor, userId, '100')
  }
  const plan = await app.create(actor, PLANS, { teamId, period: month, targets: [{ metric: 'revenue', value: '200' }] })

  const path = `${PLANS}/team?period=${month}&teamId=${teamId}`
  const { body } = await app.call(actor, path.replace(`period=${month}&`, ''))
  expect(body).toMatchObject({
    period: month,
    currency: 'GEL',
    total: { planId: plan.id, targets: [{ target: '200.00', actual: '100.00', percent: 50 }, { actual: 1 }] },
    data: [
      { userId: ana, name: 'Ana', planId: null, targets: [{ actual: '0.00' }, { actual: 0, target: null }] },
      { userId: nino, name: 'Nino', targets: [{ actual: '100.00' }, { actual: 1, target: 4, percent: 25 }] },
    ],
  })
  const pages = [await app.call(actor, `${path}&limit=1`)]
  pages.push(await app.call(actor, `${path}&limit=1&cursor=${pages[0]?.body.page.nextCursor}`))
  expect(pages.map((page) => page.body.data[0].name)).toEqual(['Ana', 'Nino'])
  expect(pages[1]?.body.page.nextCursor).toBeNull()

  const few = await app.statementsOf(() => app.call(actor, `${path}&limit=100`))
  for (let index = 0; index < 60; index++) await addUser(app, actor, `Member ${index}`, teamId)
  expect(await app.statementsOf(() => app.call(actor, `${path}&limit=100`))).toBe(few)
  expect(few).toBeLessThanOrEqual(3)
  expect((await app.call(actor, `${path}&limit=100&count=exact`)).body.page.total).toBe(62)

  await tell(app, actor, userUpdated, 2, {
    ...{ userId: nino, name: 'Nino', email: 'n@example.ge', role: 'EMPLOYEE', active: true, teamId: null },
    ...{ before: {}, after: {} },
  })
  expect((await app.call(actor, path)).body.total).toMatchObject({ targets: [{ actual: '0.00' }, { actual: 0 }] })
  expect(await app.call(stranger, path)).toMatchObject({ status: 404 })
  expect((await app.call(actor, `${PLANS}/team?period=${month}&limit=100`)).body.data).toHaveLength(63)
})
