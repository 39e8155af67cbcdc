import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { installJobQueue } from './job-queue.ts'
import { type Migration, readMigrations } from './migration-files.ts'
import { prepareDatabase, prepareSchema } from './prepare.ts'
import {
  jobQueues,
  type ServiceSchema,
  type ServiceWithSchema,
  serviceNames,
  serviceSchemas,
} from './service-schemas.ts'

export { type ServiceWithSchema, serviceNames, serviceSchemas } from './service-schemas.ts'

export type MigrateOptions = {
  /** A role that may create roles and schemas in the target database. */
  readonly adminUrl: string
  /** Password of each service's login role. */
  readonly passwords: Readonly<Record<ServiceWithSchema, string>>
  readonly folder?: string
  readonly log?: (line: string) => void
}

const LOCK_KEY = 7_325_460_012
const LONGEST_WAIT_MS = 5 * 60_000
const WAIT_STEP_MS = 100

/** Where the SQL files are when the code runs from source. */
const SOURCE_FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url))

/**
 * Brings every service's schema up to date. Safe to start from several places at once: one works, the others wait and find nothing to do.
 * Throws, having applied nothing of the offending file, when a file that was applied has changed or a new one is out of order.
 */
export async function migrateAll(options: MigrateOptions): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: options.adminUrl, application_name: 'dealwire-migrate' })
  await client.connect()
  const applied: string[] = []
  try {
    await takeTurn(client)
    await prepareDatabase(client)
    for (const name of serviceNames) {
      const service = serviceSchemas[name]
      await prepareSchema(client, service, options.passwords[name])
      applied.push(...(await migrateSchema(client, service, options)))
    }
    for (const { schema, role } of jobQueues) await installJobQueue(client, schema, role)
    return { applied }
  } finally {
    await client.end()
  }
}

/** Asks again and again: a session that waits inside Postgres holds a snapshot, and CREATE INDEX CONCURRENTLY would wait for it. */
async function takeTurn(client: pg.Client): Promise<void> {
  const endsAt = performance.now() + LONGEST_WAIT_MS
  while (performance.now() < endsAt) {
    const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(${LOCK_KEY}) AS taken`)
    if (rows[0]?.taken === true) return
    await sleep(WAIT_STEP_MS)
  }
  throw new Error('Another migration has been running for five minutes; try again when it has ended')
}

async function migrateSchema(client: pg.Client, service: ServiceSchema, options: MigrateOptions): Promise<string[]> {
  const { common, own } = await readMigrations(options.folder ?? SOURCE_FOLDER, service)
  const { rows } = await client.query<{ name: string; sha256: string }>(
    `SELECT name, sha256 FROM ${service.schema}.schema_migrations`,
  )
  const done = new Map(rows.map((row) => [row.name, row.sha256]))
  const pending = [...pendingOf(common, done), ...pendingOf(own, done)]
  if (isNewer(service, [...common, ...own], { done, pending })) {
    options.log?.(`${service.schema}: newer than this version; left as it is`)
    return []
  }
  for (const migration of pending) {
    options.log?.(`${service.schema}: ${migration.name}`)
    await apply(client, service, migration)
  }
  return pending.map((migration) => `${service.schema}: ${migration.name}`)
}

type Found = { readonly done: ReadonlyMap<string, string>; readonly pending: readonly Migration[] }

/** Whether a later version was here: after a roll-back there is nothing to do. One that went another way is refused. */
function isNewer({ schema }: ServiceSchema, known: readonly Migration[], { done, pending }: Found): boolean {
  const names = new Set(known.map(({ name }) => name))
  const first = [...done.keys()].find((name) => !names.has(name))
  if (first === undefined) return false
  if (pending.length > 0)
    throw new Error(
      `'${schema}' has migration '${first}' that this version does not know, and lacks '${pending[0]?.name}': they come from different versions`,
    )
  return true
}

/** What remains of a series: always its tail, with everything before it applied exactly as it is in the file. */
function pendingOf(series: readonly Migration[], done: ReadonlyMap<string, string>): Migration[] {
  const pending: Migration[] = []
  for (const migration of series) {
    const sha256 = done.get(migration.name)
    if (sha256 === undefined) {
      pending.push(migration)
      continue
    }
    if (sha256 !== migration.sha256)
      throw new Error(`Migration '${migration.name}' was changed after it was applied; write a new one instead`)
    const skipped = pending[0]
    if (skipped !== undefined)
      throw new Error(
        `Migration '${skipped.name}' comes before '${migration.name}', which is applied already; give it a higher number`,
      )
  }
  return pending
}

async function apply(client: pg.Client, service: ServiceSchema, migration: Migration): Promise<void> {
  // A migration that waits for a table lock makes every query behind it wait as well: it gives up soon and is started again.
  await client.query(
    `SET search_path = ${service.schema}, extensions; SET lock_timeout = '5s'; SET statement_timeout = '30min'`,
  )
  try {
    if (migration.inTransaction) await applyInTransaction(client, service, migration)
    else await applyBare(client, service, migration)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`Migration '${migration.name}' failed in schema '${service.schema}': ${reason}`, { cause: error })
  } finally {
    await client.query('RESET search_path; RESET lock_timeout; RESET statement_timeout')
  }
}

async function applyInTransaction(client: pg.Client, service: ServiceSchema, migration: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(migration.sql)
    await record(client, service, migration)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

/** For CREATE INDEX CONCURRENTLY: statement by statement, so each must be written to be repeatable (`IF NOT EXISTS`). */
async function applyBare(client: pg.Client, service: ServiceSchema, migration: Migration): Promise<void> {
  for (const sql of migration.sql.split(/;\s*$/m)) {
    if (sql.trim() !== '') await client.query(sql)
  }
  await record(client, service, migration)
}

async function record(client: pg.Client, service: ServiceSchema, migration: Migration): Promise<void> {
  await client.query(`INSERT INTO ${service.schema}.schema_migrations (name, sha256) VALUES ($1, $2)`, [
    migration.name,
    migration.sha256,
  ])
}
