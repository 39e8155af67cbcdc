import type { Database } from '@dealwire/db/client'
import { type Job, maintainEventLog, pruneIdempotencyKeys, pruneInbox, startJob } from '@dealwire/messaging'
import type { Logger } from '@dealwire/telemetry'

const HOUR_SECONDS = 3_600

type JobContext = { readonly database: Database; readonly logger: Logger; readonly retentionMonths: number }

/** What the service does now and then. */
export function startJobs({ database, logger, retentionMonths }: JobContext): readonly Job[] {
  const every = (everySeconds: number, name: string, run: (signal: AbortSignal) => Promise<unknown>) =>
    startJob({ database, logger, name, everySeconds, run: async (signal) => void (await run(signal)) })
  return [
    every(HOUR_SECONDS, 'forget idempotency keys', (signal) => pruneIdempotencyKeys(database, undefined, signal)),
    every(HOUR_SECONDS, 'forget received events', (signal) => pruneInbox(database, undefined, signal)),
    every(6 * HOUR_SECONDS, 'event log partitions', () =>
      maintainEventLog(database, { source: 'deals', retentionMonths, logger }),
    ),
  ]
}
