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
import { createLogger, createMetrics, Gauge } from '@dealwire/telemetry'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { expireReservations } from './reservations/expire-reservations.ts'
import { checkLowStock } from './stock/check-low-stock.ts'
import { maintainLedger } from './stock/maintain-ledger.ts'
import { watchInvariants } from './stock/watch-invariants.ts'
import { subscriptions } from './subscriptions.ts'

/** Longer than the stream keeps messages. */
const INBOX_DAYS = 30
const IDEMPOTENCY_DAYS = 1
/** Stock is to be free again within 30 s. */
const EXPIRY_SECONDS = 5
const LOW_STOCK_SECONDS = 15
const AUDIT_SECONDS = 900

const config = configOrExit(readConfig)
const logger = createLogger({ service: 'inventory', level: config.LOG_LEVEL })
const metrics = createMetrics('inventory')

const database = openDatabase({
  url: config.DATABASE_URL,
  schema: 'inventory',
  applicationName: 'dealwire-inventory',
  maxConnections: config.DATABASE_POOL_SIZE,
  slowQueryMs: config.SLOW_MS,
  plansOnce: true,
  logger,
})
const bus = connectBus({ url: config.NATS_URL, name: 'inventory', logger })
const relay = startRelay({ database, bus, source: 'inventory', logger, metrics })
const consumers = subscriptions.map((subscription) =>
  startConsumer({ ...subscription, database, bus, logger, metrics }),
)

const housekeeping = startJob({
  database,
  metrics,
  name: 'housekeeping',
  everySeconds: 3_600,
  run: async (signal) => {
    await maintainLedger(database)
    await maintainEventLog(database, { source: 'inventory', retentionMonths: config.EVENT_RETENTION_MONTHS, logger })
    await pruneInbox(database, INBOX_DAYS, signal)
    await pruneIdempotencyKeys(database, IDEMPOTENCY_DAYS, signal)
  },
  logger,
})

const expiry = startJob({
  database,
  metrics,
  name: 'expire-reservations',
  everySeconds: EXPIRY_SECONDS,
  run: async (signal) => {
    await expireReservations(database, signal)
  },
  logger,
})

const lowStock = startJob({
  database,
  metrics,
  name: 'check-low-stock',
  everySeconds: LOW_STOCK_SECONDS,
  run: () => checkLowStock(database),
  logger,
})

const violations = new Gauge({
  name: 'inventory_invariant_violations',
  help: 'Products at locations whose ledger, layers, level and reservations do not agree, over all companies',
  labelNames: ['invariant'],
  registers: [metrics],
})

const audit = startJob({
  database,
  metrics,
  name: 'watch-invariants',
  everySeconds: AUDIT_SECONDS,
  run: async (signal) => {
    await watchInvariants({ database, logger, gauge: violations, signal })
  },
  logger,
})

const jobs = [housekeeping, expiry, lowStock, audit]

const app = buildApp({
  database,
  logger,
  metrics,
  internalSecret: config.INTERNAL_SECRET,
  slowMs: config.SLOW_MS,
  optionalDependencies: [{ name: 'nats', check: () => bus.check() }],
  details: () => ({ relay: relay.status(), consumers: consumers.map((consumer) => consumer.status()) }),
})

await runService({
  app,
  host: config.HOST,
  port: config.PORT,
  logger,
  drainMs: config.SHUTDOWN_DRAIN_MS,
  stopWork: async () => {
    await Promise.all([...jobs.map((job) => job.stop()), ...consumers.map((consumer) => consumer.stop())])
  },
  closeConnections: async () => {
    await relay.stop()
    await bus.close()
    await closeDatabase(database)
  },
})
