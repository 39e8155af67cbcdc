import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Cache, createCache } from '@dealwire/cache'
import type { Actor } from '@dealwire/contracts'
import { closeDatabase, type Database, openDatabase, type Replica } from '@dealwire/db/client'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { identityHeaders, TEST_INTERNAL_SECRET, type TestDatabase } from '@dealwire/testing'
import type { LightMyRequestResponse } from 'fastify'
import { onTestFinished } from 'vitest'
import { buildApp } from '../src/app.ts'
import { createJobQueue } from '../src/jobs/job-queue.ts'
import { openDiskStore } from '../src/object-store/disk-store.ts'
import type { ObjectStore } from '../src/object-store/object-store.ts'
import { startWork } from '../src/start-work.ts'

type Call = { method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; body?: unknown; headers?: Record<string, string> }
// biome-ignore lint/suspicious/noExplicitAny: answers are checked against their contracts by the app, at run time
type Body = any
type Sent = { method?: 'GET' | 'POST'; text?: string; headers?: Record<string, string> }
type Answered = { status: number; body: Body; headers: Record<string, unknown> }
type LoggedEvent = { type: string; version: number; data: Body }

export type TestApp = {
  readonly database: Database
  /** Its files; another instance of the service shares them. */
  readonly store: ObjectStore
  readonly cache: Cache
  call(actor: Actor, path: string, call?: Call): Promise<Answered>
  /** Posts, and answers the body; throws when nothing was created. */
  create(actor: Actor, path: string, body: unknown): Promise<Body>
  /** The company's events in the order of the log, but for the making of its first pipeline, which comes with the first use. */
  events(actor: Actor): Promise<LoggedEvent[]>
  /** Statements that a call sends, BEGIN and COMMIT included: the least of three runs, since a wake-up of the relay may fall into one. */
  statementsOf(work: (run: number) => Promise<unknown>): Promise<number>
  /** As `call`, of which the answer is no JSON or the body is not. */
  send(actor: Actor, path: string, call?: Sent): Promise<LightMyRequestResponse>
  /** Runs background jobs until the test ends; answers how to stop that before. */
  work(): () => Promise<void>
  /** Brings the planner's statistics up to date, as autovacuum would in a while. */
  analyze(): Promise<void>
}

type TestAppOptions = {
  readonly maxConnections?: number
  readonly replica?: Replica
  readonly store?: ObjectStore
}

/** By then the relay has been woken for what came before. */
const WAKE_UP_MS = 20

/** The service on a database of the test's own, called as the gateway calls it. Every answer is checked against its contract. */
export function startApp(
  db: TestDatabase,
  { maxConnections = 5, replica, store = temporaryStore() }: TestAppOptions = {},
): TestApp {
  const database = db.open('deals', { maxConnections })
  const logger = createLogger({ service: 'deals', level: 'error' })
  const metrics = createMetrics('deals')
  const cache = createCache({ logger, metrics })
  const bulk = db.open('deals', { pipeline: false })
  const background = { bulk, store, cache }
  const jobs = createJobQueue({ database: bulk, logger, metrics })
  onTestFinished(() => jobs.stop())
  const app = buildApp({
    ...background,
    database,
    replica,
    jobs,
    logger,
    metrics,
    internalSecret: TEST_INTERNAL_SECRET,
    validateResponses: true,
  })

  async function call(
    actor: Actor,
    path: string,
    { method = 'GET', body, headers = {} }: Call = {},
  ): Promise<Answered> {
    const answer = await app.inject({
      method,
      url: path,
      headers: { ...identityHeaders(actor, 'deals'), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    return {
      status: answer.statusCode,
      body: answer.body === '' ? undefined : answer.json(),
      headers: answer.headers,
    }
  }

  return {
    database,
    store,
    cache,
    call,
    async send(actor, path, { method = 'GET', text, headers = {} } = {}) {
      const signed = { ...identityHeaders(actor, 'deals'), ...headers }
      return app.inject({ method, url: path, headers: signed, ...(text === undefined ? {} : { payload: text }) })
    },
    work() {
      startWork(jobs, { ...background, ttlHours: 24 })
      return () => jobs.stop()
    },
    async create(actor, path, body) {
      const made = await call(actor, path, { method: 'POST', body })
      if (made.status !== 201) throw new Error(`POST ${path} answered ${made.status}: ${JSON.stringify(made.body)}`)
      return made.body
    },
    async events(actor) {
      const { rows } = await database.pool.query<LoggedEvent>(
        `SELECT type, entity_version AS version, data FROM event_log WHERE company_id = $1
           AND NOT (type = 'crm.deals.pipeline.created' AND data -> 'pipeline' ->> 'name' = 'Sales') ORDER BY seq`,
        [actor.companyId],
      )
      return rows
    },
    async statementsOf(work) {
      const counts: number[] = []
      for (let run = 1; run <= 3; run++) {
        await sleep(WAKE_UP_MS)
        const before = database.counters.queries
        await work(run)
        counts.push(database.counters.queries - before)
      }
      return Math.min(...counts)
    },
    async analyze() {
      const owner = openDatabase({
        url: db.adminUrl,
        schema: 'deals',
        applicationName: 'test-owner',
        maxConnections: 1,
        logger: database.logger,
      })
      await owner.pool.query('VACUUM (ANALYZE) deals')
      await closeDatabase(owner)
    },
  }
}

function temporaryStore(): ObjectStore {
  const folder = mkdtempSync(join(tmpdir(), 'dealwire-files-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return openDiskStore(folder)
}
