import { ConfigError } from '@dealwire/config'
import { closeDatabase, openDatabase, run, statement } from '@dealwire/db/client'
import { type Dependency, runService } from '@dealwire/http'
import { connectBus, pruneInbox, startConsumer, startJob } from '@dealwire/messaging'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { watchLag } from './projections/watch-lag.ts'
import { CONSUMER, subscriptions } from './subscriptions.ts'

function configOrExit(): ReturnType<typeof readConfig> {
  try {
    return readConfig()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

/** Longer than the stream keeps messages. */
const INBOX_DAYS = 30

const config = configOrExit()
const logger = createLogger({ service: 'analytics', level: config.LOG_LEVEL })
const metrics = createMetrics('analytics')

const database = openDatabase({
  url: config.DATABASE_URL,
  schema: 'analytics',
  applicationName: 'dealwire-analytics',
  maxConnections: config.DATABASE_POOL_SIZE,
  slowQueryMs: config.SLOW_MS,
  logger,
})
const bus = connectBus({ url: config.NATS_URL, name: 'analytics', logger })
const consumers = subscriptions.map((subscription) =>
  startConsumer({ ...subscription, database, bus, logger, metrics, batchSize: config.PROJECTION_BATCH }),
)
const lag = watchLag({ bus, consumer: CONSUMER, logger, metrics })

const housekeeping = startJob({
  database,
  name: 'prune inbox',
  everySeconds: 3_600,
  run: async (signal) => void (await pruneInbox(database, INBOX_DAYS, signal)),
  logger,
})

const ping = statement('ping', 'SELECT 1')
const dependencies: readonly Dependency[] = [
  { name: 'postgres', required: true, check: async () => void (await run(database, ping, [])) },
  { name: 'nats', required: false, check: () => bus.check() },
]

const app = buildApp({
  database,
  lag,
  logger,
  metrics,
  internalSecret: config.INTERNAL_SECRET,
  slowMs: config.SLOW_MS,
  dependencies,
  details: () => ({ consumers: consumers.map((consumer) => consumer.status()), figures: lag.status() }),
})

await runService({
  app,
  host: config.HOST,
  port: config.PORT,
  logger,
  drainMs: config.SHUTDOWN_DRAIN_MS,
  stopWork: async () => {
    await Promise.all([...consumers.map((consumer) => consumer.stop()), lag.stop(), housekeeping.stop()])
  },
  closeConnections: async () => {
    await bus.close()
    await closeDatabase(database)
  },
})
