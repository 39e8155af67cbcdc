import { type Job, maintainEventLog, pruneIdempotencyKeys, pruneInbox, startJob } from '@dealwire/messaging'
import type { Logger } from '@dealwire/telemetry'
import { retryFoldFailures } from '../dead-letters/retry-now.ts'
import type { Dependencies } from '../dependencies.ts'
import { maintainCallEvents, pruneEventKeys } from './upkeep.repository.ts'

export type UpkeepOptions = {
  readonly dependencies: Dependencies
  readonly logger: Logger
  readonly callEventsRetentionMonths: number
  readonly eventKeysRetentionDays: number
}

const HOUR_SECONDS = 3_600
const EVENT_LOG_RETENTION_MONTHS = 12
/** Longer than the stream keeps messages. */
const INBOX_DAYS = 30

/** What the service does without being asked. */
export function startUpkeep(options: UpkeepOptions): Job[] {
  const { dependencies, logger } = options
  const { database } = dependencies
  const hourly = { database, everySeconds: HOUR_SECONDS, logger }
  return [
    startJob({
      ...hourly,
      name: 'partitions',
      run: async () => {
        await maintainEventLog(database, { source: 'telephony', retentionMonths: EVENT_LOG_RETENTION_MONTHS, logger })
        await maintainCallEvents(database, options.callEventsRetentionMonths)
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
      database,
      name: 'retry folds',
      everySeconds: 60,
      run: (signal) => retryFoldFailures(dependencies, signal),
      logger,
    }),
  ]
}
