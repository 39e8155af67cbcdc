import type { Logger } from '@dealwire/telemetry'
import { Redis } from 'ioredis'
import { LOOK, RELEASE, STORE } from './scripts.ts'

/** The most that a request waits for Redis. */
const COMMAND_MS = 100
const PROBE_MS = 500

type Scripts = {
  cacheLook(...keysAndArguments: string[]): Promise<[string, string | null, 'fresh' | 'stale' | 'missing', number]>
  cacheStore(...keysAndArguments: string[]): Promise<number>
  cacheRelease(...keysAndArguments: string[]): Promise<number>
}

/** Redis behind a breaker: after one failure nobody asks it again until a probe in the background was answered. */
export type RedisLink = {
  isUp(): boolean
  /** Runs `work`, or answers undefined: at once while Redis is away, after at most 100 ms when it goes away just now. */
  attempt<T>(work: (commands: Redis & Scripts) => Promise<T>): Promise<T | undefined>
  /** Rejects while Redis is away. */
  check(): Promise<void>
  close(): Promise<void>
}

/**
 * Connects in the background. `beforeUp` runs each time Redis is back, before anything else uses it;
 * if it fails, Redis counts as away still.
 */
export function linkRedis(url: string, logger: Logger, beforeUp: (redis: Redis) => Promise<void>): RedisLink {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    commandTimeout: COMMAND_MS,
    connectTimeout: 1_000,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  })
  redis.defineCommand('cacheLook', { numberOfKeys: 3, lua: LOOK })
  redis.defineCommand('cacheStore', { numberOfKeys: 3, lua: STORE })
  redis.defineCommand('cacheRelease', { numberOfKeys: 1, lua: RELEASE })
  // Every failed connection attempt comes by here; what matters is logged when the state changes.
  redis.on('error', (error) => logger.debug({ err: error }, 'redis'))
  // Adding methods at run time is how ioredis declares scripts; its types cannot say so.
  const commands = redis as unknown as Redis & Scripts

  let up = false
  let closed = false
  let probing = false
  async function probe(): Promise<void> {
    if (up || probing || redis.status !== 'ready') return
    probing = true
    try {
      await redis.ping()
      await beforeUp(redis)
      up = true
      logger.info('Redis connected')
    } catch {
      // Still away: the next probe is due soon.
    } finally {
      probing = false
    }
  }
  redis.on('ready', probe)
  const timer = setInterval(probe, PROBE_MS).unref()

  function fail(error: unknown): undefined {
    if (up && !closed) logger.warn({ err: error }, 'Redis is away; serving without it')
    up = false
    return undefined
  }
  redis.on('close', () => fail(new Error('connection closed')))

  return {
    isUp: () => up,
    async attempt(work) {
      if (!up) return undefined
      try {
        return await work(commands)
      } catch (error) {
        return fail(error)
      }
    },
    async check() {
      if (!up) throw new Error('Redis is away')
      await redis.ping()
    },
    async close() {
      closed = true
      clearInterval(timer)
      redis.disconnect()
    },
  }
}
