import { randomUUID } from 'node:crypto'
import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { startApp } from '../../test/start-app.ts'

test('a company has its default pipeline at the first look, and only one however many look', async ({ db, actor }) => {
  const { call } = startApp(db)
  const answers = await Promise.all(Array.from({ length: 6 }, () => call(actor, '/v1/pipelines')))
  const [first, ...others] = answers.map(({ body }) => body.data)
  expect(others).toEqual(Array(5).fill(first))
  expect(first).toMatchObject([{ name: 'Sales', isDefault: true }])
  expect(
    first[0].stages.map(({ key, kind, probability }: Record<string, unknown>) => [key, kind, probability]),
  ).toEqual([
    ['LEAD', 'OPEN', 10],
    ['QUALIFIED', 'OPEN', 30],
    ['NEGOTIATION', 'OPEN', 60],
    ['CLOSED_WON', 'WON', 100],
    ['CLOSED_LOST', 'LOST', 0],
  ])
})

test('a deal that moves to another pipeline without a stage starts in its first open stage', async ({ db, actor }) => {
  const { call, create, database } = startApp(db)
  const deal = await create(actor, '/v1/deals', { title: 'Roof' })
  const partners = randomUUID()
  await database.pool.query(`INSERT INTO pipelines (company_id, id, name) VALUES ($1, $2, 'Partners')`, [
    actor.companyId,
    partners,
  ])
  await database.pool.query(
    `INSERT INTO stages (company_id, pipeline_id, key, name, kind, probability, position)
     VALUES ($1, $2, 'LOST', 'Lost', 'LOST', 0, 0), ($1, $2, 'LEAD', 'Lead', 'OPEN', 15, 2), ($1, $2, 'INTRO', 'Intro', 'OPEN', 5, 1)`,
    [actor.companyId, partners],
  )
  const patch = (body: object) => call(actor, `/v1/deals/${deal.id}`, { method: 'PATCH', body })
  expect(await patch({ pipelineId: randomUUID() })).toMatchObject({ status: 404 })
  expect(await patch({ pipelineId: partners, stage: 'QUALIFIED' })).toMatchObject({ status: 404 })
  expect(await patch({ pipelineId: partners })).toMatchObject({
    status: 200,
    body: { pipelineId: partners, stage: 'INTRO' },
  })
  expect(await patch({ pipelineId: deal.pipelineId, stage: 'LEAD' })).toMatchObject({ status: 200 })
  expect(await patch({ pipelineId: partners, stage: 'LEAD' })).toMatchObject({
    status: 200,
    body: { effectiveProbability: 15 },
  })
  const { body } = await call(actor, `/v1/deals/${deal.id}/history`)
  expect(body.data.map(({ from, to }: { from: string; to: string }) => [from, to])).toEqual([
    ['LEAD', 'LEAD'],
    ['INTRO', 'LEAD'],
    ['LEAD', 'INTRO'],
  ])
})

test('statistics add up per stage in the company’s currency, right after every write', async ({
  db,
  actor,
  stranger,
}) => {
  const { call, create } = startApp(db)
  expect((await call(actor, '/v1/deals/stats/pipeline')).body.data).toHaveLength(5)
  await create(actor, '/v1/deals', { title: 'A', value: '10.05' })
  await create(actor, '/v1/deals', { title: 'B', value: '20', probability: 50 })
  const won = await create(actor, '/v1/deals', { title: 'C', value: '7', stage: 'CLOSED_WON' })
  const { body } = await call(actor, '/v1/deals/stats/pipeline')
  expect(body.currency).toBe('GEL')
  expect(body.data[0]).toMatchObject({ stage: 'LEAD', count: 2, totalValue: '30.05', weightedValue: '11.01' })
  expect(body.data[3]).toMatchObject({
    stage: 'CLOSED_WON',
    count: 1,
    weightedValue: '7.00',
    avgLeadScore: won.leadScore,
  })
  expect(body.data[4]).toMatchObject({ count: 0, totalValue: '0.00', avgLeadScore: null })
  const theirs = await call(stranger, `/v1/deals/stats/pipeline?pipelineId=${won.pipelineId}`)
  expect(theirs).toMatchObject({ status: 404 })
})
