import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { migrateAll, type ServiceWithSchema, serviceNames } from '@dealwire/db/migrate'
import {
  deleteData,
  type LocalServer,
  type ServerName,
  type ServersOptions,
  startServer,
  testFolder,
} from '@dealwire/local'
import pg from 'pg'
import { createTestDatabase, TEST_PASSWORD, type TestDatabase } from './database.ts'

/** A server of the caller's own, to be stopped, killed and started again; gone with `dispose`. */
export async function privateServer(
  name: ServerName,
  options: { durable?: boolean } & Pick<ServersOptions, 'nats'> = {},
): Promise<LocalServer & { dispose(): Promise<void> }> {
  const dataFolder = join(testFolder, `private-${randomUUID().slice(0, 8)}`)
  const server = await startServer(name, { ...options, dataFolder, persist: options.durable ?? false })
  return Object.assign(server, {
    async dispose() {
      await server.stop()
      deleteData(dataFolder)
    },
  })
}

/** A Postgres of the caller's own with a migrated database in it, which keeps what it has committed when it is killed. */
export async function privateDatabase(): Promise<{ server: LocalServer; db: TestDatabase; dispose(): Promise<void> }> {
  const server = await privateServer('postgres', { durable: true })
  const adminUrl = new URL(server.url)
  adminUrl.pathname = '/template'
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query('CREATE DATABASE template')
  await client.end()
  const passwords = Object.fromEntries(serviceNames.map((service) => [service, TEST_PASSWORD])) as Record<
    ServiceWithSchema,
    string
  >
  await migrateAll({ adminUrl: adminUrl.href, passwords })
  return { server, db: await createTestDatabase(server.url, 'template'), dispose: server.dispose }
}
