import { configOrExit } from '@dealwire/config'
import { closeDatabase, openDatabase } from '@dealwire/db/client'
import { runService } from '@dealwire/http'
import {
  connectBus,
  maintainEventLog,
  pruneIdempotencyKeys,
  pruneInbox,
  startConsumer,
  startJob,
  startRelay,
} from '@dealwire/messaging'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { buildApp } from './app.ts'
import { maintainAuditLog } from './audit/maintain-audit-log.ts'
import { readConfig } from './config.ts'
import { connectRedis } from './limits/connect-redis.ts'
import { pruneSessions } from './sessions/prune-sessions.ts'
import { subscriptions } from './subscriptions.ts'

/** Longer than the stream keeps messages. */
const INBOX_DAYS = 30

const config = configOrExit(readConfig)
const logger = createLogger({ service: 'gateway', level: config.LOG_LEVEL })
const metrics = createMetrics('gateway')
const database = openDatabase({
  url: config.DATABASE_URL,
  schema: 'identity',
  applicationName: 'dealwire-gateway',
  maxConnections: config.DATABASE_POOL_SIZE,
  logger,
  slowQueryMs: config.SLOW_MS,
})
const redis = config.REDIS_URL === undefined ? undefined : connectRedis(config.REDIS_URL, logger)
const bus = connectBus({ url: config.NATS_URL, name: 'gateway', logger })
const relay = startRelay({ database, bus, source: 'identity', logger, metrics })
const consumers = subscriptions.map((subscription) =>
  startConsumer({ ...subscription, database, bus, logger, metrics }),
)
const jobs = [
  startJob({
    database,
    metrics,
    name: 'housekeeping',
    everySeconds: 3_600,
    logger,
    run: async (signal) => {
      await maintainAuditLog(database, config.AUDIT_RETENTION_MONTHS)
      await pruneInbox(database, INBOX_DAYS, signal)
      await pruneSessions(database, signal)
    },
  }),
  startJob({
    database,
    metrics,
    name: 'maintain-event-log',
    everySeconds: 3_600,
    logger,
    run: () => maintainEventLog(database, { source: 'identity', retentionMonths: null, logger }),
  }),
  startJob({
    database,
    metrics,
    name: 'prune-idempotency-keys',
    everySeconds: 600,
    logger,
    run: async (signal) => void (await pruneIdempotencyKeys(database, 1, signal)),
  }),
]

const app = await buildApp({
  database,
  ...(redis === undefined ? {} : { redis }),
  bus,
  maxStreams: config.MAX_STREAMS,
  maxStreamsPerCompany: config.MAX_STREAMS_PER_COMPANY,
  maxStreamsPerUser: config.MAX_STREAMS_PER_USER,
  logger,
  metrics,
  internalSecret: config.INTERNAL_SECRET,
  tokenSecret: config.TOKEN_SECRET,
  publicUrl: config.PUBLIC_URL,
  signupOpen: config.SIGNUP === undefined ? config.NODE_ENV !== 'production' : config.SIGNUP === 'open',
  upstreamUrls: {
    deals: config.DEALS_URL,
    inventory: config.INVENTORY_URL,
    'telephony-ingest': config.TELEPHONY_URL,
    analytics: config.ANALYTICS_URL,
  },
  upstreamConnections: config.UPSTREAM_CONNECTIONS,
  upstreamTimeoutMs: config.UPSTREAM_TIMEOUT_MS,
  rateLimitScale: config.RATE_LIMIT_SCALE,
  corsOrigins: config.CORS_ORIGINS,
  ...(config.METRICS_TOKEN === undefined ? {} : { metricsToken: config.METRICS_TOKEN }),
  trustedProxies: config.TRUST_PROXY,
  slowMs: config.SLOW_MS,
  optionalDependencies: [
    { name: 'nats', check: () => bus.check() },
    ...(redis === undefined ? [] : [{ name: 'redis', check: async () => void (await redis.ping()) }]),
  ],
  details: () => ({ relay: relay.status(), consumers: consumers.map((consumer) => consumer.status()) }),
})

await runService({
  app,
  host: config.HOST,
  port: config.PORT,
  logger,
  drainMs: config.SHUTDOWN_DRAIN_MS,
  stopWork: async () => void (await Promise.all([...consumers, ...jobs].map((work) => work.stop()))),
  closeConnections: async () => {
    await relay.stop()
    redis?.disconnect()
    await Promise.all([bus.close(), closeDatabase(database)])
  },
})
