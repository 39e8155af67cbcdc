import { randomUUID } from 'node:crypto'
import type { Actor } from '@dealwire/contracts'
import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { startApp, type TestApp } from '../../test/start-app.ts'

const stages = [
  { key: 'NEW', name: 'New', kind: 'OPEN', probability: 20, rottenDays: 7 },
  { key: 'WON', name: 'Won', kind: 'WON', probability: 100, rottenDays: 0 },
  { key: 'LOST', name: 'Lost', kind: 'LOST', probability: 0, rottenDays: 0 },
]

const put = ({ call }: TestApp, actor: Actor, id: string, body: object, headers = {}) =>
  call(actor, `/v1/pipelines/${id}/stages`, { method: 'PUT', body, headers })

test('a pipeline is made with its stages in order, told of, renamed and made the default', async ({
  db,
  actor,
  stranger,
}) => {
  const { call, create, events } = startApp(db)
  const made = await create(actor, '/v1/pipelines', { name: 'Partners', stages })
  expect(made).toMatchObject({ name: 'Partners', isDefault: false, version: 1 })
  expect(made.stages).toEqual(stages.map((stage, position) => ({ ...stage, position })))
  const path = `/v1/pipelines/${made.id}`
  expect((await call(actor, '/v1/pipelines?q=pArt')).body.data).toEqual([made])
  expect((await call(actor, '/v1/pipelines?q=nobody')).body.data).toEqual([])
  expect((await call(actor, path)).body).toEqual(made)
  expect(await call(stranger, path)).toMatchObject({ status: 404 })

  const body = { name: 'Channel', isDefault: true }
  expect(await call(actor, path, { method: 'PATCH', body, headers: { 'if-match': '"9"' } })).toMatchObject({
    status: 412,
  })
  const changed = await call(actor, path, { method: 'PATCH', body })
  expect(changed).toMatchObject({ status: 200, body: { name: 'Channel', isDefault: true, version: 2 } })
  expect(await call(actor, path, { method: 'PATCH', body })).toMatchObject({ status: 200, body: { version: 2 } })
  expect(await create(actor, '/v1/deals', { title: 'Roof' })).toMatchObject({ pipelineId: made.id, stage: 'NEW' })
  const told = (await events(actor)).filter(({ type }) => type.includes('pipeline'))
  expect(told.map(({ type, data }) => [type.slice('crm.deals.pipeline.'.length), data.pipeline.name])).toEqual([
    ['created', 'Partners'],
    ['updated', 'Sales'],
    ['updated', 'Channel'],
  ])
})

test('many who make a default pipeline at once leave one', async ({ db, actor }) => {
  const app = startApp(db)
  const answers = await Promise.all(
    Array.from({ length: 5 }, (_, n) =>
      app.call(actor, '/v1/pipelines', { method: 'POST', body: { name: `p${n}`, isDefault: true } }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(201))
  const { data } = (await app.call(actor, '/v1/pipelines')).body
  expect(data).toHaveLength(6)
  expect(data.filter(({ isDefault }: { isDefault: boolean }) => isDefault)).toHaveLength(1)
})

test('a stage with deals is not removed without a place for them; with one they move as single moves would', async ({
  db,
  actor,
}) => {
  const app = startApp(db)
  const deal = await app.create(actor, '/v1/deals', { title: 'Roof', value: '1000' })
  const gone = await app.create(actor, '/v1/deals', { title: 'Gone' })
  await app.call(actor, `/v1/deals/${gone.id}`, { method: 'DELETE' })
  const id = deal.pipelineId
  expect(await put(app, actor, id, { stages })).toMatchObject({
    status: 409,
    body: { code: 'stage_in_use', errors: [{ stage: 'LEAD' }] },
  })
  expect(await put(app, actor, id, { stages, moveTo: 'ELSEWHERE' })).toMatchObject({ status: 400 })
  expect(await put(app, actor, id, { stages, moveTo: 'LOST' })).toMatchObject({
    status: 409,
    body: { code: 'lost_reason_required' },
  })
  expect(await app.call(actor, `/v1/deals/${deal.id}`)).toMatchObject({ body: { stage: 'LEAD', version: 1 } })

  const replaced = await put(app, actor, id, { stages, moveTo: 'NEW' })
  expect(replaced).toMatchObject({ status: 200, body: { version: 2 } })
  expect(replaced.body.stages.map(({ key }: { key: string }) => key)).toEqual(['NEW', 'WON', 'LOST'])
  const moved = (await app.call(actor, `/v1/deals/${deal.id}`)).body
  expect(moved).toMatchObject({ stage: 'NEW', effectiveProbability: 20, version: 2 })
  expect(moved.leadScore).toBe(deal.leadScore + 3)
  expect((await app.call(actor, `/v1/deals/${deal.id}/history`)).body.data).toMatchObject([
    { field: 'stage', from: 'LEAD', to: 'NEW' },
  ])
  const types = (await app.events(actor)).slice(-2).map(({ type }) => type)
  expect(types).toEqual(['crm.deals.deal.stage-changed', 'crm.deals.pipeline.updated'])
  expect(await put(app, actor, id, { stages })).toMatchObject({ body: { version: 2 } })
})

test('another probability scores the stage’s deals again; another kind is refused while there are deals', async ({
  db,
  actor,
}) => {
  const app = startApp(db)
  const { id } = await app.create(actor, '/v1/pipelines', { name: 'Partners', stages, isDefault: true })
  const deal = await app.create(actor, '/v1/deals', { title: 'Roof' })
  const [first, ...others] = stages
  const likely = await put(app, actor, id, { stages: [{ ...first, probability: 90 }, ...others] })
  expect(likely.status).toBe(200)
  const rescored = (await app.call(actor, `/v1/deals/${deal.id}`)).body
  expect(rescored).toMatchObject({ leadScore: deal.leadScore + 21, effectiveProbability: 90, version: 1 })
  const won = [{ ...first, kind: 'WON' }, { key: 'OPEN', name: 'Open', probability: 1 }, ...others]
  expect(await put(app, actor, id, { stages: won })).toMatchObject({ status: 409, body: { code: 'stage_in_use' } })
})

test('stages without an open one, a key twice, or of a pipeline that is not there are refused', async ({
  db,
  actor,
  stranger,
}) => {
  const app = startApp(db)
  const { id } = await app.create(actor, '/v1/pipelines', { name: 'Partners', stages })
  const [first, ...closed] = stages
  for (const bad of [[], closed, [first, first], [{ ...first, probability: 101 }]]) {
    expect(await put(app, actor, id, { stages: bad })).toMatchObject({ status: 400 })
  }
  expect(await put(app, stranger, id, { stages })).toMatchObject({ status: 404 })
  expect(await put(app, actor, randomUUID(), { stages })).toMatchObject({ status: 404 })
  expect(await put(app, actor, id, { stages: [first] }, { 'if-match': '"3"' })).toMatchObject({ status: 412 })
})
