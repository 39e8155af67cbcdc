import { connectBus } from '@dealwire/messaging'
import { createLogger } from '@dealwire/telemetry'
import { privateDatabase, privateServer, test, waitFor } from '@dealwire/testing'
import { expect, onTestFinished } from 'vitest'
import { listeningGateway, register, startGateway } from './gateway.ts'
import { as } from './people.ts'
import { startStandIn } from './service.ts'
import { openClient, publish } from './stream-client.ts'

test('Postgres away: signed-in calls are forwarded for a while, own routes say 503, and all is well after its return', async () => {
  const own = await privateDatabase()
  onTestFinished(() => own.dispose())
  const service = await startStandIn()
  const app = await startGateway(own.db.open('gateway'), { upstreamUrls: { deals: service.url } })
  const { accessToken } = await register(app)
  const call = as(app, accessToken)
  expect((await call('GET', '/v1/deals')).statusCode).toBe(200)
  await own.server.kill()
  expect((await call('GET', '/v1/deals')).statusCode).toBe(200)
  const refused = await call('GET', '/v1/users')
  expect([refused.statusCode, refused.json().code]).toEqual([503, 'storage_unavailable'])
  expect(refused.headers['retry-after']).toBeDefined()
  expect((await app.inject('/health/readiness')).statusCode).toBe(503)
  // Nobody can say any more whether the session still stands: known tokens are not trusted for ever.
  await waitFor('tokens to be asked for again', async () => (await call('GET', '/v1/deals')).statusCode === 503, 20_000)
  await own.server.start()
  await waitFor('the return', async () => (await call('GET', '/v1/users')).statusCode === 200)
  expect((await call('GET', '/v1/deals')).statusCode).toBe(200)
}, 60_000)

test('NATS away: everything but the stream goes on, a resumption is 503, and an open stream continues after its return', async ({
  db,
}) => {
  const nats = await privateServer('nats', { durable: true })
  onTestFinished(() => nats.dispose())
  const logger = createLogger({ service: 'gateway', level: 'silent' })
  const bus = connectBus({ url: nats.url, name: 'test', logger })
  onTestFinished(() => bus.close())
  const { app, url } = await listeningGateway(db.open('gateway'), { bus })
  const { accessToken, company } = await register(app)
  const call = as(app, accessToken)
  const client = await waitFor('the stream', async () => {
    const opened = await openClient(url, accessToken)
    return opened.response.statusCode === 200 ? opened : undefined
  })
  const seq = await publish(bus, company.id)
  await nats.stop()
  expect((await call('POST', '/v1/roles', { key: 'AWAY', name: 'Away', permissions: [] })).statusCode).toBe(201)
  await waitFor('a resumption to be refused', async () => {
    const refused = await call('GET', '/v1/stream', undefined, { 'last-event-id': String(seq) })
    return refused.statusCode === 503 && refused.json().code === 'stream_unavailable'
  })
  await nats.start()
  await bus.waitUntilUp(10_000, new AbortController().signal)
  const next = await waitFor('publishing again', () => publish(bus, company.id).catch(() => undefined), 10_000)
  await waitFor('the next event', () => client.ids.includes(next), 10_000)
  expect(client.ids).toEqual([seq, next])
}, 60_000)

test('NATS connected but frozen: a resumption is 503, and goes on once it is awake', async ({ db }) => {
  const nats = await privateServer('nats')
  const frozen = (isFrozen: boolean) => process.kill(nats.pid ?? 0, isFrozen ? 'SIGSTOP' : 'SIGCONT')
  onTestFinished(() => nats.dispose())
  const bus = connectBus({ url: nats.url, name: 'test', logger: createLogger({ service: 'gateway', level: 'silent' }) })
  onTestFinished(() => bus.close())
  const { app, url } = await listeningGateway(db.open('gateway'), { bus })
  const { accessToken, company } = await register(app)
  const call = as(app, accessToken)
  await waitFor('the stream', async () => (await openClient(url, accessToken)).response.statusCode === 200)
  const seq = await publish(bus, company.id)
  await publish(bus, company.id)
  frozen(true)
  onTestFinished(() => void frozen(false))
  // A signal takes a moment: what the broker answers until then begins a stream, which breaks off.
  const refused = await waitFor('a resumption to be refused', () =>
    call('GET', '/v1/stream', undefined, { 'last-event-id': String(seq) }).catch(() => undefined),
  )
  expect([refused.statusCode, refused.json().code]).toEqual([503, 'stream_unavailable'])
  expect((await call('GET', '/v1/auth/me')).statusCode).toBe(200)
  frozen(false)
  await waitFor('a resumption', async () => {
    const client = await openClient(url, accessToken, { after: String(seq) })
    return client.response.statusCode === 200
  })
}, 60_000)
