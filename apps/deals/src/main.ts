import { createCache } from '@dealwire/cache'
import { configOrExit } from '@dealwire/config'
import { closeDatabase, followReplica, openDatabase } from '@dealwire/db/client'
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
import { tellOverdueActivities } from './activities/tell-overdue-activities.ts'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { tellRottingDeals } from './deal-rotting/tell-rotting-deals.ts'
import { expireExports } from './exports/make-export-file.ts'
import { createJobQueue } from './jobs/job-queue.ts'
import { openObjectStore } from './object-store/open-object-store.ts'
import { startWork } from './start-work.ts'
import { subscriptions } from './subscriptions.ts'
import { takeSweeps } from './sweeps/take-sweeps.ts'

/** Longer than the stream keeps messages. */
const INBOX_DAYS = 30
const IDEMPOTENCY_DAYS = 1
const BULK_TIMEOUT_MS = 15_000

const config = configOrExit(readConfig)
const logger = createLogger({ service: 'deals', level: config.LOG_LEVEL })
const metrics = createMetrics('deals')

const database = openDatabase({
  url: config.DATABASE_URL,
  schema: 'deals',
  applicationName: 'dealwire-deals',
  maxConnections: config.DATABASE_POOL_SIZE,
  slowQueryMs: config.SLOW_MS,
  logger,
})
/** Lists may be long: as many connections again, on a machine that has nothing else to do for us. */
const replicaDatabase =
  config.DATABASE_REPLICA_URL === undefined
    ? undefined
    : openDatabase({
        url: config.DATABASE_REPLICA_URL,
        schema: 'deals',
        applicationName: 'dealwire-deals-replica',
        maxConnections: config.DATABASE_POOL_SIZE,
        slowQueryMs: config.SLOW_MS,
        logger,
      })
const replica = replicaDatabase && followReplica(database, replicaDatabase)
/** Reads and writes of many rows, a batch at a time: a batch may take longer than a call may, and takes none of the calls' connections. */
const bulk = openDatabase({
  url: config.DATABASE_URL,
  schema: 'deals',
  applicationName: 'dealwire-deals-bulk',
  maxConnections: config.DATABASE_BULK_POOL_SIZE,
  statementTimeoutMs: BULK_TIMEOUT_MS,
  slowQueryMs: BULK_TIMEOUT_MS / 10,
  pipeline: false,
  logger,
})
const cache = createCache({ url: config.REDIS_URL, logger, metrics })
const bus = connectBus({ url: config.NATS_URL, name: 'deals', logger })
const relay = startRelay({ database, bus, source: 'deals', logger, metrics })
const consumers = subscriptions.map((subscription) =>
  startConsumer({ ...subscription, database, bus, logger, metrics }),
)
const store = await openObjectStore(config)
const jobs = createJobQueue({ database: bulk, logger, metrics })
startWork(jobs, { bulk, store, cache, ttlHours: config.EXPORT_TTL_HOURS })

const housekeeping = startJob({
  database,
  metrics,
  name: 'housekeeping',
  everySeconds: 3_600,
  run: async (signal) => {
    await maintainEventLog(database, { source: 'deals', retentionMonths: config.EVENT_RETENTION_MONTHS, logger })
    await pruneInbox(database, INBOX_DAYS, signal)
    await pruneIdempotencyKeys(database, IDEMPOTENCY_DAYS, signal)
    await expireExports({ bulk, store }, signal)
  },
  logger,
})

const reminders = startJob({
  database,
  metrics,
  name: 'reminders',
  everySeconds: 60,
  run: async (signal) => {
    await tellOverdueActivities(database, signal)
    await tellRottingDeals(database, signal)
  },
  logger,
})

const sweeps = startJob({
  database,
  metrics,
  name: 'sweeps',
  everySeconds: 5,
  run: (signal) => takeSweeps({ database, cache }, signal),
  logger,
})

const app = buildApp({
  database,
  cache,
  replica,
  bulk,
  jobs,
  store,
  logger,
  metrics,
  internalSecret: config.INTERNAL_SECRET,
  slowMs: config.SLOW_MS,
  optionalDependencies: [
    { name: 'nats', check: () => bus.check() },
    { name: 'redis', check: () => cache.check() },
  ],
  details: () => ({
    replica: replica?.status() ?? 'none',
    relay: relay.status(),
    consumers: consumers.map((consumer) => consumer.status()),
  }),
})

await runService({
  app,
  host: config.HOST,
  port: config.PORT,
  logger,
  drainMs: config.SHUTDOWN_DRAIN_MS,
  stopWork: async () => {
    await Promise.all([
      jobs.stop(),
      housekeeping.stop(),
      reminders.stop(),
      sweeps.stop(),
      ...consumers.map((consumer) => consumer.stop()),
    ])
  },
  closeConnections: async () => {
    await relay.stop()
    await bus.close()
    await cache.close()
    await replica?.stop()
    await Promise.all([database, bulk, ...(replicaDatabase ? [replicaDatabase] : [])].map(closeDatabase))
  },
})
