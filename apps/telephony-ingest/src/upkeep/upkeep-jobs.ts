import { type Job, maintainEventLog, pruneIdempotencyKeys, pruneInbox, startJob } from '@dealwire/messaging'
import type { Logger, Registry } from '@dealwire/telemetry'
import { finaliseCalls } from '../calls/finalise-calls.ts'
import { watchSilence } from '../connections/watch-silence.ts'
import { retryFoldFailures } from '../dead-letters/retry-now.ts'
import type { Dependencies } from '../dependencies.ts'
import { fetchRecordings, forgetOldRecordings } from '../recordings/fetch-recordings.ts'
import { addressRule } from '../recordings/public-address.ts'
import { reapStuckCalls } from './reap-stuck-calls.ts'
import { maintainMonths, pruneEventKeys } from './upkeep.repository.ts'

export type UpkeepOptions = {
  readonly dependencies: Dependencies
  readonly logger: Logger
  readonly metrics: Registry
  readonly callEventsRetentionMonths: number
  /** Not longer than the events that were made of them. */
  readonly rawWebhooksRetentionMonths: number
  readonly eventKeysRetentionDays: number
  readonly callGraceSeconds: number
  readonly recordingsMaxBytes: number
  readonly recordingsRetentionDays: number
  readonly recordingsNetworks: readonly string[]
}

const HOUR_SECONDS = 3_600
const EVENT_LOG_RETENTION_MONTHS = 12
/** Longer than the stream keeps messages. */
const INBOX_DAYS = 30

/** What the service does without being asked. */
export function startUpkeep(options: UpkeepOptions): Job[] {
  const { dependencies, logger, metrics } = options
  const { database } = dependencies
  const shared = { database, metrics, logger }
  const hourly = { ...shared, everySeconds: HOUR_SECONDS }
  return [
    startJob({
      ...hourly,
      name: 'partitions',
      run: async () => {
        await maintainEventLog(database, { source: 'telephony', retentionMonths: EVENT_LOG_RETENTION_MONTHS, logger })
        const { callEventsRetentionMonths: events, rawWebhooksRetentionMonths: raw } = options
        await maintainMonths(database, 'raw_webhooks', Math.min(raw, events))
        await maintainMonths(database, 'call_events', events)
      },
    }),
    startJob({
      ...hourly,
      name: 'prune',
      run: async (signal) => {
        await pruneInbox(database, INBOX_DAYS, signal)
        await pruneIdempotencyKeys(database, 1, signal)
        await pruneEventKeys(database, options.eventKeysRetentionDays, signal)
      },
    }),
    startJob({
      ...shared,
      name: 'retry folds',
      everySeconds: 60,
      run: (signal) => retryFoldFailures(dependencies, signal),
    }),
    startJob({
      ...shared,
      name: 'stuck calls',
      everySeconds: 300,
      run: async (signal) => void (await reapStuckCalls(dependencies, signal)),
    }),
    startJob({
      ...shared,
      name: 'final calls',
      everySeconds: 10,
      run: async (signal) => void (await finaliseCalls(database, options.callGraceSeconds, signal)),
    }),
    startJob({
      ...shared,
      name: 'silent connections',
      everySeconds: 600,
      run: () => watchSilence(database),
    }),
    ...recordingJobs(options),
    // Every process counts its own; only one of them runs a job at a time, so each takes its turn.
    startJob({
      ...shared,
      name: 'refusals',
      everySeconds: 30,
      run: () => dependencies.refusals.flush(),
    }),
  ]
}

function recordingJobs(options: UpkeepOptions): Job[] {
  const { dependencies, logger, metrics } = options
  const { database, connections, recordings: store } = dependencies
  if (store === undefined) return []
  const isAllowed = addressRule(options.recordingsNetworks)
  const shared = { database, metrics, logger }
  const fetching = { database, connections, store, isAllowed, maxBytes: options.recordingsMaxBytes, logger }
  return [
    startJob({
      ...shared,
      name: 'recordings',
      everySeconds: 10,
      run: async (signal) => void (await fetchRecordings(fetching, signal)),
    }),
    startJob({
      ...shared,
      name: 'old recordings',
      everySeconds: HOUR_SECONDS,
      run: (signal) => forgetOldRecordings({ database, store }, options.recordingsRetentionDays, signal),
    }),
  ]
}
