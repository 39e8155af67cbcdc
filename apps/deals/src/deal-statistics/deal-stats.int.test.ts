import { randomUUID } from 'node:crypto'
import { makeActor, test } from '@dealwire/testing'
import { expect } from 'vitest'
import { generateDeals } from '../../test/generate-deals.ts'
import { startApp } from '../../test/start-app.ts'

const PIPELINE = '/v1/deals/stats/pipeline'
const MINE = '/v1/deals/stats/my-deals'

test('statistics are exact right after each of the caller’s writes, though they are cached', async ({ db, actor }) => {
  const { call, create } = startApp(db)
  const lead = async () => (await call(actor, PIPELINE)).body.data[0]
  expect(await lead()).toMatchObject({ stage: 'LEAD', count: 0, totalValue: '0.00' })
  const deal = await create(actor, '/v1/deals', { title: 'Roof', value: '100', assignedToId: actor.userId })
  expect(await lead()).toMatchObject({ count: 1, totalValue: '100.00', weightedValue: '10.00' })
  await call(actor, `/v1/deals/${deal.id}`, { method: 'PATCH', body: { value: '300' } })
  expect(await lead()).toMatchObject({ totalValue: '300.00' })
  expect((await call(actor, MINE)).body).toMatchObject({ open: 1, openValue: '300.00', winRate: null })

  const body = { ids: [deal.id], changes: { stage: 'CLOSED_WON' } }
  await call(actor, '/v1/deals/bulk/update', { method: 'POST', body })
  expect(await lead()).toMatchObject({ count: 0 })
  expect((await call(actor, MINE)).body).toMatchObject({ open: 0, won: 1, wonValueThisMonth: '300.00', winRate: 1 })
  await call(actor, `/v1/deals/${deal.id}`, { method: 'DELETE' })
  expect((await call(actor, MINE)).body).toMatchObject({ won: 0, winRate: null })
})

test('two thousand callers who find nothing in the cache cost one computation', async ({ db, actor }) => {
  const app = startApp(db)
  await generateDeals(app, actor, 100)
  const before = app.database.counters.queries
  const answers = await Promise.all(Array.from({ length: 2_000 }, () => app.call(actor, PIPELINE)))
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  expect(app.database.counters.queries - before).toBe(1)
})

test('nobody sees another company’s or another user’s figures', async ({ db, actor, stranger }) => {
  const { call, create } = startApp(db)
  const colleague = makeActor({ companyId: actor.companyId })
  await create(actor, '/v1/deals', { title: 'Roof', assignedToId: actor.userId, expectedCloseDate: '2020-01-01' })
  expect((await call(actor, MINE)).body).toMatchObject({ open: 1, overdue: 1 })
  expect((await call(colleague, MINE)).body).toMatchObject({ open: 0 })
  expect((await call(stranger, PIPELINE)).body.data[0]).toMatchObject({ count: 0 })
  const { pipelineId } = (await call(actor, '/v1/deals')).body.data[0]
  for (const path of [PIPELINE, '/v1/deals/board']) {
    expect(await call(stranger, `${path}?pipelineId=${pipelineId}`)).toMatchObject({ status: 404 })
  }
})

test('a board is one statement; the page of a stage continues in the list of deals', async ({ db, actor }) => {
  const app = startApp(db)
  await generateDeals(app, actor, 100)
  expect(await app.statementsOf(() => app.call(actor, '/v1/deals/board'))).toBe(1)
  const { body } = await app.call(actor, '/v1/deals/board?perStage=10')
  const [lead] = body.data
  expect(lead).toMatchObject({ stage: 'LEAD', count: 34, page: { limit: 10 } })
  expect(body.data.map(({ stage }: { stage: string }) => stage)).toEqual([
    'LEAD',
    'QUALIFIED',
    'NEGOTIATION',
    'CLOSED_WON',
    'CLOSED_LOST',
  ])
  const list = `/v1/deals?pipelineId=${body.pipelineId}&stage=LEAD&limit=100`
  const rest = await app.call(actor, `${list}&cursor=${lead.page.nextCursor}`)
  const all = await app.call(actor, list)
  expect([...lead.deals, ...rest.body.data]).toEqual(all.body.data)
})

test('a company that is new has a board of its default pipeline', async ({ db, actor }) => {
  const { call } = startApp(db)
  expect((await call(actor, '/v1/deals/board')).body.data).toHaveLength(5)
  expect(await call(actor, `/v1/deals/board?pipelineId=${randomUUID()}`)).toMatchObject({ status: 404 })
  expect(await call(actor, '/v1/deals/board?perStage=101')).toMatchObject({ status: 400 })
})
