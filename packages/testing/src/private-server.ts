import { randomUUID } from 'node:crypto'
import { cp, stat } from 'node:fs/promises'
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

export type PrivateServer = LocalServer & {
  /** Of a stopped server: `restore` puts the files of the copy back that `isWanted` names, while it is stopped again. */
  copyData(): Promise<{ restore(isWanted: (path: string) => boolean): Promise<void> }>
  dispose(): Promise<void>
}

/** A server of the caller's own, to be stopped, killed and started again; gone with `dispose`. */
export async function privateServer(
  name: ServerName,
  options: { durable?: boolean } & Pick<ServersOptions, 'nats'> = {},
): Promise<PrivateServer> {
  const dataFolder = join(testFolder, `private-${randomUUID().slice(0, 8)}`)
  const server = await startServer(name, { ...options, dataFolder, persist: options.durable ?? false })
  const copy = `${dataFolder}-copy`
  return Object.assign(server, {
    async copyData() {
      await cp(join(dataFolder, name), copy, { recursive: true })
      return {
        async restore(isWanted: (path: string) => boolean) {
          await cp(copy, join(dataFolder, name), {
            recursive: true,
            force: true,
            filter: async (path) => (await stat(path)).isDirectory() || isWanted(path),
          })
        },
      }
    },
    async dispose() {
      await server.stop()
      deleteData(dataFolder)
      deleteData(copy)
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
