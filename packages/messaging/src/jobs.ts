import type { Database } from '@dealwire/db/client'
import type { Logger } from '@dealwire/telemetry'
import { pause } from './pause.ts'
import { tryLock, unlock } from './session.ts'

export type JobOptions = {
  readonly database: Database
  readonly name: string
  readonly everySeconds: number
  /** Must be repeatable: every process has its own clock, only never two runs at a time. */
  readonly run: (signal: AbortSignal) => Promise<void>
  readonly logger: Logger
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
  while (!signal.aborted) {
    try {
      await runAlone(options, signal)
    } catch (error) {
      options.logger.warn({ err: error, job: options.name }, 'job failed')
    }
    await pause(options.everySeconds * 1_000 * (0.9 + Math.random() * 0.2), signal)
  }
}

/** The lock is the session's, so the job may take several transactions; it costs one connection of the pool meanwhile. */
async function runAlone(options: JobOptions, signal: AbortSignal): Promise<void> {
  const client = await options.database.pool.connect()
  const lock = `job ${options.name}`
  let broken = true
  try {
    if (await tryLock(client, lock)) {
      try {
        await options.run(signal)
      } finally {
        await unlock(client, lock)
      }
    }
    broken = false
  } finally {
    // A connection that might still hold the lock must not go back to the pool.
    client.release(broken)
  }
}
