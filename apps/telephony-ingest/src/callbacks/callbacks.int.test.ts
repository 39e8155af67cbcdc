import { randomUUID } from 'node:crypto'
import { contactCreated, dealCreated } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import type { AnyEvent, Handler } from '@dealwire/messaging'
import { type makeActor, test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { startApp, type TestApp, toldEvents } from '../../test/start-app.ts'
import { projectContacts } from '../contacts/project-contacts.ts'
import { projectDeals, projectWorkOrders } from '../lookup/project-open-business.ts'
import { settleCallbacks } from './settle-callbacks.ts'

type Actor = ReturnType<typeof makeActor>
const CALLBACKS = '/v1/telephony/callbacks'
const PHONE = '+995599000001'
const NOW = Date.now()

type Shape = { minutesAgo: number; isAnswered?: boolean; isOutbound?: boolean; phone?: string }

/** A call of one minute, missed unless it was answered. */
async function callOf(app: TestApp, actor: Actor, callId: string, shape: Shape): Promise<void> {
  const { minutesAgo, isAnswered = false, isOutbound = false, phone = PHONE } = shape
  const at = (seconds: number) => new Date(NOW - minutesAgo * 60_000 + seconds * 1_000).toISOString()
  const [from, to] = isOutbound ? ['101', phone] : [phone, '+995322000002']
  const base = { callId, direction: isOutbound ? 'OUTBOUND' : 'INBOUND', from, to }
  const events = [
    { ...base, eventId: `${callId}-1`, type: 'call.started', occurredAt: at(0) },
    ...(isAnswered
      ? [{ ...base, eventId: `${callId}-2`, type: 'call.answered', occurredAt: at(5), agent: 'anna' }]
      : []),
    { ...base, eventId: `${callId}-3`, type: 'call.ended', occurredAt: at(30) },
  ]
  const { status } = await app.call(actor, '/v1/telephony/events', { method: 'POST', body: { events } })
  expect(status).toBe(202)
}

/** Hands all ends told so far to the handler, again and again: hearing of them twice changes nothing. */
async function settle(app: TestApp, actor: Actor): Promise<void> {
  const ends = (await toldEvents(app, actor)).filter(({ type }) => type.endsWith('call.ended'))
  const events = ends.map(({ type, version, data }) => ({
    id: randomUUID(),
    type,
    companyid: actor.companyId,
    correlationid: 'test',
    aggregateversion: version,
    data,
  })) as unknown as AnyEvent[]
  await withTx(app.database, (tx) => settleCallbacks.apply(tx, events))
}

const callbacks = async (app: TestApp, actor: Actor) => (await app.call(actor, CALLBACKS)).body.data
const told = async (app: TestApp, actor: Actor) =>
  (await toldEvents(app, actor))
    .filter(({ type }) => type.includes('.callback.'))
    .map(({ type }) => type.split('.').at(-1))

describe('callbacks', () => {
  test('one is open per number, however often it called in vain', async ({ db, actor, stranger }) => {
    const app = startApp(db)
    await callOf(app, actor, 'a', { minutesAgo: 30 })
    await settle(app, actor)
    await callOf(app, actor, 'b', { minutesAgo: 20 })
    await callOf(app, actor, 'c', { minutesAgo: 10, phone: '+995599000009' })
    await settle(app, actor)
    await settle(app, actor)
    const open = await callbacks(app, actor)
    expect(open).toMatchObject([
      { phone: PHONE, status: 'OPEN', missedCount: 2 },
      { phone: '+995599000009', status: 'OPEN', missedCount: 1 },
    ])
    expect(Date.parse(open[0].dueAt)).toBe(NOW - 30 * 60_000 + 30_000 + 3_600_000)
    expect(await told(app, actor)).toStrictEqual(['opened', 'opened'])
    expect(await callbacks(app, stranger)).toStrictEqual([])
    expect((await app.call(stranger, `${CALLBACKS}/${open[0].id}`)).status).toBe(404)
  })

  test.for([{ isOutbound: false }, { isOutbound: true }])(
    'a later answered call resolves it, outbound: $isOutbound',
    async (way, { db, actor }) => {
      const app = startApp(db)
      await callOf(app, actor, 'a', { minutesAgo: 30 })
      await settle(app, actor)
      await callOf(app, actor, 'b', { minutesAgo: 20, isAnswered: true, ...way })
      await settle(app, actor)
      expect(await callbacks(app, actor)).toMatchObject([{ status: 'AUTO_RESOLVED' }])
      expect(await told(app, actor)).toStrictEqual(['opened', 'resolved'])
      await callOf(app, actor, 'c', { minutesAgo: 10 })
      await settle(app, actor)
      expect((await app.call(actor, `${CALLBACKS}?status=OPEN`)).body.data).toMatchObject([{ missedCount: 1 }])
    },
  )

  test('a missed call that arrives after a later answered one opens none, nor does an unanswered attempt resolve one', async ({
    db,
    actor,
  }) => {
    const app = startApp(db)
    await callOf(app, actor, 'answered', { minutesAgo: 10, isAnswered: true })
    await callOf(app, actor, 'late', { minutesAgo: 30 })
    await settle(app, actor)
    expect(await callbacks(app, actor)).toStrictEqual([])
    await callOf(app, actor, 'again', { minutesAgo: 5 })
    await callOf(app, actor, 'attempt', { minutesAgo: 3, isOutbound: true })
    await settle(app, actor)
    expect(await callbacks(app, actor)).toMatchObject([{ status: 'OPEN', missedCount: 1 }])
  })

  test('is assigned, done, and stays done', async ({ db, actor }) => {
    const app = startApp(db)
    await callOf(app, actor, 'a', { minutesAgo: 30 })
    await settle(app, actor)
    const [{ id }] = await callbacks(app, actor)
    const assigned = await app.call(actor, `${CALLBACKS}/${id}/assign`, { method: 'POST', body: {} })
    expect(assigned).toMatchObject({
      status: 200,
      body: { status: 'ASSIGNED', assignedToId: actor.userId, version: 2 },
    })
    expect((await app.call(actor, `${CALLBACKS}?assignedToId=me`)).body.data).toHaveLength(1)
    const stale = { method: 'POST', body: {}, headers: { 'if-match': '"1"' } } as const
    expect((await app.call(actor, `${CALLBACKS}/${id}/complete`, stale)).status).toBe(412)
    const once = { method: 'POST', body: { note: 'Spoke' }, headers: { 'idempotency-key': 'done' } } as const
    const done = await app.call(actor, `${CALLBACKS}/${id}/complete`, once)
    expect(done).toMatchObject({ status: 200, body: { status: 'DONE', note: 'Spoke' } })
    const repeated = await app.call(actor, `${CALLBACKS}/${id}/complete`, once)
    expect(repeated).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' }, body: done.body })
    expect((await app.call(actor, `${CALLBACKS}/${id}/assign`, { method: 'POST', body: {} })).body).toMatchObject({
      status: 409,
      code: 'invalid_state',
    })
    await settle(app, actor)
    expect(await callbacks(app, actor)).toMatchObject([{ status: 'DONE' }])
    expect(await told(app, actor)).toStrictEqual(['opened', 'assigned', 'completed'])
  })

  test('two at a time settle one number once', async ({ db, actor }) => {
    const app = startApp(db)
    await callOf(app, actor, 'a', { minutesAgo: 30 })
    await Promise.all(Array.from({ length: 8 }, () => settle(app, actor)))
    expect(await callbacks(app, actor)).toMatchObject([{ missedCount: 1, version: 1 }])
    expect(await told(app, actor)).toStrictEqual(['opened'])
  })
})

const project = (app: TestApp, actor: Actor, handler: Handler, type: string, data: object, version = 1) => {
  const event = { type, companyid: actor.companyId, aggregateversion: version, data } as unknown as AnyEvent
  return withTx(app.database, (tx) => handler.apply(tx, [event]))
}

test('the screen pop: person, open deals and work orders, the last five calls, in one statement', async ({
  db,
  actor,
  stranger,
}) => {
  const app = startApp(db)
  const [contactId, customerId] = [randomUUID(), randomUUID()]
  const contact = { id: contactId, name: 'Nino', phone: PHONE, customerId, duplicateOfId: null }
  const deal = {
    id: randomUUID(),
    title: 'Fibre',
    stage: 'NEW',
    stageKind: 'OPEN',
    contactId,
    customerId: null,
    value: '1.00',
    currency: 'GEL',
  }
  const workOrder = { id: randomUUID(), title: 'Install', status: 'SCHEDULED', customerId, dealId: null }
  await project(app, actor, projectContacts, contactCreated.type, { contact })
  await project(app, actor, projectDeals, dealCreated.type, { deal })
  await project(app, actor, projectDeals, dealCreated.type, { deal: { ...deal, id: randomUUID(), stageKind: 'WON' } })
  await project(app, actor, projectWorkOrders, 'crm.inventory.work-order.created', { workOrder })
  for (let n = 0; n < 6; n++) await callOf(app, actor, `c${n}`, { minutesAgo: 60 - n })
  const lookup = (phone: string, by = actor) => app.call(by, `/v1/telephony/lookup?phone=${encodeURIComponent(phone)}`)

  // The relay's wake-up after a post falls into some of the tries.
  const costs: number[] = []
  for (let attempt = 0; attempt < 5; attempt++) {
    const before = app.database.counters.queries
    await lookup('599 00 00 01')
    costs.push(app.database.counters.queries - before)
  }
  expect(Math.min(...costs)).toBe(1)
  const { body } = await lookup('599 00 00 01')
  expect(body).toMatchObject({
    phone: PHONE,
    contact: { id: contactId, name: 'Nino' },
    customer: { id: customerId, name: null },
    candidates: [{ id: contactId, match: 'exact' }],
    openDeals: [{ id: deal.id, title: 'Fibre', status: 'NEW', value: '1.00' }],
    openWorkOrders: [{ id: workOrder.id, title: 'Install' }],
  })
  expect(body.lastCalls).toHaveLength(5)
  expect((await lookup('+44 599000001')).body).toMatchObject({ candidates: [{ match: 'suffix' }] })
  for (const phone of ['anonymous', '101', '+266696687']) {
    expect((await lookup(phone)).body).toMatchObject({ phone: null, contact: null, candidates: [], lastCalls: [] })
  }
  expect((await lookup(PHONE, stranger)).body).toMatchObject({ contact: null, lastCalls: [], openDeals: [] })
})

test('a call is reviewed once by each reviewer; a review can be changed and deleted', async ({
  db,
  actor,
  stranger,
}) => {
  const app = startApp(db)
  await callOf(app, actor, 'a', { minutesAgo: 30, isAnswered: true })
  const { body: page } = await app.call(actor, '/v1/telephony/calls')
  const REVIEWS = '/v1/telephony/quality/reviews'
  const body = { callId: page.data[0].id, score: 80, criteria: [{ name: 'Greeting', score: 90 }] }
  const made = await app.call(actor, REVIEWS, { method: 'POST', body })
  expect(made).toMatchObject({ status: 201, body: { score: 80, reviewerId: actor.userId, comment: null, version: 1 } })
  expect((await app.call(actor, REVIEWS, { method: 'POST', body })).body).toMatchObject({
    status: 409,
    code: 'duplicate',
  })
  expect((await app.call(stranger, REVIEWS, { method: 'POST', body })).status).toBe(404)
  expect((await app.call(actor, REVIEWS, { method: 'POST', body: { ...body, score: 101 } })).status).toBe(400)
  const reviewerId = randomUUID()
  expect((await app.call(actor, REVIEWS, { method: 'POST', body: { ...body, reviewerId } })).status).toBe(404)
  await app.database.pool.query(`INSERT INTO user_refs (company_id, id, name, version) VALUES ($1, $2, 'Eka', 1)`, [
    actor.companyId,
    reviewerId,
  ])
  const named = await app.call(actor, REVIEWS, { method: 'POST', body: { ...body, reviewerId } })
  expect(named).toMatchObject({ status: 201, body: { reviewerId } })
  await app.call(actor, `${REVIEWS}/${named.body.id}`, { method: 'DELETE' })
  const one = `${REVIEWS}/${made.body.id}`
  const changed = await app.call(actor, one, { method: 'PATCH', body: { score: 70 } })
  expect(changed).toMatchObject({ status: 200, body: { score: 70, version: 2 } })
  expect((await app.call(actor, one, { method: 'PATCH', body: {} })).body).toMatchObject({ version: 2 })
  expect((await app.call(stranger, one)).status).toBe(404)
  expect((await app.call(actor, `${REVIEWS}?callId=${body.callId}`)).body.data).toHaveLength(1)
  expect((await app.call(actor, one, { method: 'DELETE' })).status).toBe(204)
  expect((await app.call(actor, one)).status).toBe(404)
  expect((await toldEvents(app, actor)).filter(({ type }) => type.endsWith('review.created'))).toHaveLength(2)
})

test('a caller missed in a queue is due when the queue says so', async ({ db, actor }) => {
  const app = startApp(db)
  const queue = { key: 'vip', name: 'VIP', callbackDueMinutes: 15 }
  expect((await app.call(actor, '/v1/telephony/queues', { method: 'POST', body: queue })).status).toBe(201)
  const at = (seconds: number) => new Date(NOW - 600_000 + seconds * 1_000).toISOString()
  const base = { callId: 'queued', direction: 'INBOUND', from: PHONE, to: '+995322000002', queue: 'vip' }
  const events = (['call.started', 'queue.entered', 'queue.abandoned', 'call.ended'] as const).map((type, index) => ({
    ...base,
    eventId: `queued-${index}`,
    type,
    occurredAt: at(index * 10),
  }))
  await app.call(actor, '/v1/telephony/events', { method: 'POST', body: { events } })
  await settle(app, actor)
  const [callback] = await callbacks(app, actor)
  expect(Date.parse(callback.dueAt) - Date.parse(at(30))).toBe(15 * 60_000)
})
