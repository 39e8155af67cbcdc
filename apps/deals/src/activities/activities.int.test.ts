import { randomUUID } from 'node:crypto'
import { type Actor, callEnded, sampleOf } from '@dealwire/contracts'
import { makeActor, test } from '@dealwire/testing'
import { expect } from 'vitest'
import { startApp } from '../../test/start-app.ts'
import { tell } from '../../test/tell.ts'
import { tellRottingDeals } from '../deal-rotting/tell-rotting-deals.ts'
import { tellOverdueActivities } from './tell-overdue-activities.ts'

const fromNow = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
const never = new AbortController().signal

test('an activity is added, changed, done and deleted, told of, and counts as the deal’s last one', async ({
  db,
  actor,
}) => {
  const { call, create, events } = startApp(db)
  const deal = await create(actor, '/v1/deals', { title: 'Roof' })
  const path = `/v1/deals/${deal.id}/activities`
  const task = await create(actor, path, { kind: 'TASK', subject: 'Call Nino', assignedToId: actor.userId })
  expect(task).toMatchObject({ dealId: deal.id, kind: 'TASK', body: null, createdById: actor.userId, version: 1 })
  const touched = (await call(actor, `/v1/deals/${deal.id}`)).body
  expect(touched).toMatchObject({ version: 1 })
  expect(touched.lastActivityAt).not.toBeNull()
  expect(await call(actor, `${path}/${task.id}`)).toMatchObject({ status: 200, body: task, headers: { etag: '"1"' } })

  const patch = (body: object, headers = {}) => call(actor, `${path}/${task.id}`, { method: 'PATCH', body, headers })
  expect(await patch({ body: 'x' }, { 'if-match': '"5"' })).toMatchObject({ status: 412 })
  expect(await patch({ assignedToId: randomUUID() })).toMatchObject({ status: 404 })
  const [one, two] = await Promise.all([patch({ body: 'about the roof' }), patch({ doneAt: fromNow(0) })])
  expect([one.status, two.status]).toEqual([200, 200])
  const done = (await call(actor, `${path}/${task.id}`)).body
  expect(done).toMatchObject({ body: 'about the roof', doneAt: expect.any(String), version: 3 })
  expect(await patch({})).toMatchObject({ status: 200, body: done })
  expect((await events(actor)).map(({ type }) => type.slice('crm.deals.'.length)).sort()).toEqual([
    'activity.completed',
    'activity.created',
    'activity.updated',
    'deal.created',
  ])
  expect(await call(actor, `${path}/${task.id}`, { method: 'DELETE' })).toMatchObject({ status: 204 })
  expect((await events(actor)).at(-1)).toMatchObject({
    type: 'crm.deals.activity.deleted',
    data: { activity: { id: task.id, version: 4 }, customerId: null },
  })
  expect((await call(actor, path)).body.data).toEqual([])
})

test('another user’s deal, another company’s and another deal’s activity are refused, and nothing is written', async ({
  db,
  actor,
  stranger,
}) => {
  const { call, create } = startApp(db)
  const deal = await create(actor, '/v1/deals', { title: 'Roof' })
  const other = await create(actor, '/v1/deals', { title: 'Door' })
  const path = `/v1/deals/${deal.id}/activities`
  const employee = makeActor({ role: 'EMPLOYEE', companyId: actor.companyId })
  const body = { kind: 'NOTE', subject: 'Hi' }
  expect(await call(employee, path, { method: 'POST', body })).toMatchObject({ status: 403 })
  expect(await call(stranger, path, { method: 'POST', body })).toMatchObject({ status: 404 })
  expect(await call(stranger, path)).toMatchObject({ status: 404 })
  const note = await create(actor, path, body)
  expect(await call(actor, `/v1/deals/${other.id}/activities/${note.id}`)).toMatchObject({ status: 404 })
  expect(await call(employee, `${path}/${note.id}`, { method: 'DELETE' })).toMatchObject({ status: 403 })
  expect((await call(actor, path)).body.data).toEqual([note])
})

test('due lists are of what is not done, the soonest first, by the days of the company', async ({ db, actor }) => {
  const { call, create } = startApp(db)
  const deal = await create(actor, '/v1/deals', { title: 'Roof' })
  const add = (subject: string, dueAt: string | null, doneAt: string | null = null) =>
    create(actor, `/v1/deals/${deal.id}/activities`, {
      kind: 'TASK',
      subject,
      dueAt,
      doneAt,
      assignedToId: actor.userId,
    })
  await add('later', fromNow(72))
  await add('soon', fromNow(49))
  await add('late', fromNow(-49))
  await add('done', fromNow(-50), fromNow(-49))
  await add('whenever', null)
  const due = async (list: string, who: Actor = actor) => {
    const { body } = await call(who, `/v1/activities?assignedToId=me&due=${list}`)
    return body.data.map(({ subject }: { subject: string }) => subject)
  }
  expect(await due('upcoming')).toEqual(['soon', 'later'])
  expect(await due('overdue')).toEqual(['late'])
  expect(await due('today')).toEqual([])
  expect(await due('overdue', makeActor({ companyId: actor.companyId }))).toEqual([])
})

test('a finished call is one activity of each open deal of its contact, however often its end is told', async ({
  db,
  actor,
  stranger,
}) => {
  const app = startApp(db)
  const contact = await app.create(actor, '/v1/contacts', { name: 'Nino' })
  const open = await app.create(actor, '/v1/deals', { title: 'Roof', contactId: contact.id })
  const won = await app.create(actor, '/v1/deals', { title: 'Old', contactId: contact.id, stage: 'CLOSED_WON' })
  const sample = sampleOf(callEnded.data, 'output') as { call: object }
  const callId = randomUUID()
  const endedAt = fromNow(0)
  const data = {
    call: {
      ...sample.call,
      ...{ id: callId, contactId: contact.id, direction: 'INBOUND', from: '+995599123456' },
      ...{ startedAt: fromNow(-1), endedAt, agentId: null },
    },
  }
  await Promise.all([1, 2, 3].map((version) => tell(app, actor, callEnded, version, data)))
  await tell(app, stranger, callEnded, 1, data)
  const { body } = await app.call(actor, `/v1/deals/${open.id}/activities`)
  expect(body.data).toMatchObject([{ kind: 'CALL', callId, subject: 'Call from +995599123456', endsAt: endedAt }])
  expect((await app.call(actor, `/v1/deals/${open.id}`)).body.lastActivityAt).toBe(endedAt)
  expect((await app.call(actor, `/v1/deals/${won.id}`)).body.lastActivityAt).toBeNull()
  const told = (await app.events(actor)).filter(({ type }) => type === 'crm.deals.activity.created')
  expect(told).toHaveLength(1)
})

test('what is overdue is told once, by however many processes, and again when its time was moved', async ({
  db,
  actor,
}) => {
  const { call, create, events, database } = startApp(db)
  const deal = await create(actor, '/v1/deals', { title: 'Roof' })
  const path = `/v1/deals/${deal.id}/activities`
  const task = await create(actor, path, { kind: 'TASK', subject: 'Call', dueAt: fromNow(-1) })
  await create(actor, path, { kind: 'TASK', subject: 'Later', dueAt: fromNow(1) })
  const overdue = async () => (await events(actor)).filter(({ type }) => type === 'crm.deals.activity.overdue').length
  await Promise.all([tellOverdueActivities(database, never), tellOverdueActivities(database, never)])
  await tellOverdueActivities(database, never)
  expect(await overdue()).toBe(1)
  await call(actor, `${path}/${task.id}`, { method: 'PATCH', body: { dueAt: fromNow(-0.5) } })
  await tellOverdueActivities(database, never)
  expect(await overdue()).toBe(2)
})

test('a deal is told to be rotting once, and again after something has happened', async ({ db, actor }) => {
  const { call, create, events, database } = startApp(db)
  const { id } = (await call(actor, '/v1/pipelines')).body.data[0]
  const stages = [{ key: 'LEAD', name: 'Lead', probability: 10, rottenDays: 3 }]
  await call(actor, `/v1/pipelines/${id}/stages`, { method: 'PUT', body: { stages } })
  const deal = await create(actor, '/v1/deals', { title: 'Roof' })
  await create(actor, '/v1/deals', { title: 'Fresh' })
  const age = (days: number) =>
    database.pool.query(
      `UPDATE deals SET stage_entered_at = now() - interval '9 days', rotting_told_at = rotting_told_at - interval '5 days',
         last_activity_at = now() - $2 * interval '1 day' WHERE id = $1`,
      [deal.id, days],
    )
  const told = async () => (await events(actor)).filter(({ type }) => type === 'crm.deals.deal.rotting').length
  await age(8)
  expect((await call(actor, '/v1/deals?rotten=true')).body.data).toMatchObject([{ id: deal.id, rotten: true }])
  await Promise.all([tellRottingDeals(database, never), tellRottingDeals(database, never)])
  await tellRottingDeals(database, never)
  expect(await told()).toBe(1)
  await age(4)
  await tellRottingDeals(database, never)
  expect(await told()).toBe(2)
})
