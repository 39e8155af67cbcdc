import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger, Registry } from '@dealwire/telemetry'
import { type CacheKey, valueKey, versionKey } from './keys.ts'
import { createLocalValues } from './local-values.ts'
import { cacheMetrics } from './metrics.ts'
import { createPendingInvalidations } from './pending-invalidations.ts'
import { linkRedis, type RedisLink } from './redis-link.ts'

export type CacheOptions = {
  /** Without it, every process keeps its own values. */
  readonly url?: string | undefined
  readonly logger: Logger
  readonly metrics: Registry
}

export type CacheQuestion = CacheKey & { readonly ttlSeconds: number }

export type Cache = {
  /**
   * The answer from the cache, or from `compute`. Never older than `ttlSeconds`, or twice that while a newer one is being computed,
   * and never from before the last `invalidate` that had returned. Redis can neither fail it nor delay it by more than about 100 ms.
   */
  cached(question: CacheQuestion, compute: () => Promise<string>): Promise<string>
  /** Call after COMMIT and before answering: the caller then sees its own write. Never fails; what Redis missed is made up for when it is back. */
  invalidate(companyId: string, ...namespaces: readonly string[]): Promise<void>
  /**
   * At least how long ago the namespace was last invalidated, by any process that shares Redis; 0 while that cannot be known.
   * Without Redis it is what this process has invalidated.
   */
  msSinceInvalidated(companyId: string, namespace: string): Promise<number>
  status(): 'up' | 'away' | 'local'
  /** For the health endpoints: rejects while Redis is away. */
  check(): Promise<void>
  close(): Promise<void>
}

const VERSION_TTL_MS = 7 * 86_400_000
/** A computation that takes longer than this is no longer waited for by other processes. */
const LOCK_MS = 2_000
const WAIT_FOR_OTHERS_MS = 250
const WAIT_STEP_MS = 25
const MAX_BODY_CHARACTERS = 2 * 1024 ** 2

export function createCache(options: CacheOptions): Cache {
  const pending = createPendingInvalidations()
  const link = options.url === undefined ? undefined : linkRedis(options.url, options.logger, pending.flush)
  const context: Context = {
    link,
    local: createLocalValues(),
    flights: new Map(),
    metrics: cacheMetrics(options.metrics, () => link?.isUp() ?? false),
    logger: options.logger,
  }
  return {
    cached: (question, compute) => answer(context, question, compute),
    async invalidate(companyId, ...namespaces) {
      const keys = namespaces.map((namespace) => versionKey(companyId, namespace))
      for (const key of keys) context.local.bump(key)
      if (link === undefined) return
      // Noted first: should Redis fail half-way, nothing is forgotten.
      const forget = pending.note(keys)
      const done = await link.attempt((redis) =>
        Promise.all(keys.map((key) => redis.set(key, newVersion(), 'PX', VERSION_TTL_MS))),
      )
      if (done !== undefined) forget()
    },
    msSinceInvalidated: (companyId, namespace) => msSinceBumped(context, versionKey(companyId, namespace)),
    status: () => (link === undefined ? 'local' : link.isUp() ? 'up' : 'away'),
    check: async () => await link?.check(),
    close: async () => await link?.close(),
  }
}

type Context = {
  readonly link: RedisLink | undefined
  readonly local: ReturnType<typeof createLocalValues>
  readonly flights: Map<string, Promise<string>>
  readonly metrics: ReturnType<typeof cacheMetrics>
  readonly logger: Logger
}

/** A version lives for a fixed time, so what is left of it says how old it is, by Redis's clock. */
async function msSinceBumped({ link, local }: Context, key: string): Promise<number> {
  const here = local.msSinceBumped(key)
  if (link === undefined) return here
  const left = await link.attempt((redis) => redis.pttl(key))
  if (left === undefined) return 0
  return Math.min(here, left < 0 ? VERSION_TTL_MS : VERSION_TTL_MS - left)
}

type Look = {
  readonly version: string
  readonly body: string | undefined
  readonly state: 'fresh' | 'stale' | 'missing'
  readonly isOurs: boolean
}

async function answer(context: Context, question: CacheQuestion, compute: () => Promise<string>): Promise<string> {
  const caller = randomUUID()
  const seen = await look(context, question, caller)
  if (seen === undefined) return await answerLocally(context, question, compute)
  const { version, body, state, isOurs } = seen
  const refresh = () =>
    fly(context, `${valueKey(question)} ${version}`, () =>
      computeAndStore(context, question, { version, caller }, compute),
    )
  if (body !== undefined) {
    context.metrics.answered(question.namespace, state)
    if (isOurs) inBackground(context, refresh())
    return body
  }
  const awaited = isOurs ? undefined : await waitForOthers(context, question, version, caller)
  if (awaited === undefined) context.metrics.answered(question.namespace, 'missing')
  return awaited ?? (await refresh())
}

async function look(context: Context, question: CacheQuestion, caller: string): Promise<Look | undefined> {
  const value = valueKey(question)
  const keys = [versionKey(question.companyId, question.namespace), value, `${value}:lock`]
  const found = await context.link?.attempt((redis) =>
    redis.cacheLook(...keys, newVersion(), caller, String(LOCK_MS), String(VERSION_TTL_MS)),
  )
  if (found === undefined) return undefined
  const [version, body, state, mine] = found
  return { version, body: body ?? undefined, state, isOurs: mine === 1 }
}

/** Another process, or another request of this one, is computing: its answer is worth a short wait. */
async function waitForOthers(
  context: Context,
  question: CacheQuestion,
  version: string,
  caller: string,
): Promise<string | undefined> {
  const flight = context.flights.get(`${valueKey(question)} ${version}`)
  if (flight !== undefined) {
    context.metrics.answered(question.namespace, 'joined')
    return await flight
  }
  const deadline = performance.now() + WAIT_FOR_OTHERS_MS
  while (performance.now() < deadline) {
    await sleep(WAIT_STEP_MS)
    const seen = await look(context, question, caller)
    if (seen === undefined || seen.isOurs) return undefined
    if (seen.body !== undefined) {
      context.metrics.answered(question.namespace, 'joined')
      return seen.body
    }
  }
  return undefined
}

type Turn = { readonly version: string; readonly caller: string }

async function computeAndStore(
  context: Context,
  question: CacheQuestion,
  turn: Turn,
  compute: () => Promise<string>,
): Promise<string> {
  const value = valueKey(question)
  const lock = `${value}:lock`
  const held = `${turn.version} ${turn.caller}`
  try {
    const body = await compute()
    const keys = [versionKey(question.companyId, question.namespace), value, lock]
    const freshMs = withJitter(question.ttlSeconds * 1_000)
    // Not awaited: the answer is there, and storing it is the cache's own concern.
    if (body.length > MAX_BODY_CHARACTERS) void context.link?.attempt((redis) => redis.cacheRelease(lock, held))
    else
      void context.link?.attempt((redis) =>
        redis.cacheStore(...keys, turn.version, body, `${freshMs}`, `${freshMs * 2}`, held),
      )
    return body
  } catch (error) {
    void context.link?.attempt((redis) => redis.cacheRelease(lock, held))
    throw error
  }
}

async function answerLocally(
  context: Context,
  question: CacheQuestion,
  compute: () => Promise<string>,
): Promise<string> {
  const key = valueKey(question)
  const version = context.local.version(versionKey(question.companyId, question.namespace))
  const body = context.local.find(key, version)
  context.metrics.answered(question.namespace, body === undefined ? 'missing' : 'local')
  if (body !== undefined) return body
  return await fly(context, `${key} ${version}`, async () => {
    const computed = await compute()
    if (computed.length <= MAX_BODY_CHARACTERS)
      context.local.store(key, { version, body: computed }, question.ttlSeconds * 1_000)
    return computed
  })
}

/** One computation per process and version: after an invalidation nobody joins one that began before it. */
async function fly(context: Context, flight: string, work: () => Promise<string>): Promise<string> {
  const known = context.flights.get(flight)
  if (known !== undefined) return await known
  const started = work().finally(() => context.flights.delete(flight))
  context.flights.set(flight, started)
  return await started
}

function inBackground(context: Context, work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    context.metrics.refreshFailed()
    context.logger.warn({ err: error }, 'a cached answer could not be refreshed')
  })
}

/** Spread by a tenth, so that what was stored together does not expire together. */
function withJitter(milliseconds: number): number {
  return Math.round(milliseconds * (0.9 + Math.random() * 0.1))
}

/** Never used before, also not by a process that has seen this namespace evicted; a counter that starts again would be. */
function newVersion(): string {
  return randomUUID()
}
