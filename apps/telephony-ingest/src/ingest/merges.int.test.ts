import { createHmac } from 'node:crypto'
import { makeActor, test } from '@dealwire/testing'
import fc from 'fast-check'
import { expect } from 'vitest'
import { basic, connect, countRows, startApp, type TestApp, toldEvents } from '../../test/start-app.ts'

type Actor = ReturnType<typeof makeActor>
type Cel = Record<string, string>
const CALLS = '/v1/telephony/calls'

const cel = (second: number, eventtype: string, uniqueid: string, linkedid: string, more: Cel = {}): Cel => ({
  eventtype,
  eventtime: new Date(Date.parse('2026-03-02T09:00:00Z') + second * 1_000).toISOString(),
  uniqueid,
  linkedid,
  cid_num: uniqueid === 'a' ? '0599000001' : '101',
  exten: uniqueid === 'a' ? '0322000002' : 's',
  context: 'from-extern',
  channame: `PJSIP/${uniqueid}`,
  ...more,
})

/** Two calls that a transfer makes one: channel b begins as a call of its own, and goes on as part of a's. */
const first = [
  cel(0, 'CHAN_START', 'a', 'a'),
  cel(2, 'CHAN_START', 'x', 'a', { cid_num: '102' }),
  cel(5, 'BRIDGE_ENTER', 'x', 'a', { cid_num: '102' }),
  cel(20, 'CHAN_END', 'x', 'a', { cid_num: '102' }),
]
const second = [cel(10, 'CHAN_START', 'b', 'b'), cel(12, 'BRIDGE_ENTER', 'b', 'b')]
const joint = [
  cel(21, 'BRIDGE_ENTER', 'b', 'a'),
  cel(60, 'CHAN_END', 'b', 'a'),
  cel(61, 'CHAN_END', 'a', 'a'),
  cel(61, 'LINKEDID_END', 'a', 'a'),
]

async function send(
  app: TestApp,
  connection: Awaited<ReturnType<typeof connect>>,
  rows: readonly Cel[],
): Promise<void> {
  const { status } = await app.webhook(connection.path, JSON.stringify(rows), basic(connection.id, connection.secret))
  expect(status).toBe(200)
}

test('two stored calls that turn out to be one keep the older; the other answers 308 to it', async ({ db, actor }) => {
  const app = startApp(db)
  const pbx = await connect(app, actor, 'asterisk')
  await send(app, pbx, first)
  await send(app, pbx, second)
  const { body: before } = await app.call(actor, CALLS)
  const idOf = (externalId: string) =>
    before.data.find((call: { externalId: string }) => call.externalId === externalId).id
  expect(before.data).toHaveLength(2)
  await send(app, pbx, joint)
  const { body: after } = await app.call(actor, CALLS)
  expect(after.data).toMatchObject([{ id: idOf('a'), externalId: 'a', status: 'COMPLETED' }])
  const redirected = await app.call(actor, `${CALLS}/${idOf('b')}`)
  expect(redirected).toMatchObject({ status: 308, headers: { location: `${CALLS}/${idOf('a')}` } })
  const merged = (await toldEvents(app, actor)).filter(({ type }) => type.endsWith('call.merged'))
  expect(merged).toMatchObject([{ id: idOf('b'), data: { callId: idOf('b'), intoId: idOf('a') } }])
})

async function whole(app: TestApp, actor: Actor) {
  const { body } = await app.call(actor, CALLS)
  expect(body.data).toHaveLength(1)
  const { body: call } = await app.call(actor, `${CALLS}/${body.data[0].id}`)
  const { id: _id, connectionId: _connection, createdAt, updatedAt, version, events, ...same } = call
  return { ...same, events: events.map(({ receivedAt, ...event }: { receivedAt: string }) => event) }
}

test('calls that are united come out the same in any order and batching', async ({ db }) => {
  const app = startApp(db)
  const rows = [...first, ...second, ...joint]
  const reference = makeActor()
  await send(app, await connect(app, reference, 'asterisk'), rows)
  const expected = await whole(app, reference)
  const arrivals = fc.tuple(
    fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
    fc.subarray(rows),
    fc.integer({ min: 1, max: 4 }),
    fc.boolean(),
  )
  await fc.assert(
    fc.asyncProperty(arrivals, async ([shuffled, repeated, size, isConcurrent]) => {
      const actor = makeActor()
      const pbx = await connect(app, actor, 'asterisk')
      const all = [...shuffled, ...repeated]
      const batches = Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
        all.slice(n * size, (n + 1) * size),
      )
      if (isConcurrent) await Promise.all(batches.map((batch) => send(app, pbx, batch)))
      else for (const batch of batches) await send(app, pbx, batch)
      expect(await whole(app, actor)).toStrictEqual(expected)
    }),
    { numRuns: 12 },
  )
})

test('Twilio over HTTP: signed for the public address, answered in its own words, tampered ones refused', async ({
  db,
  actor,
}) => {
  const app = startApp(db)
  const { path, secret } = await connect(app, actor, 'twilio')
  const fields = {
    CallSid: 'CA1',
    CallStatus: 'ringing',
    Direction: 'inbound',
    From: '+995599000001',
    To: '+995322000002',
  }
  const body = new URLSearchParams(fields).toString()
  const sign = (url: string) => {
    const content =
      url +
      Object.entries(fields)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => name + value)
        .join('')
    return createHmac('sha1', secret).update(content).digest('base64')
  }
  const send = (signature: string, text = body) =>
    app.webhookText(path, text, {
      'x-twilio-signature': signature,
      'content-type': 'application/x-www-form-urlencoded',
    })
  const good = sign(`https://crm.example${path}`)
  expect(await send(good)).toMatchObject({ status: 200, body: expect.stringContaining('<Response/>') })
  expect((await send(good)).status).toBe(200)
  expect((await send(sign(`https://evil.example${path}`))).status).toBe(401)
  expect((await send(good, `${body}&x=1`)).status).toBe(401)
  expect(await countRows(app, actor)).toMatchObject({ events: 1, calls: 1, letters: 0 })
})

test('Zadarma: its address carries a token made from the secret, shown with it, and echoes when it is entered', async ({
  db,
  actor,
}) => {
  const app = startApp(db)
  const { path } = await connect(app, actor, 'zadarma')
  expect(path).toMatch(/\/[0-9a-f]{32}$/)
  expect(await app.webhookText(`${path}?zd_echo=abc`, '', {}, 'GET')).toMatchObject({ status: 200, body: 'abc' })
  const bare = path.replace(/\/[0-9a-f]{32}$/, '')
  expect((await app.webhookText(`${bare}?zd_echo=abc`, '', {}, 'GET')).status).toBe(401)
})
