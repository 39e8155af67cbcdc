import { randomBytes } from 'node:crypto'
import { test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { hasFixtures, needsFixtures, readFixture } from '../../test/fixtures.ts'
import { cdr } from '../../test/freeswitch-cdr.ts'
import { basic, connect, countRows, startApp, toInput, toldEvents } from '../../test/start-app.ts'
import { webhook as webhookRequest } from '../../test/webhook.ts'
import { freeswitch } from '../providers/freeswitch/freeswitch.ts'
import { defaultSettings } from '../providers/provider.ts'
import { signStandardWebhook } from '../providers/standard-webhooks.ts'

const answered = cdr({
  uuid: 'leg-a',
  times: { start: 0, progress: 1, answer: 9, bridge: 9, end: 69 },
  variables: {
    hangup_cause: 'NORMAL_CLEARING',
    bridge_uuid: 'leg-b',
    last_app: 'bridge',
    last_arg: 'user/101@pbx.example',
  },
})
const agentLeg = cdr({
  uuid: 'leg-b',
  direction: 'outbound',
  times: { start: 0.5, progress: 1, answer: 9, bridge: 9, end: 69 },
  dialled: '101',
  variables: {
    call_uuid: 'leg-a',
    originating_leg_uuid: 'leg-a',
    bridge_uuid: 'leg-a',
    dialed_user: '101',
    hangup_cause: 'NORMAL_CLEARING',
  },
})

describe.runIf(hasFixtures)(needsFixtures('a captured detail record'), () => {
  test('becomes one completed call, and again changes nothing', async ({ db, actor }) => {
    const app = startApp(db)
    const { id, secret, path } = await connect(app, actor)
    const body = readFixture('freeswitch/somleng-json_cdr.json')
    const first = await app.webhook(`${path}?uuid=a_77e3b4f2`, body, basic(id, secret))
    expect(first).toMatchObject({ status: 200, body: { duplicates: 0, rejected: [] } })
    const { body: page } = await app.call(actor, '/v1/telephony/calls')
    expect(page.data).toMatchObject([
      {
        connectionId: id,
        externalId: '77e3b4f2-cac1-4724-81f6-f1cd5e01770c',
        direction: 'INBOUND',
        status: 'COMPLETED',
        from: '+85516234567',
        phone: '+85516234567',
        to: '1294',
        startedAt: '2022-07-06T08:50:03.370Z',
        ringSeconds: 0.86,
        talkSeconds: 3.38,
        durationSeconds: 4.24,
        hangupCause: 'NORMAL_UNSPECIFIED',
        flags: [],
        version: 1,
      },
    ])
    const before = await countRows(app, actor)
    const again = await app.webhook(`${path}/${secret}?token=x?uuid=1`, body)
    expect(again.body).toStrictEqual({ accepted: 0, duplicates: first.body.accepted, rejected: [] })
    expect(await countRows(app, actor)).toStrictEqual(before)
    expect((await app.call(actor, '/v1/telephony/calls')).body).toStrictEqual(page)
  })

  test('and the same call as canonical events are one and the same', async ({ db, actor }) => {
    const app = startApp(db)
    const connection = await connect(app, actor)
    const body = readFixture('freeswitch/somleng-json_cdr.json')
    await app.webhook(connection.path, body, basic(connection.id, connection.secret))
    const { events } = freeswitch.parse(webhookRequest(body), defaultSettings)
    await app.call(actor, '/v1/telephony/events', { method: 'POST', body: { events: events.map(toInput) } })
    const { body: page } = await app.call(actor, '/v1/telephony/calls')
    const [a, b] = page.data.map(
      ({ id: _i, connectionId: _c, createdAt: _a, updatedAt: _u, ...rest }: Record<string, unknown>) => rest,
    )
    expect(a).toStrictEqual(b)
  })
})

test('legs of a call that come apart, in either order, are told as one call', async ({ db, actor }) => {
  const app = startApp(db)
  const { id, secret, path } = await connect(app, actor)
  await app.webhook(path, agentLeg, basic(id, secret))
  await app.webhook(path, answered, basic(id, secret))
  const { body: page } = await app.call(actor, '/v1/telephony/calls')
  expect(page.data).toMatchObject([
    { status: 'COMPLETED', talkSeconds: 60, ringSeconds: 8, durationSeconds: 69, version: 2 },
  ])
  const { body: call } = await app.call(actor, `/v1/telephony/calls/${page.data[0].id}`)
  expect(call.legs).toHaveLength(2)
  expect(call.events.length).toBe(call.eventsCount)
  const told = await toldEvents(app, actor)
  expect(told.at(-1)).toMatchObject({
    type: 'crm.telephony.call.ended',
    version: 2,
    data: { call: { talkSeconds: 60 } },
  })
})

describe('credentials', () => {
  test('whatever is wrong with them, the answer is the same 401 and nothing is stored', async ({
    db,
    actor,
    stranger,
  }) => {
    const app = startApp(db)
    const { id, secret, path } = await connect(app, actor)
    const other = await connect(app, stranger)
    const unknown = '/v1/telephony/webhooks/freeswitch/01a0b1c2-0000-7000-8000-000000000000'
    const attempts = [
      app.webhook(path, answered),
      app.webhook(path, answered, basic(id, 'wrong')),
      app.webhook(path, answered, basic(other.id, secret)),
      app.webhook(`${path}/wrong`, answered),
      app.webhook(`${unknown}/${secret}`, answered),
      app.webhook(`/v1/telephony/webhooks/freeswitch/none/${secret}`, answered),
      app.webhook(`/v1/telephony/webhooks/generic/${id}/${secret}`, answered),
      app.webhook(`/v1/telephony/webhooks/nobody/${id}/${secret}`, answered),
    ]
    const answers = await Promise.all(attempts)
    const bodies = answers.map(({ status, body: { requestId: _id, ...rest } }) => ({ status, rest }))
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
    expect(bodies[0]).toMatchObject({ status: 401, rest: { code: 'unauthenticated' } })
    expect(await countRows(app, actor)).toMatchObject({ events: 0, calls: 0, letters: 0, told: 0 })
  })

  test('a rotated secret replaces the one before it at once, or after the grace it was given', async ({
    db,
    actor,
  }) => {
    const app = startApp(db)
    const { id, secret, path } = await connect(app, actor)
    const rotate = (body: object) =>
      app.call(actor, `/v1/telephony/connections/${id}/rotate-secret`, { method: 'POST', body })
    const second = (await rotate({ graceSeconds: 60 })).body.secret
    expect((await app.webhook(`${path}/${secret}`, answered)).status).toBe(200)
    expect((await app.webhook(`${path}/${second}`, answered)).status).toBe(200)
    const third = (await rotate({})).body.secret
    expect((await app.webhook(`${path}/${second}`, answered)).status).toBe(401)
    expect((await app.webhook(`${path}/${third}`, answered)).status).toBe(200)
  })

  test('a disabled or deleted connection accepts nothing', async ({ db, actor }) => {
    const app = startApp(db)
    const { id, secret, path } = await connect(app, actor)
    await app.call(actor, `/v1/telephony/connections/${id}`, { method: 'PATCH', body: { status: 'DISABLED' } })
    expect((await app.webhook(`${path}/${secret}`, answered)).status).toBe(401)
    await app.call(actor, `/v1/telephony/connections/${id}`, { method: 'PATCH', body: { status: 'ACTIVE' } })
    expect((await app.webhook(`${path}/${secret}`, answered)).status).toBe(200)
    await app.call(actor, `/v1/telephony/connections/${id}`, { method: 'DELETE' })
    expect((await app.webhook(`${path}/${secret}`, answered)).status).toBe(401)
  })
})

describe('authentic but not understood', () => {
  test('is kept once however often it comes, and answered 2xx', async ({ db, actor }) => {
    const app = startApp(db)
    const { secret, path } = await connect(app, actor)
    for (let times = 0; times < 3; times++) {
      const answer = await app.webhook(`${path}/${secret}?uuid=1`, Buffer.from([0x7b, 0x00, 0xff, 0x22]))
      expect(answer).toMatchObject({ status: 200, body: { accepted: 0, rejected: [{ code: 'malformed_json' }] } })
    }
    const { body: page } = await app.call(actor, '/v1/telephony/dead-letters')
    expect(page.data).toMatchObject([{ code: 'malformed_json', bytes: 4, seenCount: 3, attempts: 0, resolvedAt: null }])
    const retried = await app.call(actor, `/v1/telephony/dead-letters/${page.data[0].id}/retry`, { method: 'POST' })
    expect(retried).toMatchObject({ status: 200, body: { attempts: 1, resolvedAt: null } })
  })

  test('a value that the database cannot hold costs its own request only, and is kept', async ({ db, actor }) => {
    const app = startApp(db)
    const { secret, path } = await connect(app, actor)
    const poison = cdr({ uuid: randomBytes(6_000).toString('hex'), times: { start: 0, end: 9 } })
    const answers = await Promise.all([
      app.webhook(`${path}/${secret}`, answered),
      app.webhook(`${path}/${secret}`, poison),
    ])
    expect(answers.map(({ status }) => status)).toStrictEqual([200, 200])
    expect(answers[0]?.body.accepted).toBeGreaterThan(0)
    const { body: page } = await app.call(actor, '/v1/telephony/dead-letters')
    expect(page.data).toMatchObject([{ code: 'not_storable' }])
    expect((await app.call(actor, '/v1/telephony/calls')).body.data).toHaveLength(1)
  })

  test('the generic webhook stores the valid events of a signed batch and keeps the others', async ({ db, actor }) => {
    const app = startApp(db)
    const { secret, path } = await connect(app, actor, 'generic')
    const { events } = freeswitch.parse(webhookRequest(answered), defaultSettings)
    const body = JSON.stringify({ events: [...events.map(toInput), { eventId: 'bad', type: 'call.exploded' }] })
    const timestamp = String(Math.floor(Date.now() / 1_000))
    const signature = signStandardWebhook(secret, 'msg_1', timestamp, Buffer.from(body))
    const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
    const answer = await app.webhook(path, body, headers)
    expect(answer).toMatchObject({
      status: 200,
      body: { accepted: events.length, rejected: [{ index: events.length, code: 'validation_failed' }] },
    })
    expect(await countRows(app, actor)).toMatchObject({ events: events.length, calls: 1, letters: 1 })
    const tampered = await app.webhook(path, body.replace('exploded', 'imploded'), headers)
    expect(tampered.status).toBe(401)
  })

  test('a body above 256 KiB is refused', async ({ db, actor }) => {
    const app = startApp(db)
    const { secret, path } = await connect(app, actor)
    expect((await app.webhook(`${path}/${secret}`, Buffer.alloc(256 * 1024 + 1, 0x20))).status).toBe(413)
  })
})
