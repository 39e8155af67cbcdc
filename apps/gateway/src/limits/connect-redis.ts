import type { Logger } from '@dealwire/telemetry'
import { Redis } from 'ioredis'

/** Redis as the limits need it: it answers at once or counts as away. Reconnects for ever, and is never waited for. */
export function connectRedis(url: string, logger: Logger): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    commandTimeout: 100,
    connectTimeout: 1_000,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  })
  redis.on('error', (error) => logger.debug({ err: error }, 'redis'))
  return redis
}
