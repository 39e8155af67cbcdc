import { randomBytes, randomUUID } from 'node:crypto'
import { createLogger } from '@dealwire/telemetry'
import { privateServer, test, waitFor } from '@dealwire/testing'
import type { FastifyInstance } from 'fastify'
import { describe, expect, inject, onTestFinished } from 'vitest'
import { connectRedis } from '../src/limits/connect-redis.ts'
import type { Verdict } from '../src/limits/limit-entry.ts'
import { redisWindows } from '../src/limits/redis-windows.ts'
import { openSharedLimits, type SharedLimits } from '../src/limits/shared-limits.ts'
import { bearer, register, startGateway } from './gateway.ts'
import { addKey, as } from './people.ts'
import { startStandIn } from './service.ts'

const logger = createLogger({ service: 'gateway', level: 'silent' })

async function redisAt(url: string) {
  const redis = connectRedis(url, logger)
  onTestFinished(() => redis.disconnect())
  await waitFor('Redis', () => redis.status === 'ready')
  return redis
}

async function processes(count: number, url = inject('servers').redisUrl): Promise<SharedLimits[]> {
  const all: SharedLimits[] = []
  for (let i = 0; i < count; i++) all.push(openSharedLimits(redisWindows(await redisAt(url)), logger))
  onTestFinished(() => {
    for (const limits of all) limits.stop()
  })
  return all
}

const take = (limits: SharedLimits, key: string, limit: number) =>
  new Promise<Verdict>((resolve) => limits.take(key, limit, resolve))

describe('shared limits', () => {
  test.for([
    { limit: 10, sent: 50 },
    { limit: 6_000, sent: 12_000 },
  ])(
    'three gateways together let through $limit of a burst, one in a hundred more at most',
    async ({ limit, sent }) => {
      const gateways = await processes(3)
      const key = randomUUID()
      let passed = 0
      const waves = 20
      for (let wave = 0; wave < waves; wave++) {
        const verdicts = await Promise.all(
          Array.from({ length: sent / waves }, (_, i) => take(gateways[i % 3] as SharedLimits, key, limit)),
        )
        passed += verdicts.filter((verdict) => verdict.allowed).length
      }
      expect(passed).toBeGreaterThanOrEqual(limit)
      expect(passed).toBeLessThanOrEqual(limit * 1.01)
    },
  )

  test('Redis whose clock was set back forgets what it counted in the future', async () => {
    const redis = await redisAt(inject('servers').redisUrl)
    const [limits] = (await processes(1)) as [SharedLimits]
    const key = randomUUID()
    await redis.hset(`limit:${key}`, String(Math.floor(Date.now() / 1000) + 3_600), '10')
    expect(await take(limits, key, 10)).toMatchObject({ allowed: true, used: 1 })
  })

  test('a request that fits costs no round trip', async () => {
    const [limits] = (await processes(1)) as [SharedLimits]
    await waitFor('the count of gateways', () => {
      let answered = false
      limits.take(randomUUID(), 100_000, () => {
        answered = true
      })
      return answered
    })
  })

  test('Redis that is killed while they work: each process counts by itself, at once, and together again later', async () => {
    const server = await privateServer('redis')
    onTestFinished(() => server.dispose())
    const [limits] = (await processes(1, server.url)) as [SharedLimits]
    const key = randomUUID()
    for (let i = 0; i < 5; i++) expect((await take(limits, key, 10)).allowed).toBe(true)
    await server.stop()
    const startedAt = performance.now()
    const verdicts: boolean[] = []
    for (let i = 0; i < 6; i++) verdicts.push((await take(limits, key, 10)).allowed)
    expect(verdicts).toEqual([true, true, true, true, true, false])
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    await server.start()
    const fresh = randomUUID()
    await waitFor('a limit that Redis counts', async () => (await take(limits, fresh, 100_000)).allowed)
  })
})

describe('limits at the edge', () => {
  test('say what is left, and when to come back', async ({ db }) => {
    const redis = await redisAt(inject('servers').redisUrl)
    const app = await startGateway(db.open('gateway'), { redis, rateLimitScale: 0.001 })
    const first = await app.inject('/.well-known/jwks.json')
    expect(first.headers).toMatchObject({ 'ratelimit-limit': '1', 'ratelimit-remaining': '0' })
    const second = await app.inject('/.well-known/jwks.json')
    expect([second.statusCode, second.json().code]).toEqual([429, 'rate_limited'])
    expect(Number(second.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(second.headers['retry-after'])).toBeLessThanOrEqual(61)
  })

  test('count each user apart, and health is never refused', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const [one, two] = [await register(app), await register(app)]
    const strict = await startGateway(db.open('gateway'), { rateLimitScale: 1 / 6_000 })
    const me = async (token: string) => (await strict.inject({ url: '/v1/auth/me', headers: bearer(token) })).statusCode
    expect([await me(one.accessToken), await me(one.accessToken), await me(two.accessToken)]).toEqual([200, 429, 200])
    for (let i = 0; i < 3; i++) expect((await strict.inject('/health')).statusCode).toBe(200)
  })
})

describe('what an address may ask for without having proved anything', () => {
  const madeUp = () => `dw_${randomBytes(8).toString('hex')}_${randomBytes(32).toString('base64url')}`
  const from = (app: FastifyInstance, address: string) => async (token: string) =>
    (await app.inject({ url: '/v1/auth/me', headers: { ...bearer(token), 'x-forwarded-for': address } })).statusCode

  test('real API keys behind one address are as many as they like; guesses there are as few as ever', async ({
    db,
  }) => {
    const app = await startGateway(db.open('gateway'))
    const { accessToken } = await register(app)
    const keys: string[] = []
    for (let made = 0; made < 10; made++) keys.push((await addKey(app, accessToken, ['deal:read'])).key)
    const strict = await startGateway(db.open('gateway'), { rateLimitScale: 0.01 })
    const answers: number[] = []
    for (const key of keys) answers.push(await from(strict, '10.0.0.1')(key))
    expect(answers).toEqual(Array(10).fill(200))
    for (let guess = 0; guess < 3; guess++) expect(await from(strict, '10.0.0.1')(madeUp())).toBe(401)
    expect(await from(strict, '10.0.0.1')(madeUp())).toBe(429)
  })

  test('made-up API keys that are asked for all at once are not all looked up', async ({ db }) => {
    const database = db.open('gateway')
    const app = await startGateway(database, { rateLimitScale: 0.01 })
    const asked = database.counters.queries
    const answers = await Promise.all(Array.from({ length: 50 }, () => from(app, '10.0.0.1')(madeUp())))
    expect(answers.filter((status) => status !== 401 && status !== 429)).toEqual([])
    expect(database.counters.queries - asked).toBeLessThan(20)
  })

  test('unknown API keys are refused unseen once there were too many, and take nothing from who is signed in there', async ({
    db,
  }) => {
    const database = db.open('gateway')
    const app = await startGateway(database, { trustedProxies: ['127.0.0.1'], rateLimitScale: 0.01 })
    const [known, other] = [from(app, '10.0.0.1'), from(app, '10.0.0.2')]
    const { accessToken } = await register(app)
    const asked = database.counters.queries
    const answers: number[] = []
    for (let attempt = 0; attempt < 100; attempt++) answers.push(await known(madeUp()))
    expect(answers.slice(0, 3)).toEqual([401, 401, 401])
    expect(new Set(answers.slice(3))).toEqual(new Set([429]))
    // Three look-ups and not a hundred; the watch for changes asks twice a second as well.
    expect(database.counters.queries - asked).toBeLessThan(60)
    expect([await known(accessToken), await other(madeUp())]).toEqual([200, 401])
  })

  test('many requests with one new key are one look-up, and none of them is refused', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const { accessToken } = await register(app)
    const { key } = await addKey(app, accessToken, ['deal:read'])
    const strict = await startGateway(db.open('gateway'), { rateLimitScale: 0.01 })
    const answers = await Promise.all(Array.from({ length: 50 }, () => from(strict, '10.0.0.1')(key)))
    expect(answers).toEqual(Array(50).fill(200))
  })

  test('a token that was refused is refused again without a look, until something changes', async ({ db }) => {
    const database = db.open('gateway')
    const app = await startGateway(database)
    const { accessToken } = await register(app)
    const { id, key } = await addKey(app, accessToken, ['deal:read'])
    const [token, call] = [from(app, '10.0.0.1'), as(app, accessToken)]
    expect(await token(key)).toBe(200)
    await call('DELETE', `/v1/api-keys/${id}`)
    expect(await token(key)).toBe(401)
    const asked = database.counters.queries
    for (let attempt = 0; attempt < 50; attempt++) expect(await token(key)).toBe(401)
    // The watch for changes asks twice a second.
    expect(database.counters.queries - asked).toBeLessThan(40)
    expect(await token('x'.repeat(5_000))).toBe(401)
  })

  test('made-up connections share the limit of their address, and a connection’s own sender keeps its own', async ({
    db,
  }) => {
    const service = await startStandIn()
    const mine = randomUUID()
    service.answer = (request, response) =>
      response
        .writeHead(request.url?.includes(mine) === true && request.headers['x-signed'] === 'yes' ? 200 : 401)
        .end()
    const app = await startGateway(db.open('gateway'), {
      trustedProxies: ['127.0.0.1'],
      rateLimitScale: 0.01,
      upstreamUrls: { 'telephony-ingest': service.url },
    })
    const send = async (address: string, connection: string, headers = {}) =>
      (
        await app.inject({
          method: 'POST',
          url: `/v1/telephony/webhooks/generic/${connection}`,
          headers: { 'x-forwarded-for': address, ...headers },
          payload: 'x',
        })
      ).statusCode
    const signed = { 'x-signed': 'yes' }
    const own = []
    for (let call = 0; call < 20; call++) own.push(await send('10.0.0.1', mine, signed))
    expect(own).toEqual(Array(20).fill(200))
    const guesses = []
    for (let guess = 0; guess < 5; guess++) guesses.push(await send('10.0.0.2', randomUUID()))
    expect(guesses).toEqual([401, 401, 401, 429, 429])
    // Whoever knows the id of a connection cannot use up what its sender may send either.
    for (let guess = 0; guess < 5; guess++) expect(await send('10.0.0.3', mine)).toBe(guess < 3 ? 401 : 429)
    expect(await send('10.0.0.1', mine, signed)).toBe(200)
  })
})
