import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { closeDatabase, openDatabase } from '@dealwire/db/client'
import { createLogger } from '@dealwire/telemetry'
import { freePort, type privateDatabase, type TestDatabase, waitFor } from '@dealwire/testing'

export type Standby = {
  /** A connection string of the primary, as one of the standby. */
  url(primaryUrl: string): string
  kill(): Promise<void>
}

type Primary = Awaited<ReturnType<typeof privateDatabase>>

/** A streaming standby of a private server, begun as a copy of its stopped data. */
export async function startStandby({ server, db }: Primary): Promise<Standby> {
  const { dataFolder, programs } = await whereIs(db)
  const copy = `${dataFolder}-standby`
  await server.stop()
  execFileSync('cp', ['-a', dataFolder, copy])
  await server.start()
  const port = await freePort()
  const primary = new URL(server.url)
  const source = `host=127.0.0.1 port=${primary.port} user=${primary.username} password=${decodeURIComponent(primary.password)}`
  appendFileSync(join(copy, 'postgresql.auto.conf'), `\nprimary_conninfo = '${source}'\n`)
  writeFileSync(join(copy, 'standby.signal'), '')
  rmSync(join(copy, 'postmaster.pid'), { force: true })
  const { uid, gid } = statSync(dataFolder)
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '300',
    shared_buffers: '16MB',
  }
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const child = spawn(join(programs, 'postgres'), ['-D', copy, '-p', String(port), ...flags], {
    stdio: 'ignore',
    ...(process.getuid?.() === 0 ? { uid, gid } : {}),
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const standby: Standby = {
    url: (primaryUrl) => Object.assign(new URL(primaryUrl), { port: String(port) }).href,
    async kill() {
      child.kill('SIGQUIT')
      await ended
      rmSync(copy, { recursive: true, force: true })
    },
  }
  await waitFor('the standby', () => isReady(standby.url(db.adminUrl)), 20_000)
  return standby
}

const open = (url: string) =>
  openDatabase({
    url,
    schema: 'deals',
    applicationName: 'test',
    maxConnections: 1,
    logger: createLogger({ service: 'test', level: 'silent' }),
  })

async function whereIs({ adminUrl }: TestDatabase): Promise<{ dataFolder: string; programs: string }> {
  const database = open(adminUrl)
  const { rows } = await database.pool.query(
    `SELECT current_setting('data_directory') AS "dataFolder", (SELECT setting FROM pg_config WHERE name = 'BINDIR') AS programs`,
  )
  await closeDatabase(database)
  return rows[0]
}

async function isReady(url: string): Promise<boolean> {
  const database = open(url)
  try {
    await database.pool.query('SELECT 1')
    return true
  } catch {
    return false // it is starting
  } finally {
    await closeDatabase(database)
  }
}
