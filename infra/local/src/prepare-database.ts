import { migrateAll } from '@dealwire/db/migrate'
import pg from 'pg'
import type { Log } from './local-server.ts'
import type { Secrets } from './secrets.ts'

const databaseName = 'dealwire'

/** The system's database: on a server of our own one that is made when it is missing, else the one that the URL names. */
export async function ownDatabase(serverUrl: string, { isOurs }: { isOurs: boolean }): Promise<string> {
  if (!isOurs) return serverUrl
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [databaseName])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${databaseName}`)
  } finally {
    await client.end()
  }
  const url = new URL(serverUrl)
  url.pathname = `/${databaseName}`
  return url.href
}

/** Brings the schemas up to date, and the roles' passwords to those of this machine. */
export async function prepareDatabase(adminUrl: string, { passwords }: Secrets, log: Log): Promise<void> {
  await migrateAll({ adminUrl, passwords, log })
}
