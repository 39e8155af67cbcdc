import { type Database, isTx, type Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import type { Logger, Registry } from '@dealwire/telemetry'
import { type Job as BossJob, type Db, PgBoss } from 'pg-boss'
import { jobMetrics } from './job-metrics.ts'

export const queueNames = ['exports', 'imports'] as const
export type QueueName = (typeof queueNames)[number]

/** What a job is about; everything else is read from the row when it runs, so a job never acts on what was true once. */
export type JobTarget = { readonly companyId: string; readonly id: string }

export type Work = {
  /** Must be repeatable: after a crash it runs again. Stops soon after the signal and throws, and another process goes on. */
  readonly run: (target: JobTarget, signal: AbortSignal) => Promise<void>
  /** Called once when no attempt is left. */
  readonly giveUp: (target: JobTarget) => Promise<void>
}

export type JobQueue = {
  /** The job exists if and only if the transaction commits. */
  enqueue(tx: Tx, queue: QueueName, target: JobTarget): Promise<void>
  /** Runs jobs in this process from now on, or from when the database is there. */
  work(works: Readonly<Record<QueueName, Work>>): void
  /** Tells running jobs to stop, waits for them, and hands back what is not finished. */
  stop(): Promise<void>
}

export type JobQueueOptions = {
  /** Its own few connections: work in the background must not take those of API calls. */
  readonly database: Database
  readonly logger: Logger
  readonly metrics: Registry
}

const SCHEMA = 'deals_jobs'
const DEAD = 'dead-jobs'
const RETRIES = 4
/** A process that says nothing for this long is taken for dead, and its job goes to another. */
const HEARTBEAT_SECONDS = 20
const SUPERVISE_SECONDS = 5
const POLL_SECONDS = 1
const LONGEST_RUN_SECONDS = 3_600
const AT_ONCE = 2
const STOP_MS = 5_000
const KEPT_SECONDS = 7 * 86_400

type Payload = JobTarget & { readonly queue: QueueName }

/** The service's job queue: jobs are rows, at least once until they succeed, and set aside after five attempts. */
export function createJobQueue({ database, logger, metrics }: JobQueueOptions): JobQueue {
  const boss = new PgBoss({
    db: executorOf(database),
    schema: SCHEMA,
    migrate: false,
    createSchema: false,
    schedule: false,
    reindex: false,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
  })
  boss.on('error', (error) => logger.warn({ err: error }, 'the job queue reports an error'))
  const stopping = new AbortController()
  const counted = jobMetrics(metrics, async () => (await started()).getQueues([...queueNames]))
  let starting: Promise<PgBoss> | undefined
  let launching: Promise<void> | undefined

  /** Once; after a failure the next caller tries again. */
  function started(): Promise<PgBoss> {
    starting ??= start(boss).catch((error) => {
      starting = undefined
      throw error
    })
    return starting
  }

  async function attempt(work: Work, job: BossJob<Payload>): Promise<void> {
    const { queue, ...target } = job.data
    try {
      await work.run(target, AbortSignal.any([job.signal, stopping.signal]))
      counted.finished(queue)
    } catch (error) {
      if (!stopping.signal.aborted) {
        counted.failed(queue)
        logger.warn({ err: error, queue, attempt: job.retryCount + 1, ...target }, 'job failed')
      }
      throw error
    }
  }

  async function setAside(work: Work, { queue, ...target }: Payload): Promise<void> {
    counted.dead(queue)
    logger.error({ queue, ...target }, 'job given up after its last attempt')
    await work.giveUp(target)
  }

  async function startWorker(running: PgBoss, queue: QueueName, work: Work): Promise<void> {
    const id: string = await running.work<Payload>(queue, { pollingIntervalSeconds: POLL_SECONDS }, async ([job]) => {
      // Where one job was, there may be more: the worker asks again without waiting.
      running.notifyWorker(id)
      if (job !== undefined) await attempt(work, job)
    })
  }

  async function startWorkers(works: Readonly<Record<QueueName, Work>>): Promise<void> {
    const running = await started()
    const options = { pollingIntervalSeconds: POLL_SECONDS }
    for (const queue of queueNames) {
      for (let n = 0; n < AT_ONCE; n++) await startWorker(running, queue, works[queue])
    }
    await running.work<Payload>(DEAD, options, async ([job]) => {
      if (job !== undefined) await setAside(works[job.data.queue], job.data)
    })
  }

  return {
    async enqueue(tx, queue, { companyId, id }) {
      const running = await started().catch((error) => {
        throw unavailable(error)
      })
      const payload: Payload = { queue, companyId, id }
      await running.send(queue, payload, { db: executorOf(tx), singletonKey: companyId })
    },
    work(works) {
      launching = untilDone(() => startWorkers(works), stopping.signal, logger)
    },
    async stop() {
      stopping.abort()
      await launching
      await boss.stop({ close: false, graceful: true, timeout: STOP_MS })
    },
  }
}

async function start(boss: PgBoss): Promise<PgBoss> {
  await boss.start()
  const kept = { retentionSeconds: KEPT_SECONDS, deleteAfterSeconds: KEPT_SECONDS }
  await boss.createQueue(DEAD, { ...kept, retryLimit: 100, retryDelay: 1, retryBackoff: true, retryDelayMax: 600 })
  const options = {
    ...kept,
    retryLimit: RETRIES,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 60,
    expireInSeconds: LONGEST_RUN_SECONDS,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    deadLetter: DEAD,
  }
  // One job of a company at a time: a company that asks for much does not keep the others waiting.
  for (const queue of queueNames) await boss.createQueue(queue, { ...options, policy: 'singleton' })
  for (const queue of queueNames) await boss.updateQueue(queue, options)
  return boss
}

/** A database that is away at boot must not end the process: workers start when it is back. */
async function untilDone(work: () => Promise<void>, signal: AbortSignal, logger: Logger): Promise<void> {
  while (!signal.aborted) {
    try {
      await work()
      return
    } catch (error) {
      logger.warn({ err: error }, 'the job queue cannot start yet')
      await new Promise((resolve) => setTimeout(resolve, 1_000).unref())
    }
  }
}

function executorOf(executor: Database | Tx): Db {
  return {
    async executeSql(text, values) {
      const target = isTx(executor) ? executor.client : executor.pool
      const result: unknown = await target.query(text, values)
      return { rows: rowsOf(result) }
    },
  }
}

/** Several statements in one text answer one result each. */
function rowsOf(result: unknown): unknown[] {
  if (Array.isArray(result)) return result.flatMap(rowsOf)
  return (result as { rows?: unknown[] }).rows ?? []
}

function unavailable(cause: unknown): AppError {
  return new AppError('unavailable', 'storage_unavailable', 'The job queue is not reachable; try again in a moment.', {
    cause,
    retryAfterSeconds: 1,
  })
}
