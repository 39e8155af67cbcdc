import { makeActor, test } from '@dealwire/testing'
import { expect } from 'vitest'
import { startApp } from '../../test/start-app.ts'

test('a change is stored, answered and told, with what it replaced', async ({ db, actor }) => {
  const { call, create, events } = startApp(db)
  const { id } = await create(actor, '/v1/deals', { title: 'Roof', value: '100' })
  const changed = await call(actor, `/v1/deals/${id}`, { method: 'PATCH', body: { value: 250.5, tags: ['solar'] } })
  expect(changed).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: { value: '250.50', baseValue: '250.50', version: 2 },
  })
  expect((await events(actor)).at(-1)).toMatchObject({
    type: 'crm.deals.deal.updated',
    version: 2,
    data: {
      deal: { id, value: '250.50', title: 'Roof' },
      before: { value: '100.00', baseValue: '100.00', tags: [] },
      after: { value: '250.50', baseValue: '250.50', tags: ['solar'] },
    },
  })
})

test('nothing given, or nothing different, changes nothing and tells nobody', async ({ db, actor }) => {
  const { call, create, events } = startApp(db)
  const deal = await create(actor, '/v1/deals', { title: 'Roof', tags: ['solar'] })
  for (const body of [{}, { title: 'Roof', tags: ['solar'], stage: 'LEAD' }]) {
    const answer = await call(actor, `/v1/deals/${deal.id}`, { method: 'PATCH', body })
    expect(answer).toMatchObject({ status: 200, body: deal, headers: { etag: '"1"' } })
  }
  expect(await events(actor)).toHaveLength(1)
})

test('a move is in the history with the time in the stage it left, and closes, reopens and scores the deal', async ({
  db,
  actor,
}) => {
  const { call, create, database, events } = startApp(db)
  const deal = await create(actor, '/v1/deals', { title: 'Roof', value: '1000' })
  await database.pool.query(`UPDATE deals SET stage_entered_at = now() - interval '90 seconds' WHERE id = $1`, [
    deal.id,
  ])
  const patch = (body: object) => call(actor, `/v1/deals/${deal.id}`, { method: 'PATCH', body })

  const negotiating = await patch({ stage: 'NEGOTIATION' })
  expect(negotiating.body.leadScore).toBeGreaterThan(deal.leadScore)
  expect(negotiating.body.stageEnteredAt).not.toBe(deal.stageEnteredAt)
  expect(await patch({ stage: 'CLOSED_LOST' })).toMatchObject({ status: 409, body: { code: 'lost_reason_required' } })
  const lost = await patch({ stage: 'CLOSED_LOST', lostReason: 'price' })
  expect(lost.body).toMatchObject({
    stageKind: 'LOST',
    lostReason: 'price',
    effectiveProbability: 0,
    weightedValue: '0.00',
  })
  expect(lost.body.closedAt).toBe(lost.body.stageEnteredAt)
  const reopened = await patch({ stage: 'LEAD' })
  expect(reopened.body).toMatchObject({
    stageKind: 'OPEN',
    lostReason: null,
    closedAt: null,
    leadScore: deal.leadScore,
  })

  const history = await call(actor, `/v1/deals/${deal.id}/history`)
  expect(history.body.data).toMatchObject([
    { field: 'stage', from: 'CLOSED_LOST', to: 'LEAD' },
    { field: 'stage', from: 'NEGOTIATION', to: 'CLOSED_LOST' },
    { field: 'stage', from: 'LEAD', to: 'NEGOTIATION', changedById: actor.userId },
  ])
  expect(history.body.data[2].secondsInStage).toBeGreaterThanOrEqual(90)
  expect((await events(actor)).map(({ type }) => type.replace('crm.deals.deal.', ''))).toEqual([
    'created',
    'stage-changed',
    'stage-changed',
    'lost',
    'stage-changed',
    'reopened',
  ])
})

test('value, probability, close date and assignee are in the history too; other fields are not', async ({
  db,
  actor,
}) => {
  const { call, create } = startApp(db)
  const { id } = await create(actor, '/v1/deals', { title: 'Roof', probability: 40 })
  await call(actor, `/v1/deals/${id}`, {
    method: 'PATCH',
    body: {
      title: 'Big roof',
      value: '5',
      probability: null,
      expectedCloseDate: '2027-01-31',
      assignedToId: actor.userId,
    },
  })
  const { body } = await call(actor, `/v1/deals/${id}/history`)
  const changes = body.data.map(({ field, from, to }: { field: string; from: unknown; to: unknown }) => [
    field,
    from,
    to,
  ])
  expect(changes.toSorted()).toEqual([
    ['assignedToId', null, actor.userId],
    ['expectedCloseDate', null, '2027-01-31'],
    ['probability', 40, null],
    ['value', '0.00', '5.00'],
  ])
})

test('concurrent changes of different fields all survive, and the score is that of the final row', async ({
  db,
  actor,
}) => {
  const { call, create, database } = startApp(db)
  const { id } = await create(actor, '/v1/deals', { title: 'Roof' })
  const bodies = [
    { value: '100000' },
    { priority: 'URGENT' },
    { leadSource: 'REFERRAL' },
    { stage: 'NEGOTIATION' },
    { notes: 'n' },
  ]
  const answers = await Promise.all(bodies.map((body) => call(actor, `/v1/deals/${id}`, { method: 'PATCH', body })))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])

  const { body: final } = await call(actor, `/v1/deals/${id}`)
  expect(final).toMatchObject({
    value: '100000.00',
    priority: 'URGENT',
    leadSource: 'REFERRAL',
    stage: 'NEGOTIATION',
    notes: 'n',
    version: 6,
  })
  const { rows } = await database.pool.query<{ score: number }>(
    `SELECT lead_score(100000, 60, 'URGENT', 'REFERRAL') AS score`,
  )
  expect(final.leadScore).toBe(rows[0]?.score)
})

test('of two changes that expect the same version, one is refused and changes nothing', async ({ db, actor }) => {
  const { call, create, events } = startApp(db)
  const { id } = await create(actor, '/v1/deals', { title: 'Roof' })
  const patch = (title: string) =>
    call(actor, `/v1/deals/${id}`, { method: 'PATCH', body: { title }, headers: { 'if-match': '"1"' } })
  const answers = await Promise.all([patch('A'), patch('B')])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412])
  expect(answers.find(({ status }) => status === 412)?.body).toMatchObject({ code: 'version_mismatch' })
  expect(await events(actor)).toHaveLength(2)
  const malformed = await call(actor, `/v1/deals/${id}`, { method: 'PATCH', body: {}, headers: { 'if-match': 'one' } })
  expect(malformed).toMatchObject({ status: 400 })
})

test('scope own changes what is its own and nothing else', async ({ db, actor }) => {
  const { call, create } = startApp(db)
  const employee = makeActor({ role: 'EMPLOYEE', companyId: actor.companyId })
  const theirs = await create(actor, '/v1/deals', { title: 'Theirs', assignedToId: actor.userId })
  const own = await create(employee, '/v1/deals', { title: 'Own' })
  const patch = (id: string, body: object) => call(employee, `/v1/deals/${id}`, { method: 'PATCH', body })
  expect(await patch(theirs.id, { title: 'Mine' })).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  expect(await patch(own.id, { title: 'Still own' })).toMatchObject({ status: 200 })
  expect(await call(employee, `/v1/deals/${theirs.id}`)).toMatchObject({ status: 200, body: { title: 'Theirs' } })
})

test('a submitted deal is locked', async ({ db, actor }) => {
  const { call, create, database } = startApp(db)
  const { id } = await create(actor, '/v1/deals', { title: 'Roof' })
  await database.pool.query(`UPDATE deals SET approval_status = 'SUBMITTED' WHERE id = $1`, [id])
  expect(await call(actor, `/v1/deals/${id}`, { method: 'PATCH', body: { title: 'x' } })).toMatchObject({
    status: 409,
    body: { code: 'deal_locked' },
  })
  expect(await call(actor, `/v1/deals/${id}`, { method: 'DELETE' })).toMatchObject({ status: 409 })
})

test("another company's deal is not found by any route, and stays as it was", async ({ db, actor, stranger }) => {
  const { call, create, events } = startApp(db)
  const deal = await create(actor, '/v1/deals', { title: 'Roof' })
  const path = `/v1/deals/${deal.id}`
  const missing = { status: 404, body: { detail: `No deal with id '${deal.id}'.` } }
  expect(await call(stranger, path)).toMatchObject(missing)
  expect(await call(stranger, path, { method: 'PATCH', body: { title: 'x' } })).toMatchObject(missing)
  expect(await call(stranger, path, { method: 'DELETE' })).toMatchObject(missing)
  expect(await call(stranger, `${path}/history`)).toMatchObject(missing)
  expect((await call(actor, path)).body).toEqual(deal)
  expect(await events(stranger)).toEqual([])
})

test('a deleted deal is gone for good, once', async ({ db, actor }) => {
  const { call, create, events } = startApp(db)
  const { id } = await create(actor, '/v1/deals', { title: 'Roof' })
  const stale = await call(actor, `/v1/deals/${id}`, { method: 'DELETE', headers: { 'if-match': '"9"' } })
  expect(stale).toMatchObject({ status: 412 })
  const answers = await Promise.all([1, 2].map(() => call(actor, `/v1/deals/${id}`, { method: 'DELETE' })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404])
  expect(await call(actor, `/v1/deals/${id}`)).toMatchObject({ status: 404 })
  expect((await call(actor, '/v1/deals')).body.data).toEqual([])
  expect((await events(actor)).map(({ type }) => type)).toEqual(['crm.deals.deal.created', 'crm.deals.deal.deleted'])
})

test('a change is lock and update beside BEGIN, history, events and COMMIT: three round trips; a read is one', async ({
  db,
  actor,
}) => {
  const { call, create, statementsOf } = startApp(db)
  const { id } = await create(actor, '/v1/deals', { title: 'Roof' })
  const patch = (body: object) => call(actor, `/v1/deals/${id}`, { method: 'PATCH', body })
  expect(await statementsOf((run) => patch({ title: `Roof ${run}` }))).toBe(5)
  expect(await statementsOf((run) => patch({ value: run, stage: run % 2 === 0 ? 'LEAD' : 'QUALIFIED' }))).toBe(6)
  expect(await statementsOf(() => call(actor, `/v1/deals/${id}`))).toBe(1)
})
