import { randomUUID } from 'node:crypto'
import { createLogger } from '@dealwire/telemetry'
import { privateServer, test, waitFor } from '@dealwire/testing'
import { describe, expect, inject, onTestFinished } from 'vitest'
import { connectRedis } from '../src/limits/connect-redis.ts'
import type { Verdict } from '../src/limits/limit-entry.ts'
import { redisWindows } from '../src/limits/redis-windows.ts'
import { openSharedLimits, type SharedLimits } from '../src/limits/shared-limits.ts'
import { bearer, register, startGateway } from './gateway.ts'

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
    expect(performance.now() - startedAt).toBeLessThan(1_000)
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
