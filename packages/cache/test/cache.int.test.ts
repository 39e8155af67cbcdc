import { randomUUID } from 'node:crypto'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { privateServer, waitFor } from '@dealwire/testing'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Cache, createCache } from '../src/index.ts'

let redis: Awaited<ReturnType<typeof privateServer>>

beforeAll(async () => {
  redis = await privateServer('redis')
})
afterAll(() => redis.dispose())

/** Each is what a process of its own would have. */
function openCache(url: string | undefined = redis.url): Cache {
  const cache = createCache({
    url,
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
  })
  onTestFinished(cache.close)
  return cache
}

async function openUp(): Promise<Cache> {
  const cache = openCache()
  await waitFor('redis', () => cache.status() === 'up')
  return cache
}

const ask = (options: { companyId?: string; scope?: string; key?: string; ttlSeconds?: number } = {}) => ({
  companyId: randomUUID(),
  scope: 'all',
  namespace: 'deals',
  key: 'list',
  ttlSeconds: 60,
  ...options,
})

/** A computation that counts its calls and answers with their number. */
function counter(delayMs = 0) {
  const compute = async () => {
    compute.calls++
    const answer = `"${compute.calls}"`
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
    return answer
  }
  compute.calls = 0
  return compute
}

const timed = async <T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> => {
  const startedAt = performance.now()
  return { result: await work(), ms: performance.now() - startedAt }
}

/** Without a deadline of its own a call would wait for as long as Redis is away. */
const SOON_MS = 5_000

describe('with Redis', () => {
  test('every process knows how long ago any of them invalidated, and says 0 while it cannot know', async () => {
    const [here, there] = [await openUp(), await openUp()]
    const companyId = randomUUID()
    expect(await there.msSinceInvalidated(companyId, 'deals')).toBeGreaterThan(0)
    const old = await there.msSinceInvalidated(companyId, 'deals')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await there.msSinceInvalidated(companyId, 'deals')).toBeGreaterThan(old)
    await here.invalidate(companyId, 'deals')
    const { result: since, ms } = await timed(() => there.msSinceInvalidated(companyId, 'deals'))
    expect(since).toBeLessThan(50 + ms)
    expect(await here.msSinceInvalidated(randomUUID(), 'deals')).toBeGreaterThan(since)

    const away = openCache('redis://127.0.0.1:1')
    expect(await away.msSinceInvalidated(companyId, 'deals')).toBe(0)
    const alone = createCache({
      logger: createLogger({ service: 'test', level: 'silent' }),
      metrics: createMetrics('test'),
    })
    await alone.invalidate(companyId, 'deals')
    expect(await alone.msSinceInvalidated(companyId, 'deals')).toBeLessThan(SOON_MS)
  })

  test('one process computes, the others are served, until somebody invalidates', async () => {
    const [here, there] = [await openUp(), await openUp()]
    const question = ask()
    const compute = counter()
    expect(await here.cached(question, compute)).toBe('"1"')
    expect(await there.cached(question, compute)).toBe('"1"')
    await there.invalidate(question.companyId, 'deals')
    expect(await here.cached(question, compute)).toBe('"2"')
    expect(await there.cached(question, compute)).toBe('"2"')
  })

  test('companies, scopes and namespaces do not see or invalidate each other', async () => {
    const cache = await openUp()
    const question = ask()
    const compute = counter()
    const variants = [question, ask(), { ...question, scope: 'own:u1' }, { ...question, namespace: 'contacts' }]
    for (const variant of variants) await cache.cached(variant, compute)
    expect(compute.calls).toBe(4)
    await cache.invalidate(question.companyId, 'deals')
    expect(await Promise.all(variants.map((variant) => cache.cached(variant, async () => 'anew')))).toEqual([
      'anew',
      '"2"',
      'anew',
      '"4"',
    ])
  })

  test('hundreds of callers in two processes cost one computation', async () => {
    const caches = [await openUp(), await openUp()]
    const costs: number[] = []
    // Redis is waited for 100 ms, then a caller computes by itself: on a busy machine one try of five has to do without that.
    while (costs.length < 5 && !costs.includes(1)) {
      const question = ask()
      const compute = counter(100)
      await Promise.all(Array.from({ length: 300 }, (_, index) => caches[index % 2]?.cached(question, compute)))
      costs.push(compute.calls)
    }
    expect(costs).toContain(1)
  })

  test('an answer computed before an invalidation is not kept after it, and nobody joins its computation', async () => {
    const cache = await openUp()
    const question = ask()
    let finish: ((body: string) => void) | undefined
    const early = cache.cached(question, () => new Promise((resolve) => (finish = resolve)))
    await waitFor('the computation', () => finish !== undefined)
    await cache.invalidate(question.companyId, 'deals')
    // Whoever joined the early computation would wait for what comes below.
    expect(await cache.cached(question, async () => 'after')).toBe('after')
    finish?.('before')
    expect(await early).toBe('before')
    expect(await cache.cached(question, async () => 'again')).not.toBe('before')
  })

  test('past its time a value is served once more while one caller refreshes it', async () => {
    const cache = await openUp()
    const question = ask()
    const compute = counter(50)
    // Fresh for at most a second, and served for at least 0.8 s more.
    await cache.cached({ ...question, ttlSeconds: 1 }, compute)
    await new Promise((resolve) => setTimeout(resolve, 1_010))
    // Whoever waited for the refreshed value would have it.
    expect(await Promise.all([cache.cached(question, compute), cache.cached(question, compute)])).toEqual([
      '"1"',
      '"1"',
    ])
    await waitFor('the refreshed value', async () => (await cache.cached(question, compute)) === '"2"')
    expect(compute.calls).toBe(2)
  })

  test('a failed computation fails its callers, is not kept, and keeps nobody waiting', async () => {
    const cache = await openUp()
    const question = ask()
    await expect(cache.cached(question, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    const { result, ms } = await timed(() => cache.cached(question, async () => 'yes'))
    expect(result).toBe('yes')
    expect(ms).toBeLessThan(SOON_MS)
  })
})

describe('without Redis', () => {
  test('a process that has none keeps its own values, shared by concurrent callers and invalidated at once', async () => {
    const cache = createCache({
      logger: createLogger({ service: 'test', level: 'silent' }),
      metrics: createMetrics('test'),
    })
    const question = ask()
    const compute = counter(20)
    expect(await Promise.all([cache.cached(question, compute), cache.cached(question, compute)])).toEqual([
      '"1"',
      '"1"',
    ])
    expect(await cache.cached(question, compute)).toBe('"1"')
    await cache.invalidate(question.companyId, 'deals')
    expect(await cache.cached(question, compute)).toBe('"2"')
    expect(cache.status()).toBe('local')
  })

  test('an address where nothing listens costs nothing', async () => {
    const cache = openCache('redis://127.0.0.1:1')
    const { ms } = await timed(async () => {
      await cache.cached(ask(), counter())
      await cache.invalidate(randomUUID(), 'deals')
    })
    expect(ms).toBeLessThan(SOON_MS)
    expect(cache.status()).toBe('away')
    await expect(cache.check()).rejects.toThrow('away')
  })
})

describe('Redis in trouble', () => {
  test('killed: callers go on without it; back again, it is used again', async () => {
    const cache = await openUp()
    const question = ask()
    const compute = counter()
    await cache.cached(question, compute)
    await redis.kill()
    for (let call = 0; call < 20; call++)
      expect((await timed(() => cache.cached(question, compute))).ms).toBeLessThan(SOON_MS)
    expect(compute.calls).toBe(2)
    await redis.start()
    await waitFor('redis to be used', () => cache.status() === 'up', 10_000)
    await cache.cached(question, compute)
    expect(await (await openUp()).cached(question, async () => 'other')).toBe('"3"')
  })

  test('hung: no call waits long, an invalidation is not lost, and a value from before it never comes back', async () => {
    const [cache, other] = [await openUp(), await openUp()]
    const question = ask()
    const compute = counter()
    expect(await cache.cached(question, compute)).toBe('"1"')
    expect(await other.cached(question, compute)).toBe('"1"')
    const { pid } = redis
    if (pid === undefined) throw new Error('redis is not running')
    process.kill(pid, 'SIGSTOP')
    try {
      expect((await timed(() => cache.invalidate(question.companyId, 'deals'))).ms).toBeLessThan(SOON_MS)
      for (let call = 0; call < 20; call++) {
        const { result, ms } = await timed(() => cache.cached(question, compute))
        expect(result).toBe('"2"')
        expect(ms).toBeLessThan(SOON_MS)
      }
    } finally {
      process.kill(pid, 'SIGCONT')
    }
    await waitFor('redis to be used by both', () => cache.status() === 'up' && other.status() === 'up')
    expect(await other.cached(question, compute)).toBe('"3"')
    expect(await cache.cached(question, compute)).toBe('"3"')
  })
})
