import { configOrExit } from '@dealwire/config'
import { closeDatabase, openDatabase } from '@dealwire/db/client'
import { runService } from '@dealwire/http'
import { connectBus, startConsumer, startRelay } from '@dealwire/messaging'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { buildApp, buildDependencies } from './app.ts'
import { readConfig } from './config.ts'
import { openRecordingStore } from './recordings/recording-store.ts'
import { subscriptions } from './subscriptions.ts'
import { startUpkeep } from './upkeep/upkeep-jobs.ts'

const config = configOrExit(readConfig)
const logger = createLogger({ service: 'telephony-ingest', level: config.LOG_LEVEL })
const metrics = createMetrics('telephony-ingest')

const database = openDatabase({
  url: config.DATABASE_URL,
  schema: 'telephony',
  applicationName: 'dealwire-telephony-ingest',
  maxConnections: config.DATABASE_POOL_SIZE,
  slowQueryMs: config.SLOW_MS,
  logger,
})
const bus = connectBus({ url: config.NATS_URL, name: 'telephony-ingest', logger })
const relay = startRelay({ database, bus, source: 'telephony', logger, metrics })
const consumers = subscriptions.map((subscription) =>
  startConsumer({ ...subscription, database, bus, logger, metrics }),
)

const dependencies = buildDependencies({
  database,
  logger,
  metrics,
  secretsKey: config.SECRETS_KEY ?? config.INTERNAL_SECRET,
  publicUrl: config.PUBLIC_URL,
  recordings: config.RECORDINGS_DIR === undefined ? undefined : openRecordingStore(config.RECORDINGS_DIR),
  sharing: { maxBatchEvents: config.INGEST_BATCH_EVENTS, commits: config.INGEST_COMMITS },
})
const jobs = startUpkeep({
  metrics,
  dependencies,
  logger,
  callEventsRetentionMonths: config.CALL_EVENTS_RETENTION_MONTHS,
  rawWebhooksRetentionMonths: config.RAW_WEBHOOKS_RETENTION_MONTHS,
  eventKeysRetentionDays: config.EVENT_KEYS_RETENTION_DAYS,
  callGraceSeconds: config.CALL_GRACE_SECONDS,
  recordingsMaxBytes: config.RECORDINGS_MAX_MB * 1024 * 1024,
  recordingsRetentionDays: config.RECORDINGS_RETENTION_DAYS,
  recordingsNetworks: config.RECORDINGS_NETWORKS,
})

const app = buildApp({
  dependencies,
  logger,
  metrics,
  internalSecret: config.INTERNAL_SECRET,
  slowMs: config.SLOW_MS,
  optionalDependencies: [{ name: 'nats', check: () => bus.check() }],
  details: () => ({
    relay: relay.status(),
    consumers: consumers.map((consumer) => consumer.status()),
    ingest: dependencies.arrivals.figures(),
  }),
})

await runService({
  app,
  host: config.HOST,
  port: config.PORT,
  logger,
  drainMs: config.SHUTDOWN_DRAIN_MS,
  stopWork: async () => {
    await Promise.all([...consumers, ...jobs].map((one) => one.stop()))
  },
  closeConnections: async () => {
    await relay.stop()
    await bus.close()
    await closeDatabase(database)
  },
})
