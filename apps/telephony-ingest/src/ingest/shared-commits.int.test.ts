import { type makeActor, test } from '@dealwire/testing'
import pg from 'pg'
import { expect, onTestFinished } from 'vitest'
import { sequences } from '../../test/sequences.ts'
import { connect, countRows, startApp, type TestApp, toInput } from '../../test/start-app.ts'

const [event] = sequences.direct.map(toInput)
const EVENTS = '/v1/telephony/events'
type Actor = ReturnType<typeof makeActor>

const postOne = (app: TestApp, actor: Actor, n: number) =>
  app.call(actor, EVENTS, { method: 'POST', body: { events: [{ ...event, eventId: `e${n}`, callId: `c${n}` }] } })

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)

async function asAdmin(adminUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

test('64 requests at once share commits, and each is answered after its own', async ({ db, actor }) => {
  const app = startApp(db)
  const observer = startApp(db)
  await postOne(app, actor, 1_000)
  const before = app.dependencies.arrivals.figures().commits
  let visible = 0
  await Promise.all(
    numbers(64).map(async (n) => {
      const { body } = await postOne(app, actor, n)
      expect(body).toStrictEqual({ accepted: 1, duplicates: 0, rejected: [] })
      const { body: page } = await observer.call(actor, `/v1/telephony/calls?limit=100`)
      if (page.data.some(({ externalId }: { externalId: string }) => externalId === `c${n}`)) visible++
    }),
  )
  expect(visible).toBe(64)
  expect(app.dependencies.arrivals.figures().commits - before).toBeLessThan(16)
})

test('a database that goes away in the middle costs 503s; sent again, every event is stored once', async ({
  db,
  actor,
}) => {
  const app = startApp(db, { maxConnections: 4 })
  const admin = await asAdmin(db.adminUrl)
  await postOne(app, actor, 1_000)
  const kill = () =>
    admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'test-telephony-ingest' AND datname = current_database()`,
    )
  async function killing(): Promise<void> {
    for (let times = 0; times < 8; times++) {
      await kill()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const statuses: number[] = []
  async function untilStored(n: number): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt++) {
      const { status, headers } = await postOne(app, actor, n)
      statuses.push(status)
      if (status === 202) return
      expect([status, headers['retry-after']]).toStrictEqual([503, '1'])
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    throw new Error(`Event ${n} was never stored`)
  }
  let stored = 1
  // A round in which every shot missed says nothing.
  for (let round = 0; round < 20 && !statuses.includes(503); round++) {
    await Promise.all([killing(), ...numbers(200).map((n) => untilStored(2_000 + round * 200 + n))])
    stored += 200
  }
  expect(new Set(statuses)).toStrictEqual(new Set([202, 503]))
  expect(await countRows(app, actor)).toMatchObject({ events: stored, calls: stored, letters: 0, told: stored })
})

test('connections that share a commit do not see each other, and a busy one does not lock the other', async ({
  db,
  actor,
  stranger,
}) => {
  const app = startApp(db)
  const other = startApp(db)
  const mine = await connect(app, actor, 'generic')
  const posts = [actor, stranger].flatMap((who) =>
    [app, other].flatMap((via) => numbers(30).map((n) => postOne(via, who, n))),
  )
  const answers = await Promise.all(posts)
  expect(answers.filter(({ status }) => status !== 202)).toStrictEqual([])
  const total = answers.reduce((sum, { body }) => sum + body.accepted, 0)
  expect(total).toBe(60)
  for (const who of [actor, stranger])
    expect(await countRows(app, who)).toMatchObject({ events: 30, calls: 30, told: 30 })
  expect((await app.call(actor, `/v1/telephony/calls?connectionId=${mine.id}`)).body.data).toStrictEqual([])
})

test('a call that cannot be folded keeps its events, is set aside, and comes back when it can be', async ({
  db,
  actor,
}) => {
  const app = startApp(db)
  const admin = await asAdmin(db.adminUrl)
  // What a later defect might look like: the row of one call is refused by the database.
  await admin.query(`ALTER TABLE telephony.calls ADD CONSTRAINT poison CHECK (external_id <> 'c13') NOT VALID`)
  const answers = await Promise.all([12, 13, 14].map((n) => postOne(app, actor, n)))
  expect(answers.map(({ status, body }) => [status, body.accepted])).toStrictEqual([
    [202, 1],
    [202, 1],
    [202, 1],
  ])
  expect(await countRows(app, actor)).toMatchObject({ events: 3, calls: 2, letters: 1 })

  const { body: page } = await app.call(actor, '/v1/telephony/dead-letters?code=fold_failed')
  expect(page.data).toMatchObject([{ excerpt: 'c13' }])
  await admin.query('ALTER TABLE telephony.calls DROP CONSTRAINT poison')
  const retried = await app.call(actor, `/v1/telephony/dead-letters/${page.data[0].id}/retry`, { method: 'POST' })
  expect(retried.body).toMatchObject({ attempts: 1, resolvedAt: expect.any(String) })
  expect(await countRows(app, actor)).toMatchObject({ events: 3, calls: 3 })
  expect(
    (await app.call(actor, `/v1/telephony/dead-letters/${page.data[0].id}/retry`, { method: 'POST' })).body,
  ).toMatchObject({
    status: 409,
    code: 'dead_letter_resolved',
  })
})
