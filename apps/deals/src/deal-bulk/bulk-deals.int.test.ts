import { randomUUID } from 'node:crypto'
import type { Actor } from '@dealwire/contracts'
import { makeActor, test } from '@dealwire/testing'
import { expect } from 'vitest'
import { generateDeals } from '../../test/generate-deals.ts'
import { startApp, type TestApp } from '../../test/start-app.ts'

const update = ({ call }: TestApp, actor: Actor, body: object, headers = {}) =>
  call(actor, '/v1/deals/bulk/update', { method: 'POST', body, headers })

test('a bulk change is made row by row as a single one is: score, history, one event each, results in order', async ({
  db,
  actor,
}) => {
  const app = startApp(db)
  const first = await app.create(actor, '/v1/deals', { title: 'Roof', value: '1000', tags: ['old'] })
  const second = await app.create(actor, '/v1/deals', { title: 'Door', tags: ['solar'] })
  const told = (await app.events(actor)).length
  const ids = [second.id, first.id]
  const changes = { priority: 'URGENT', addTags: ['solar'], removeTags: ['old'] }
  const answer = await update(app, actor, { ids, changes })
  expect(answer).toMatchObject({
    status: 200,
    body: {
      results: ids.map((id) => ({ id, status: 'ok', version: 2 })),
      summary: { ok: 2, noop: 0, failed: 0 },
    },
  })
  const changed = (await app.call(actor, `/v1/deals/${first.id}`)).body
  expect(changed).toMatchObject({ priority: 'URGENT', tags: ['solar'], version: 2 })
  const alone = await app.create(actor, '/v1/deals', { title: 'x', value: '1000', priority: 'URGENT' })
  expect(changed.leadScore).toBe(alone.leadScore)
  const events = (await app.events(actor)).slice(told, -1)
  expect(events.map(({ type, version }) => [type, version])).toEqual([
    ['crm.deals.deal.updated', 2],
    ['crm.deals.deal.updated', 2],
  ])
  expect(await update(app, actor, { ids, changes })).toMatchObject({
    status: 200,
    body: { summary: { ok: 0, noop: 2, failed: 0 } },
  })
})

test('each item has its own result: missing, another company’s, another user’s, locked, without a lost reason', async ({
  db,
  actor,
  stranger,
}) => {
  const app = startApp(db)
  const employee = makeActor({ role: 'EMPLOYEE', companyId: actor.companyId })
  const own = await app.create(employee, '/v1/deals', { title: 'own' })
  const locked = await app.create(employee, '/v1/deals', { title: 'locked' })
  const others = await app.create(actor, '/v1/deals', { title: 'others' })
  const foreign = await app.create(stranger, '/v1/deals', { title: 'foreign' })
  await app.database.pool.query(`UPDATE deals SET approval_status = 'SUBMITTED' WHERE id = $1`, [locked.id])
  const ids = [foreign.id, others.id, locked.id, own.id, randomUUID()]
  const answer = await update(app, employee, { ids, changes: { stage: 'CLOSED_WON' } })
  expect(answer).toMatchObject({
    status: 207,
    body: {
      results: [
        { status: 'not_found' },
        { status: 'forbidden' },
        { status: 'conflict', code: 'deal_locked' },
        { status: 'ok', version: 2 },
        { status: 'not_found' },
      ],
      summary: { ok: 1, noop: 0, failed: 4 },
    },
  })
  const refused = await update(app, actor, { ids: [others.id], changes: { stage: 'CLOSED_LOST' } })
  expect(refused).toMatchObject({
    status: 207,
    body: { results: [{ status: 'conflict', code: 'lost_reason_required' }] },
  })
  const nowhere = await update(app, actor, { ids: [others.id], changes: { stage: 'NOWHERE' } })
  expect(nowhere).toMatchObject({ status: 207, body: { results: [{ status: 'invalid', code: 'stage_not_found' }] } })
})

test('all or nothing: one failure changes nothing, tells nobody and names the results', async ({ db, actor }) => {
  const app = startApp(db)
  const deal = await app.create(actor, '/v1/deals', { title: 'Roof' })
  for (const path of ['update', 'delete']) {
    const answer = await app.call(actor, `/v1/deals/bulk/${path}`, {
      method: 'POST',
      body: { ids: [deal.id, randomUUID()], atomic: true, ...(path === 'update' && { changes: { priority: 'LOW' } }) },
    })
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'bulk_rejected', results: [{ status: 'ok' }, { status: 'not_found' }] },
    })
  }
  expect((await app.call(actor, `/v1/deals/${deal.id}`)).body).toEqual(deal)
  expect(await app.events(actor)).toHaveLength(1)
})

test('a deal named twice, too many or none, and an unknown assignee are refused as a whole', async ({ db, actor }) => {
  const app = startApp(db)
  const { id } = await app.create(actor, '/v1/deals', { title: 'Roof' })
  const changes = { priority: 'LOW' }
  for (const ids of [[id, id], [], Array.from({ length: 101 }, () => randomUUID())]) {
    expect(await update(app, actor, { ids, changes })).toMatchObject({ status: 400 })
  }
  expect(await update(app, actor, { ids: [id], changes: { assignedToId: randomUUID() } })).toMatchObject({
    status: 404,
  })
})

test('a repeated request with its key answers the same and changes nothing more', async ({ db, actor }) => {
  const app = startApp(db)
  const { id } = await app.create(actor, '/v1/deals', { title: 'Roof' })
  const body = { ids: [id], changes: { stage: 'CLOSED_LOST', lostReason: 'price' } }
  const first = await update(app, actor, body, { 'idempotency-key': 'k1' })
  const again = await update(app, actor, body, { 'idempotency-key': 'k1' })
  expect(again.body).toEqual(first.body)
  expect(again.headers['idempotency-replayed']).toBe('true')
  expect((await app.call(actor, `/v1/deals/${id}`)).body).toMatchObject({ version: 2, lostReason: 'price' })
  const told = (await app.events(actor)).filter(({ data }) => data.deal?.id === id).slice(1)
  expect(told.map(({ type, version }) => [type, version])).toEqual([
    ['crm.deals.deal.stage-changed', 2],
    ['crm.deals.deal.lost', 2],
  ])
  expect(told[0]?.data.after).toMatchObject({ stage: 'CLOSED_LOST', lostReason: 'price' })
  const { data } = (await app.call(actor, `/v1/deals/${id}/history`)).body
  expect(data).toMatchObject([{ field: 'stage', from: 'LEAD', to: 'CLOSED_LOST' }])
})

test('a hundred deals are six statements, whatever the change', async ({ db, actor }) => {
  const app = startApp(db)
  await generateDeals(app, actor, 99)
  const ids = (await app.call(actor, '/v1/deals?limit=100')).body.data.map((deal: { id: string }) => deal.id)
  const stages = ['', 'QUALIFIED', 'NEGOTIATION', 'CLOSED_WON']
  const statements = await app.statementsOf((run) =>
    update(app, actor, { ids, changes: { stage: stages[run], priority: run === 1 ? 'HIGH' : 'LOW' } }),
  )
  expect(statements).toBeLessThanOrEqual(6)
  const won = (await app.events(actor)).filter(({ type }) => type === 'crm.deals.deal.won')
  expect(won).toHaveLength(100)
  const gone = await app.call(actor, '/v1/deals/bulk/delete', { method: 'POST', body: { ids } })
  expect(gone.body.summary).toEqual({ ok: 100, noop: 0, failed: 0 })
  expect((await app.call(actor, '/v1/deals')).body.data).toEqual([])
})

test('two bulk changes of the same deals in opposite order both survive', async ({ db, actor }) => {
  const app = startApp(db)
  const ids: string[] = []
  for (let n = 0; n < 10; n++) ids.push((await app.create(actor, '/v1/deals', { title: `d${n}` })).id)
  const answers = await Promise.all([
    update(app, actor, { ids, changes: { priority: 'URGENT' } }),
    update(app, actor, { ids: ids.toReversed(), changes: { addTags: ['both'] } }),
  ])
  expect(answers.map(({ body }) => body.summary.ok)).toEqual([10, 10])
  const { data } = (await app.call(actor, '/v1/deals?priority=URGENT&tag=both')).body
  expect(data).toHaveLength(10)
})
