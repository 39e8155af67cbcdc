import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { migrateAll, type ServiceWithSchema, serviceNames } from '@dealwire/db/migrate'
import { type Servers, startServers, sweepAbandoned, testFolder } from '@dealwire/local'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { TEST_PASSWORD } from './database.ts'
import './provided.ts'

/** Brings up the servers once for the whole run, and migrates the database that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepAbandoned(testFolder)
  const servers = await startServers({
    dataFolder: join(testFolder, randomUUID().slice(0, 8)),
    persist: false,
    log: (line) => process.stderr.write(`  ${line}\n`),
  })
  try {
    const template = `template_${randomUUID().replaceAll('-', '')}`
    await createTemplate(servers.databaseUrl, template)
    project.provide('servers', {
      databaseUrl: servers.databaseUrl,
      redisUrl: servers.redisUrl,
      natsUrl: servers.natsUrl,
    })
    project.provide('templateDatabase', template)
    return () => tearDown(servers, template)
  } catch (error) {
    await servers.stop()
    throw error
  }
}

async function createTemplate(databaseUrl: string, template: string): Promise<void> {
  await execute(databaseUrl, `CREATE DATABASE ${template}`)
  const adminUrl = new URL(databaseUrl)
  adminUrl.pathname = `/${template}`
  const passwords = Object.fromEntries(serviceNames.map((name) => [name, TEST_PASSWORD])) as Record<
    ServiceWithSchema,
    string
  >
  await migrateAll({ adminUrl: adminUrl.href, passwords })
}

async function tearDown(servers: Servers, template: string): Promise<void> {
  // A database server that is not ours keeps running: leave nothing in it.
  const dropped = await execute(servers.databaseUrl, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`).then(
    () => undefined,
    (error: unknown) => error,
  )
  await servers.stop()
  if (dropped !== undefined) throw dropped
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
