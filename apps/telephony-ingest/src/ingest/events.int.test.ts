import { randomUUID } from 'node:crypto'
import type { CallEventInput } from '@dealwire/contracts'
import { makeActor, test } from '@dealwire/testing'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { sequences } from '../../test/sequences.ts'
import { connect, countRows, startApp, type TestApp, toInput, toldEvents } from '../../test/start-app.ts'

const pause = () => new Promise((resolve) => setTimeout(resolve, 40))
const EVENTS = '/v1/telephony/events'
const CALLS = '/v1/telephony/calls'

const inputs = (name: keyof typeof sequences) => sequences[name].map(toInput)

type Actor = ReturnType<typeof makeActor>

const post = (app: TestApp, actor: Actor, events: unknown[], rest: object = {}) =>
  app.call(actor, EVENTS, { method: 'POST', body: { events, ...rest } })

/** The only call of the company, without what depends on when it was stored. */
async function onlyCall(app: TestApp, actor: Actor) {
  const { body: page } = await app.call(actor, CALLS)
  expect(page.data).toHaveLength(1)
  const { body } = await app.call(actor, `${CALLS}/${page.data[0].id}`)
  const {
    id: _id,
    connectionId: _connection,
    version: _version,
    createdAt: _created,
    updatedAt: _updated,
    ...call
  } = body
  return { ...call, events: call.events.map(({ receivedAt: _received, ...event }: { receivedAt: string }) => event) }
}

describe('a batch', () => {
  test('of 500 stores the valid events and says what is wrong with each other one', async ({ db, actor }) => {
    const app = startApp(db)
    const template = inputs('direct')
    const events = Array.from(
      { length: 500 },
      (_, n) => ({ ...template[n % 4], eventId: `e${n}`, callId: `c${Math.floor(n / 4)}` }) as unknown,
    )
    events[7] = { eventId: 'e7' }
    events[499] = null
    events[10] = { ...template[0], eventId: 'e10', callId: 'c2', occurredAt: '1970-01-01T00:00:00Z' }
    const answer = await post(app, actor, events)
    expect(answer).toMatchObject({ status: 202, body: { accepted: 497, duplicates: 0 } })
    expect(answer.body.rejected.map(({ index, code }: { index: number; code: string }) => [index, code])).toStrictEqual(
      [
        [7, 'validation_failed'],
        [10, 'validation_failed'],
        [499, 'validation_failed'],
      ],
    )
    expect(await countRows(app, actor)).toMatchObject({ events: 497, calls: 125, letters: 0 })
  })

  test('of none or of 501, or with unknown members, is refused whole', async ({ db, actor }) => {
    const app = startApp(db)
    const [event] = inputs('direct')
    for (const body of [{ events: [] }, { events: Array(501).fill(event) }, { events: [event], extra: 1 }, {}]) {
      expect((await app.call(actor, EVENTS, { method: 'POST', body })).body).toMatchObject({
        status: 400,
        code: 'validation_failed',
      })
    }
    expect(await countRows(app, actor)).toMatchObject({ events: 0 })
  })

  test('that is sent again changes nothing and tells nobody', async ({ db, actor }) => {
    const app = startApp(db)
    await post(app, actor, inputs('queued'))
    const before = [await countRows(app, actor), await app.call(actor, CALLS).then(({ body }) => body)]
    expect((await post(app, actor, [...inputs('queued'), ...inputs('queued')])).body).toMatchObject({
      accepted: 0,
      duplicates: 20,
    })
    expect([await countRows(app, actor), await app.call(actor, CALLS).then(({ body }) => body)]).toStrictEqual(before)
  })

  test('costs the same few statements, however many events and calls it holds', async ({ db, actor }) => {
    const app = startApp(db)
    const [event] = inputs('direct')
    await post(app, actor, inputs('direct'))
    const costs: number[] = []
    for (const count of [1, 40, 500]) {
      const tries: number[] = []
      for (let attempt = 0; attempt < 3; attempt++) {
        const events = Array.from({ length: count }, (_, n) => ({
          ...event,
          eventId: `${count}-${attempt}-${n}`,
          callId: `${count}-${attempt}-${n % 100}`,
        }))
        await pause() // the relay's wake-up after the post before
        const before = app.database.counters.queries
        await post(app, actor, events)
        tries.push(app.database.counters.queries - before)
      }
      // Look-ups whose time was over fall into some of the tries.
      costs.push(Math.min(...tries))
    }
    // BEGIN, lock, record; then replace, tell, COMMIT.
    expect(costs).toStrictEqual([6, 6, 6])
  })
})

test('the company’s own connection is made once, however many ask first', async ({ db, actor }) => {
  const app = startApp(db)
  const other = startApp(db)
  const [event] = inputs('direct')
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => post(n % 2 === 0 ? app : other, actor, [{ ...event, eventId: `e${n}` }])),
  )
  expect(answers.every(({ status }) => status === 202)).toBe(true)
  const { body } = await app.call(actor, '/v1/telephony/connections')
  expect(body.data).toMatchObject([{ provider: 'generic', isDefault: true, eventsCount: 20 }])
})

test('another company’s connection is not found, and its call ids and event ids are its own', async ({
  db,
  actor,
  stranger,
}) => {
  const app = startApp(db)
  const { id } = await connect(app, stranger, 'generic')
  expect((await post(app, actor, inputs('direct'), { connectionId: id })).body).toMatchObject({
    status: 404,
    code: 'not_found',
  })
  await post(app, actor, inputs('direct'))
  expect((await post(app, stranger, inputs('direct'))).body).toMatchObject({ accepted: 4, duplicates: 0 })
  const { body: mine } = await app.call(actor, CALLS)
  expect(mine.data).toHaveLength(1)
  expect((await app.call(stranger, `${CALLS}/${mine.data[0].id}`)).body).toMatchObject({ status: 404 })
  expect((await app.call(stranger, `${CALLS}?connectionId=${mine.data[0].connectionId}`)).body.data).toStrictEqual([])
})

test('what happened is told as it happens, and late news as the end again', async ({ db, actor }) => {
  const app = startApp(db)
  const types = async () =>
    (await toldEvents(app, actor)).map(({ type, version }) => `${type.split('.').at(-1)} ${version}`)
  const [started, answered, held, resumed, heldAgain, ended] = inputs('held')
  for (const event of [started, answered, held, resumed]) await post(app, actor, [event])
  expect(await types()).toStrictEqual(['started 1', 'answered 2', 'held 3', 'resumed 4'])
  await post(app, actor, [ended])
  await post(app, actor, [heldAgain])
  expect((await types()).slice(4)).toStrictEqual(['ended 5', 'ended 6'])
  const [last] = (await toldEvents(app, actor)).slice(-1)
  expect(last?.data.call).toMatchObject({
    status: 'COMPLETED',
    holdSeconds: 35,
    talkSeconds: 23,
    agentSegments: expect.any(Array),
  })
})

test('a missed call and an abandoned one are told as such, with their queue visits', async ({ db, actor }) => {
  const app = startApp(db)
  await post(app, actor, [
    ...inputs('missed'),
    ...inputs('abandoned').map((event) => ({ ...event, eventId: `a-${event.eventId}`, callId: 'call-2' })),
  ])
  const told = await toldEvents(app, actor)
  expect(told.filter(({ type }) => type.endsWith('missed'))).toHaveLength(1)
  expect(told.filter(({ type }) => type.endsWith('abandoned'))).toMatchObject([
    {
      data: {
        call: {
          status: 'ABANDONED',
          queueVisits: [{ queue: 'support', entry: 1, outcome: 'abandoned', waitSeconds: 17 }],
        },
      },
    },
  ])
})

describe('whatever the order, the duplicates and the batching', () => {
  test.for(Object.keys(sequences) as (keyof typeof sequences)[])(
    'the stored call is the same: %s',
    async (name, { db }) => {
      const app = startApp(db)
      const events = inputs(name)
      const reference = makeActor()
      await post(app, reference, events)
      const expected = await onlyCall(app, reference)
      const arrivals = fc.tuple(
        fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
        fc.subarray(events),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
      )
      await fc.assert(
        fc.asyncProperty(arrivals, async ([shuffled, repeated, size, isConcurrent]) => {
          const actor = makeActor()
          const batches = chunk([...shuffled, ...repeated], size)
          if (isConcurrent) await Promise.all(batches.map((batch) => post(app, actor, batch)))
          else for (const batch of batches) await post(app, actor, batch)
          expect(await onlyCall(app, actor)).toStrictEqual(expected)
        }),
        { numRuns: 8 },
      )
    },
  )
})

function chunk(events: CallEventInput[], size: number): CallEventInput[][] {
  return Array.from({ length: Math.ceil(events.length / size) }, (_, n) => events.slice(n * size, (n + 1) * size))
}

test('an agent that is known by then is the user’s', async ({ db, actor }) => {
  const app = startApp(db)
  const { userId } = actor
  const made = await app.call(actor, '/v1/telephony/agents', { method: 'POST', body: { userId, providerUser: 'anna' } })
  expect(made).toMatchObject({ status: 201, body: { userId, connectionId: null, extension: null } })
  expect(
    (await app.call(actor, '/v1/telephony/agents', { method: 'POST', body: { userId, providerUser: 'anna' } })).body,
  ).toMatchObject({
    status: 409,
    code: 'duplicate',
  })
  expect(
    await app.call(actor, '/v1/telephony/agents', { method: 'POST', body: { userId: randomUUID(), extension: '7' } }),
  ).toMatchObject({ status: 404, body: { code: 'not_found' } })
  await post(app, actor, inputs('direct'))
  const { body: page } = await app.call(actor, `${CALLS}?agentId=${userId}`)
  expect(page.data).toMatchObject([{ agentId: userId, status: 'COMPLETED' }])
  const { body: mine } = await app.call(actor, `${CALLS}?agentId=me`)
  expect(mine.data).toStrictEqual(page.data)
  const { body: none } = await app.call(actor, `${CALLS}?agentId=${randomUUID()}`)
  expect(none.data).toStrictEqual([])
})
