import { createCache } from '@dealwire/cache'
import { configOrExit } from '@dealwire/config'
import { closeDatabase, followReplica, openDatabase } from '@dealwire/db/client'
import { runService } from '@dealwire/http'
import { connectBus, maintainEventLog, pruneInbox, startConsumer, startJob, startRelay } from '@dealwire/messaging'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { snapshotAgents } from './agents/snapshot-agents.ts'
import { buildApp } from './app.ts'
import { keepMonths } from './calls/keep-months.ts'
import { recountStale } from './calls/recount-stale.ts'
import { rollMonths } from './calls/roll-months.ts'
import { readConfig } from './config.ts'
import { dropKeptFigures } from './figures/drop-kept-figures.ts'
import { snapshotForecasts } from './forecast/snapshot-forecasts.ts'
import { CONSUMER } from './projections/consumer.ts'
import { watchLag } from './projections/watch-lag.ts'
import { runRebuilds } from './rebuilds/run-rebuilds.ts'
import { rebuildHandler, subscriptionsOf } from './subscriptions.ts'

/** Longer than the stream keeps messages. */
const INBOX_DAYS = 30
/** Each of the five jobs holds one for its lock while it uses another. */
const BULK_CONNECTIONS = 10
const BULK_TIMEOUT_MS = 300_000
/** Partitions of facts that are made ahead. */
const MONTHS_AHEAD = 2

const config = configOrExit(readConfig)
const logger = createLogger({ service: 'analytics', level: config.LOG_LEVEL })
const metrics = createMetrics('analytics')

const open = (
  url: string,
  purpose: string,
  maxConnections: number,
  statementTimeoutMs?: number,
  schema = 'analytics',
) =>
  openDatabase({
    url,
    schema,
    applicationName: `dealwire-analytics${purpose}`,
    maxConnections,
    slowQueryMs: statementTimeoutMs ?? config.SLOW_MS,
    logger,
    ...(statementTimeoutMs === undefined ? {} : { statementTimeoutMs }),
  })
const database = open(config.DATABASE_URL, '', config.DATABASE_POOL_SIZE)
/** For work that goes through a company's whole history: it must neither time out nor take the connections of requests. */
const bulk = open(config.DATABASE_URL, '-bulk', BULK_CONNECTIONS, BULK_TIMEOUT_MS)
/** With the shadow tables first, the same names mean what a rebuild makes. */
const shadow = open(config.DATABASE_URL, '-shadow', 1, BULK_TIMEOUT_MS, 'analytics_shadow,analytics')
const copy =
  config.DATABASE_REPLICA_URL === undefined
    ? undefined
    : open(config.DATABASE_REPLICA_URL, '-replica', config.DATABASE_POOL_SIZE)
const replica = copy && followReplica(database, copy)
const cache = createCache({ url: config.REDIS_URL, logger, metrics })
const keptFigures = dropKeptFigures(cache)
const bus = connectBus({ url: config.NATS_URL, name: 'analytics', logger })
const relay = startRelay({ database, bus, source: 'analytics', logger, metrics })
const consumers = subscriptionsOf(keptFigures.note).map((subscription) =>
  startConsumer({ ...subscription, database, bus, logger, metrics, batchSize: config.PROJECTION_BATCH }),
)
const lag = watchLag({ bus, consumer: CONSUMER, logger, metrics, settle: keptFigures.flush })

const job = (name: string, everySeconds: number, work: (signal: AbortSignal) => Promise<unknown>) =>
  startJob({ database: bulk, metrics, name, everySeconds, run: async (signal) => void (await work(signal)), logger })
const jobs = [
  job('housekeeping', 3_600, async (signal) => {
    await maintainEventLog(bulk, { source: 'analytics', retentionMonths: config.FACTS_RETENTION_MONTHS, logger })
    await keepMonths(bulk, MONTHS_AHEAD, config.FACTS_RETENTION_MONTHS)
    await pruneInbox(bulk, INBOX_DAYS, signal)
  }),
  job('snapshots', 600, async (signal) => {
    await snapshotAgents(bulk, keptFigures.note, signal)
    await snapshotForecasts(bulk, signal)
  }),
  job('recount rollups', 5, (signal) => recountStale(bulk, keptFigures.note, signal)),
  job('roll up months', 60, (signal) => rollMonths(bulk, signal)),
  job('rebuild', 2, (signal) =>
    runRebuilds({ database: bulk, shadow, bus, handler: rebuildHandler, logger, signal }, keptFigures.note),
  ),
]

const app = buildApp({
  database,
  replica,
  cache,
  lag,
  logger,
  metrics,
  internalSecret: config.INTERNAL_SECRET,
  slowMs: config.SLOW_MS,
  optionalDependencies: [
    { name: 'nats', check: () => bus.check() },
    { name: 'redis', check: () => cache.check() },
  ],
  details: () => ({
    relay: relay.status(),
    consumers: consumers.map((consumer) => consumer.status()),
    figures: lag.status(),
    ...(replica === undefined ? {} : { replica: replica.status() }),
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
      ...consumers.map((consumer) => consumer.stop()),
      lag.stop(),
      replica?.stop(),
      ...jobs.map((one) => one.stop()),
    ])
    await relay.stop()
    await keptFigures.flush()
  },
  closeConnections: async () => {
    await bus.close()
    await cache.close()
    await Promise.all([database, bulk, shadow, ...(copy === undefined ? [] : [copy])].map(closeDatabase))
  },
})
