import { randomUUID } from 'node:crypto'
import { closeDatabase, type Database, type DatabaseOptions, openDatabase } from '@dealwire/db/client'
import { type ServiceWithSchema, serviceSchemas } from '@dealwire/db/migrate'
import { createLogger } from '@dealwire/telemetry'
import pg from 'pg'

/** Password of every service role in tests. */
export const TEST_PASSWORD = 'dealwire-test'

/** A database of one test file's own. */
export type TestDatabase = {
  readonly adminUrl: string
  /** Connection string as the service's own role. */
  url(service: ServiceWithSchema): string
  /** A pool as the service's own role; closed with the file. */
  open(
    service: ServiceWithSchema,
    options?: Partial<Pick<DatabaseOptions, 'maxConnections' | 'pipeline' | 'plansOnce'>>,
  ): Database
}

export async function createTestDatabase(
  serverUrl: string,
  template: string,
): Promise<TestDatabase & { drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdmin(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  const adminUrl = withDatabase(serverUrl, name)
  const opened: Database[] = []

  function url(service: ServiceWithSchema): string {
    const target = new URL(adminUrl)
    target.username = serviceSchemas[service].role
    target.password = TEST_PASSWORD
    return target.href
  }

  return {
    adminUrl,
    url,
    open(service, options = {}) {
      const database = openDatabase({
        url: url(service),
        schema: serviceSchemas[service].schema,
        applicationName: `test-${service}`,
        maxConnections: 5,
        logger: createLogger({ service, level: 'silent' }),
        ...options,
      })
      opened.push(database)
      return database
    },
    async drop() {
      await Promise.all(opened.map(closeDatabase))
      await asAdmin(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

/** CREATE DATABASE fails while another session copies the same template: wait for the turn, at most 30 s. */
async function asAdmin(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query("SET lock_timeout = '30s'; SELECT pg_advisory_lock(7325460013)")
    await client.query(sql)
  } finally {
    await client.end()
  }
}
