import type { Database } from '@dealwire/db/client'
import type { Logger, Registry } from '@dealwire/telemetry'
import { messagingMetrics } from './metrics.ts'
import { pause } from './pause.ts'
import { tryLock, unlock } from './session.ts'

export type JobOptions = {
  readonly database: Database
  readonly name: string
  readonly everySeconds: number
  /** Must be repeatable: every process has its own clock, only never two runs at a time. */
  readonly run: (signal: AbortSignal) => Promise<void>
  readonly logger: Logger
  readonly metrics: Registry
}

export type Job = {
  /** Waits for a run under way to end. */
  stop(): Promise<void>
}

/** Runs now and then every so often, in one process of the service at a time; a failed run is logged and the next one is due as usual. */
export function startJob(options: JobOptions): Job {
  const stopping = new AbortController()
  const running = runForEver(options, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function runForEver(options: JobOptions, signal: AbortSignal): Promise<void> {
  const { jobSucceeded, jobFailed } = messagingMetrics(options.metrics)
  const labels = { name: options.name }
  // From the start on, so that a job that never succeeds is seen to be late as well.
  jobSucceeded.setToCurrentTime(labels)
  while (!signal.aborted) {
    try {
      if (await runAlone(options, signal)) jobSucceeded.setToCurrentTime(labels)
    } catch (error) {
      jobFailed.inc(labels)
      options.logger.warn({ err: error, job: options.name }, 'job failed')
    }
    await pause(options.everySeconds * 1_000 * (0.9 + Math.random() * 0.2), signal)
  }
}

/** False when another process has the job. The lock is the session's: the job may take several transactions, and costs one connection meanwhile. */
async function runAlone(options: JobOptions, signal: AbortSignal): Promise<boolean> {
  const client = await options.database.pool.connect()
  const lock = `job ${options.name}`
  let broken = true
  try {
    const isOurs = await tryLock(client, lock)
    if (isOurs) {
      try {
        await options.run(signal)
      } finally {
        await unlock(client, lock)
      }
    }
    broken = false
    return isOurs
  } finally {
    // A connection that might still hold the lock must not go back to the pool.
    client.release(broken)
  }
}
