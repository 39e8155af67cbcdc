import { type Bus, connectBus } from '@dealwire/messaging'
import { createClient } from '@dealwire/sdk'
import { createLogger } from '@dealwire/telemetry'
import { privateServer, test, waitFor } from '@dealwire/testing'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest'
import type { AppOptions } from '../src/app.ts'
import { listeningGateway, register } from './gateway.ts'
import { addKey, addUser, as } from './people.ts'
import { openClient, publish } from './stream-client.ts'

const logger = createLogger({ service: 'gateway', level: 'silent' })

let nats: Awaited<ReturnType<typeof privateServer>>
beforeAll(async () => {
  nats = await privateServer('nats', { durable: true })
})
afterAll(() => nats.dispose())

async function openBus(): Promise<Bus> {
  const bus = connectBus({ url: nats.url, name: 'test', logger })
  onTestFinished(() => bus.close())
  await bus.waitUntilUp(5_000, new AbortController().signal)
  return bus
}

async function streaming(database: AppOptions['database'], options: Partial<Omit<AppOptions, 'upstreamUrls'>> = {}) {
  const bus = await openBus()
  const { app, url } = await listeningGateway(database, { bus, ...options })
  const admin = await register(app)
  await waitFor('the stream to be followed', async () => {
    const response = await openClient(url, admin.accessToken)
    response.request.destroy()
    return response.response.statusCode === 200
  })
  return { app, url, bus, admin, companyId: admin.company.id, token: admin.accessToken }
}

async function openStreams(app: FastifyInstance): Promise<number> {
  return (await app.inject('/health/detailed')).json().streams
}

describe('the live stream', () => {
  test('sends every gateway’s clients the events of their company, whole and in order', async ({ db }) => {
    const here = await streaming(db.open('gateway'))
    const there = await streaming(db.open('gateway'))
    const clients = [await openClient(here.url, here.token), await openClient(there.url, here.token)]
    const stranger = await openClient(here.url, there.token)
    const first = await publish(here.bus, here.companyId, 'crm.deals.deal.created', { title: 'Ünï\ncode' })
    const second = await publish(here.bus, here.companyId, 'crm.telephony.call.started')
    for (const client of clients) {
      await waitFor('both events', () => client.events.length === 2)
      expect(client.ids).toEqual([first, second])
      expect(client.events[0]).toMatchObject({
        event: 'deals.deal.created',
        data: { specversion: '1.0', type: 'crm.deals.deal.created', data: { title: 'Ünï\ncode' } },
      })
      expect(client.response.headers['content-type']).toContain('text/event-stream')
      expect(client.response.headers['x-request-id']).toBeDefined()
    }
    expect(stranger.events).toEqual([])
  })

  test('sends only what was asked for and what the caller may read', async ({ db }) => {
    const { app, url, bus, companyId, token } = await streaming(db.open('gateway'))
    const employee = (await addUser(app, token, 'EMPLOYEE')).accessToken
    const key = (await addKey(app, token, ['telephony:read'])).key
    const [some, limited, keyed] = [
      await openClient(url, token, { types: 'deals.deal.*,*.call.ended' }),
      await openClient(url, employee),
      await openClient(url, key),
    ]
    for (const type of ['deals.deal.won', 'telephony.call.ended', 'identity.user.created', 'deals.export.completed'])
      await publish(bus, companyId, `crm.${type}`)
    await publish(bus, companyId, 'crm.telephony.call.started')
    await waitFor('the last event', () => keyed.events.length === 2 && limited.events.length === 3)
    expect(some.events.map(({ event }) => event)).toEqual(['deals.deal.won', 'telephony.call.ended'])
    expect(limited.events.map(({ event }) => event)).not.toContain('identity.user.created')
    expect(keyed.events.map(({ event }) => event)).toEqual(['telephony.call.ended', 'telephony.call.started'])
    for (const types of ['deals', 'deals.>', 'a.b.c.d', '*.*', 'DEALS.x.y'])
      expect((await openClient(url, token, { types })).response.statusCode, types).toBe(400)
  })

  test('resumes after Last-Event-ID without loss or repetition while more events come', async ({ db }) => {
    const { url, bus, companyId, token } = await streaming(db.open('gateway'))
    const published = [await publish(bus, companyId)]
    let isPublishing = true
    const publishing = (async () => {
      for (let round = 0; round < 40; round++)
        published.push(...(await Promise.all(Array.from({ length: 20 }, () => publish(bus, companyId)))))
      isPublishing = false
    })()
    const received: number[] = []
    let after = String((published[0] ?? 1) - 1)
    while (isPublishing || received.length < published.length) {
      const client = await openClient(url, token, { after })
      const wanted = received.length + 100
      await waitFor('some events', () => received.length + client.ids.length >= Math.min(wanted, published.length))
      client.request.destroy()
      received.push(...client.ids)
      after = String(received.at(-1))
    }
    await publishing
    expect(received).toEqual(published.sort((a, b) => a - b))
  })

  test('an event id that is unknown or too old is 410 stream_expired', async ({ db }) => {
    const { app, url, bus, companyId, token } = await streaming(db.open('gateway'))
    const seq = await publish(bus, companyId)
    const codeOf = async (after: string) => {
      const response = await app.inject({
        url: '/v1/stream',
        headers: { authorization: `Bearer ${token}`, 'last-event-id': after },
      })
      return [response.statusCode, response.json().code]
    }
    for (const after of [String(seq + 1_000), 'abc', '-1', '1e3'])
      expect(await codeOf(after), after).toEqual([410, 'stream_expired'])
    await publish(bus, companyId)
    await (await bus.connection()?.jetstreamManager())?.streams.purge('CRM', { seq: seq + 2 })
    expect(await codeOf(String(seq))).toEqual([410, 'stream_expired'])
    expect((await openClient(url, token, { after: String(seq + 1) })).response.statusCode).toBe(200)
  })

  test('ends within two seconds for a deactivated user and a revoked key; a new role shows more or less', async ({
    db,
  }) => {
    const here = await streaming(db.open('gateway'))
    const there = await streaming(db.open('gateway'))
    const user = await addUser(here.app, here.token, 'MANAGER')
    const key = await addKey(here.app, here.token, ['user:read'])
    const streams = [await openClient(there.url, user.accessToken), await openClient(there.url, key.key)]
    const staying = await openClient(there.url, here.token)
    const call = as(here.app, here.token)
    await call('PATCH', `/v1/users/${user.id}`, { role: 'EMPLOYEE' })
    await waitFor(
      'the new role',
      async () => {
        await publish(here.bus, here.companyId, 'crm.identity.user.updated')
        await publish(here.bus, here.companyId)
        return (
          streams[0]?.events.at(-1)?.event === 'deals.deal.created' &&
          streams[0].events.at(-2)?.event !== 'identity.user.updated'
        )
      },
      3_000,
    )
    await call('PATCH', `/v1/users/${user.id}`, { active: false })
    await call('DELETE', `/v1/api-keys/${key.id}`)
    await waitFor('both streams to end', () => streams.every((stream) => stream.closed), 2_000)
    expect(staying.closed).toBe(false)
  })

  test('a heartbeat keeps a quiet client resumable', async ({ db }) => {
    const { url, bus, admin, token } = await streaming(db.open('gateway'), { heartbeatMs: 50 })
    const client = await openClient(url, token)
    const foreign = await publish(bus, '01900000-0000-7000-8000-000000000000')
    await waitFor('a heartbeat that has come that far', () => client.text.includes(`: heartbeat\nid: ${foreign}\n\n`))
    expect(client.events).toEqual([])
    expect(admin.user.role).toBe('ADMIN')
  })

  test('a client that does not read is cut off, and the others are not', async ({ db }) => {
    const { app, url, bus, companyId, token } = await streaming(db.open('gateway'))
    const [slow, good] = [await openClient(url, token), await openClient(url, token)]
    slow.response.pause()
    await waitFor('both to be there', async () => (await openStreams(app)) === 2)
    const note = 'x'.repeat(100_000)
    let sent = 0
    // How much the kernel takes before the gateway sees back pressure is a setting of the machine.
    while ((await openStreams(app)) === 2 && sent < 1_500) {
      await publish(bus, companyId, 'crm.deals.deal.updated', { note })
      sent++
      await waitFor('the good one to have it', () => good.events.length === sent)
    }
    await waitFor('the slow one to be cut off', async () => (await openStreams(app)) === 1)
    expect(good.closed).toBe(false)
  })

  test('streams survive a restart of the broker and miss nothing', async ({ db }) => {
    const { url, bus, companyId, token } = await streaming(db.open('gateway'))
    const client = await openClient(url, token)
    const first = await publish(bus, companyId)
    await nats.stop()
    await nats.start()
    const other = await openBus()
    const second = await publish(other, companyId)
    await waitFor('the event after the restart', () => client.events.length === 2, 15_000)
    expect(client.ids).toEqual([first, second])
  })

  test('has a share for each user, key and company, so that nobody takes the room of the others', async ({ db }) => {
    const limits = { maxStreamsPerUser: 2, maxStreamsPerCompany: 4 }
    const { app, url, token } = await streaming(db.open('gateway'), limits)
    await waitFor('the first to be gone', async () => (await openStreams(app)) === 0)
    const { key } = await addKey(app, token, ['deal:read'])
    const open = async (who: string) => (await openClient(url, who)).response
    const first = await openClient(url, token)
    expect([(await open(token)).statusCode, (await open(key)).statusCode]).toEqual([200, 200])

    const refused = await as(app, token)('GET', '/v1/stream')
    expect([refused.statusCode, refused.json().code]).toEqual([429, 'too_many_streams'])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await open(key)).statusCode).toBe(200)
    const another = await addUser(app, token, 'EMPLOYEE')
    expect((await as(app, another.accessToken)('GET', '/v1/stream')).json()).toMatchObject({
      code: 'too_many_streams',
      detail: expect.stringContaining('company'),
    })
    expect((await open((await register(app)).accessToken)).statusCode).toBe(200)

    first.request.destroy()
    await waitFor('its place', async () => (await open(token)).statusCode === 200)
  })

  test('opened together, no more than the share get in; asked after without opening, none does', async ({ db }) => {
    const { app, url, bus, companyId, token } = await streaming(db.open('gateway'), { maxStreamsPerUser: 3 })
    await waitFor('the first to be gone', async () => (await openStreams(app)) === 0)
    const after = String(await publish(bus, companyId))
    const clients = await Promise.all(Array.from({ length: 10 }, () => openClient(url, token, { after })))
    expect(clients.filter(({ response }) => response.statusCode === 200)).toHaveLength(3)
    const head = await fetch(`${url}/v1/stream`, { method: 'HEAD', headers: { authorization: `Bearer ${token}` } })
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
    expect(await openStreams(app)).toBe(3)
  })

  test('the SDK follows it across connections that break, each event once and in order', async ({ db }) => {
    const { app, url, bus, companyId, token } = await streaming(db.open('gateway'))
    const published: string[] = []
    const received: string[] = []
    const opened: number[] = []
    const abort = new AbortController()
    onTestFinished(() => abort.abort())
    const events = createClient({ baseUrl: url, token }).stream({
      types: ['deals.deal.*'],
      signal: abort.signal,
      onOpen: () => void opened.push(received.length),
    })
    const following = (async () => {
      for await (const { id, event } of events) {
        expect(event.type).toBe('crm.deals.deal.created')
        if (received.push(id) === 30) break
      }
    })()
    await waitFor('the stream to be open', () => opened.length === 1)
    for (let count = 1; count <= 30; count++) {
      published.push(String(await publish(bus, companyId)))
      if (count % 10 === 5) app.server.closeAllConnections()
    }
    await following
    expect(received).toEqual(published)
    expect(opened.length).toBeGreaterThanOrEqual(2)
  })
})
