import { randomUUID } from 'node:crypto'
import { run, statement } from '@dealwire/db/client'
import { type makeActor, test } from '@dealwire/testing'
import { expect } from 'vitest'
import { sequences } from '../../test/sequences.ts'
import { basic, connect, startApp, type TestApp, toInput, toldEvents } from '../../test/start-app.ts'
import { watchSilence } from '../connections/watch-silence.ts'
import { reapStuckCalls } from './reap-stuck-calls.ts'

type Actor = ReturnType<typeof makeActor>
const events = sequences.direct.map(toInput)
const never = new AbortController().signal
const age = statement('test_age_calls', `UPDATE calls SET updated_at = now() - interval '1 hour' WHERE company_id = $1`)
const quieten = statement(
  'test_quieten',
  `UPDATE connection_activity SET events = 1000, last_event_at = now() - interval '5 hours' WHERE company_id = $1`,
)
const backdate = statement(
  'test_backdate',
  `UPDATE connections SET created_at = now() - interval '9 hours' WHERE company_id = $1`,
)

const post = (app: TestApp, actor: Actor, some: unknown[]) =>
  app.call(actor, '/v1/telephony/events', { method: 'POST', body: { events: some } })

async function onlyCall(app: TestApp, actor: Actor) {
  const { body } = await app.call(actor, '/v1/telephony/calls')
  expect(body.data).toHaveLength(1)
  return body.data[0]
}

test('a call of which nothing is heard for hours ends at the last thing heard; its real end corrects it', async ({
  db,
  actor,
}) => {
  const app = startApp(db)
  const [started, ringing, answered, ended] = events
  await post(app, actor, [started, ringing, answered])
  expect(await reapStuckCalls(app.dependencies, never)).toBe(0)
  await run(app.database, age, [actor.companyId])
  expect(await reapStuckCalls(app.dependencies, never)).toBe(1)
  expect(await onlyCall(app, actor)).toMatchObject({ status: 'COMPLETED', talkSeconds: 0, flags: ['end_assumed'] })
  expect(await reapStuckCalls(app.dependencies, never)).toBe(0)
  await post(app, actor, [ended])
  expect(await onlyCall(app, actor)).toMatchObject({ status: 'COMPLETED', talkSeconds: 60, flags: [] })
})

test('a sign of life after the assumed end opens the call again', async ({ db, actor }) => {
  const app = startApp(db)
  await post(app, actor, events.slice(0, 3))
  await run(app.database, age, [actor.companyId])
  await reapStuckCalls(app.dependencies, never)
  const held = { ...events[2], eventId: 'later', type: 'call.held', occurredAt: '2026-03-02T09:05:00Z' }
  await post(app, actor, [held])
  expect(await onlyCall(app, actor)).toMatchObject({ status: 'HELD', endedAt: null, flags: [] })
})

test('a busy connection that goes quiet is told of once, and wakes with its next event', async ({ db, actor }) => {
  const app = startApp(db)
  await post(app, actor, events)
  await run(app.database, quieten, [actor.companyId])
  await run(app.database, backdate, [actor.companyId])
  await watchSilence(app.database)
  await watchSilence(app.database)
  const silent = (await toldEvents(app, actor)).filter(({ type }) => type.endsWith('connection.silent'))
  expect(silent).toHaveLength(1)
  const status = async () => (await app.call(actor, '/v1/telephony/connections')).body.data[0].status
  expect(await status()).toBe('SILENT')
  await post(app, actor, [{ ...events[0], eventId: randomUUID(), callId: 'next' }])
  await watchSilence(app.database)
  expect(await status()).toBe('ACTIVE')
})

test('refused requests are counted on their connection, and only there', async ({ db, actor }) => {
  const app = startApp(db)
  const { id, path } = await connect(app, actor)
  for (let n = 0; n < 3; n++) expect((await app.webhook(path, '{}', basic(id, 'wrong'))).status).toBe(401)
  await app.dependencies.refusals.flush()
  await app.dependencies.refusals.flush()
  const { body } = await app.call(actor, `/v1/telephony/connections/${id}`)
  expect(body).toMatchObject({ refusedCount: 3, eventsCount: 0, lastEventAt: null, lagMs: null, stuckCallsCount: 0 })
})

test('a call of two identities, one of which has ended, ends as a whole', async ({ db, actor }) => {
  const app = startApp(db)
  const connection = await connect(app, actor, 'generic')
  const [started, ringing, answered, ended] = sequences.direct
  const second = { callKey: 'call-2', relatedCallKeys: ['call-1'] }
  const both = [
    started,
    ringing,
    answered,
    ended && { ...ended, data: null },
    started && { ...started, ...second, eventKey: 'other' },
  ]
  await app.dependencies.arrivals.add({
    author: { companyId: actor.companyId, userId: null, requestId: randomUUID() },
    connectionId: connection.id,
    defaultRegion: 'GE',
    events: both.filter((event) => event !== undefined),
    letters: [],
  })
  expect(await onlyCall(app, actor)).toMatchObject({ endedAt: null })
  await run(app.database, age, [actor.companyId])
  expect(await reapStuckCalls(app.dependencies, never)).toBe(1)
  expect(await onlyCall(app, actor)).toMatchObject({ status: 'COMPLETED', flags: ['end_assumed'] })
})

test('a connection tells how much of what it sent came late, and which calls hang', async ({ db, actor }) => {
  const app = startApp(db)
  const [started, ringing, answered] = events
  await post(app, actor, [answered])
  await post(app, actor, [started, ringing])
  await app.dependencies.refusals.flush()
  const { body } = await app.call(actor, '/v1/telephony/connections')
  expect(body.data).toMatchObject([{ eventsCount: 3, outOfOrderCount: 2, stuckCallsCount: 1 }])
})
