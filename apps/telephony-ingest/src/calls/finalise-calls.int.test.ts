import { run, statement } from '@dealwire/db/client'
import { type makeActor, test } from '@dealwire/testing'
import { expect } from 'vitest'
import { sequences } from '../../test/sequences.ts'
import { startApp, type TestApp, toInput, toldEvents } from '../../test/start-app.ts'
import { finaliseCalls } from './finalise-calls.ts'

type Actor = ReturnType<typeof makeActor>
const never = new AbortController().signal
const GRACE_SECONDS = 60
const events = sequences.direct.map(toInput)
const age = statement(
  'test_age_ended_calls',
  `UPDATE calls SET updated_at = now() - interval '61 seconds' WHERE company_id = $1`,
)

const post = (app: TestApp, actor: Actor, some: unknown[]) =>
  app.call(actor, '/v1/telephony/events', { method: 'POST', body: { events: some } })

async function onlyCall(app: TestApp, actor: Actor) {
  const { body } = await app.call(actor, '/v1/telephony/calls')
  expect(body.data).toHaveLength(1)
  return body.data[0]
}

async function finalized(app: TestApp, actor: Actor) {
  const told = await toldEvents(app, actor)
  return told.filter(({ type }) => type === 'crm.telephony.call.finalized')
}

test('an ended call is final when the grace has passed, and is told of once', async ({ db, actor }) => {
  const app = startApp(db)
  await post(app, actor, events)
  expect(await finaliseCalls(app.database, GRACE_SECONDS, never)).toBe(0)
  expect(await onlyCall(app, actor)).toMatchObject({ status: 'COMPLETED', finalizedAt: null, version: 1 })
  await run(app.database, age, [actor.companyId])
  expect(await finaliseCalls(app.database, GRACE_SECONDS, never)).toBe(1)
  expect(await finaliseCalls(app.database, GRACE_SECONDS, never)).toBe(0)
  expect(await onlyCall(app, actor)).toMatchObject({ finalizedAt: expect.any(String), version: 2 })
  expect(await finalized(app, actor)).toMatchObject([
    { version: 2, data: { call: { status: 'COMPLETED', talkSeconds: 60 } } },
  ])
})

test('a detail record makes a call final without waiting', async ({ db, actor }) => {
  const app = startApp(db)
  await post(
    app,
    actor,
    events.map((event) => (event.type === 'call.ended' ? { ...event, data: { final: true } } : event)),
  )
  expect(await finaliseCalls(app.database, GRACE_SECONDS, never)).toBe(1)
})

test('a live call is never final', async ({ db, actor }) => {
  const app = startApp(db)
  await post(app, actor, events.slice(0, 3))
  await run(app.database, age, [actor.companyId])
  expect(await finaliseCalls(app.database, GRACE_SECONDS, never)).toBe(0)
})

test('late news opens a final call again, and it is told of anew; a duplicate changes nothing', async ({
  db,
  actor,
}) => {
  const app = startApp(db)
  await post(app, actor, events)
  await run(app.database, age, [actor.companyId])
  await finaliseCalls(app.database, GRACE_SECONDS, never)
  await post(app, actor, events)
  expect(await onlyCall(app, actor)).toMatchObject({ finalizedAt: expect.any(String), version: 2 })

  const answered = events[2]
  await post(app, actor, [{ ...answered, eventId: 'late', type: 'call.held', occurredAt: '2026-03-02T09:00:30Z' }])
  expect(await onlyCall(app, actor)).toMatchObject({ finalizedAt: null, talkSeconds: 20, holdSeconds: 40, version: 3 })
  await run(app.database, age, [actor.companyId])
  expect(await finaliseCalls(app.database, GRACE_SECONDS, never)).toBe(1)
  expect((await finalized(app, actor)).map(({ version }) => version)).toStrictEqual([2, 4])
})
