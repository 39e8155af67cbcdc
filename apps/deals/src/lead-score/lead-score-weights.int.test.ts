import { makeActor, test } from '@dealwire/testing'
import { expect } from 'vitest'
import { generateDeals } from '../../test/generate-deals.ts'
import { startApp, type TestApp } from '../../test/start-app.ts'
import { takeSweeps } from '../sweeps/take-sweeps.ts'

const PATH = '/v1/lead-score-weights'
const VALUE_ONLY = { value: 100, stage: 0, priority: 0, leadSource: 0 }
const PRIORITY_ONLY = { value: 0, stage: 0, priority: 100, leadSource: 0 }
const running = new AbortController().signal

/** Deals of the company that do not have the score of their row by the weights given. */
async function misscored({ database }: TestApp, companyId: string, weights: typeof VALUE_ONLY): Promise<number> {
  const { value, stage, priority, leadSource } = weights
  const { rows } = await database.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM deals d JOIN stages s ON s.company_id = d.company_id AND s.pipeline_id = d.pipeline_id AND s.key = d.stage
     WHERE d.company_id = $1 AND d.lead_score <> lead_score(d.value, s.probability, d.priority, d.lead_source, $2, $3, $4, $5)`,
    [companyId, value, stage, priority, leadSource],
  )
  return rows[0]?.count ?? -1
}

/** What is to be done later is due. */
async function passTime({ database }: TestApp): Promise<void> {
  await database.pool.query("UPDATE sweeps SET not_before = now() - interval '1 second'")
}

test('weights start with 40, 30, 15 and 15; new ones score what is written at once, and the rest in pages', async ({
  db,
  actor,
  stranger,
}) => {
  const app = startApp(db)
  const { call, create } = app
  expect((await call(actor, PATH)).body).toEqual({
    ...{ value: 40, stage: 30, priority: 15, leadSource: 15 },
    ...{ rescoring: false, version: 1, updatedAt: null },
  })
  await generateDeals(app, actor, 1_200)
  const foreign = await create(stranger, '/v1/deals', { title: 'Not ours', value: '1000' })
  const before = (await app.events(actor)).length

  const set = await call(actor, PATH, { method: 'PUT', body: VALUE_ONLY })
  expect(set).toMatchObject({ status: 200, body: { ...VALUE_ONLY, rescoring: true, version: 2 } })
  expect(await create(actor, '/v1/deals', { title: 'Roof', value: '100000' })).toMatchObject({ leadScore: 100 })
  expect(await misscored(app, actor.companyId, VALUE_ONLY)).toBeGreaterThan(1_000)

  await takeSweeps(app, running)
  expect(await misscored(app, actor.companyId, VALUE_ONLY)).toBe(0)
  expect((await call(actor, PATH)).body).toMatchObject({ rescoring: true })
  await passTime(app)
  await takeSweeps(app, running)
  expect((await call(actor, PATH)).body).toMatchObject({ rescoring: false })
  expect((await call(stranger, `/v1/deals/${foreign.id}`)).body.leadScore).toBe(foreign.leadScore)
  const events = (await app.events(actor)).slice(before).map(({ type }) => type)
  expect(events).toEqual(['crm.deals.lead-score.updated', 'crm.deals.deal.created'])
})

test('weights that are not together 100, an old version and a role without the right are refused; the same again is no change', async ({
  db,
  actor,
}) => {
  const { call, events, database } = startApp(db)
  const put = (body: object, headers = {}) => call(actor, PATH, { method: 'PUT', body, headers })
  expect(await put({ ...VALUE_ONLY, stage: 1 })).toMatchObject({ status: 400 })
  expect(await put({ ...VALUE_ONLY, value: 110, stage: -10 })).toMatchObject({ status: 400 })
  expect(await put({ value: 100 })).toMatchObject({ status: 400 })
  expect(await put(VALUE_ONLY, { 'if-match': '"1"' })).toMatchObject({ status: 200, body: { version: 2 } })
  expect(await put(VALUE_ONLY)).toMatchObject({ status: 200, body: { version: 2 } })
  expect(await put(PRIORITY_ONLY, { 'if-match': '"1"' })).toMatchObject({ status: 412 })
  expect(await events(actor)).toHaveLength(1)
  for (const weights of [PRIORITY_ONLY, VALUE_ONLY, PRIORITY_ONLY]) await put(weights)
  const waiting = await database.pool.query('SELECT FROM sweeps WHERE company_id = $1', [actor.companyId])
  expect(waiting.rowCount).toBe(2)
})

test('whatever deals are written while the weights change, each ends with the score of its row by the last weights', async ({
  db,
}) => {
  const app = startApp(db, { maxConnections: 8 })
  const actor = makeActor()
  const { call, create } = app
  const deals = await Promise.all(
    Array.from({ length: 12 }, (_, index) => create(actor, '/v1/deals', { title: `Deal ${index}`, value: '500' })),
  )
  const settings = [VALUE_ONLY, PRIORITY_ONLY, { value: 25, stage: 25, priority: 25, leadSource: 25 }, PRIORITY_ONLY]
  for (const weights of settings) {
    await Promise.all([
      call(actor, PATH, { method: 'PUT', body: weights }),
      takeSweeps(app, running),
      ...deals.flatMap(({ id }, index) => [
        call(actor, `/v1/deals/${id}`, { method: 'PATCH', body: { value: `${10 ** (1 + (index % 5))}` } }),
        call(actor, `/v1/deals/${id}`, { method: 'PATCH', body: { priority: 'URGENT', stage: 'NEGOTIATION' } }),
      ]),
      ...deals.map((_, index) => create(actor, '/v1/deals', { title: `New ${index}`, priority: 'HIGH' })),
    ])
    await passTime(app)
    await takeSweeps(app, running)
    expect(await misscored(app, actor.companyId, weights)).toBe(0)
  }
})
