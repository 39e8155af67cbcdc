import type { Database } from '@dealwire/db/client'
import pg from 'pg'
import { withDeadline } from './pause.ts'

/** A connection outside the pool that lives long: advisory locks and LISTEN belong to a session. */
export type Session = {
  readonly client: pg.Client
  /** Ends the session, and with it its locks; gives up on an orderly end after a second. */
  end(): Promise<void>
}

const END_MS = 1_000

/** Opens a session with the settings of the service's pool. */
export async function openSession(database: Database, purpose: string): Promise<Session> {
  const { options } = database.pool
  const client = new pg.Client({
    ...options,
    application_name: `${options.application_name ?? 'dealwire'}-${purpose}`,
    // A process whose machine vanished must lose its lock within half a minute, not after the kernel's two hours.
    options: `${options.options ?? ''} -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4`,
  })
  client.on('error', (error) => database.logger.warn({ err: error.message, purpose }, 'database session lost'))
  await client.connect()
  return {
    client,
    async end() {
      try {
        await withDeadline(client.end(), END_MS, 'Closing the session')
      } catch {
        // It hangs or is broken already: cut it, the server then frees its locks.
        client.connection.stream.destroy()
      }
    },
  }
}

/** Takes the advisory lock of this name within the service's schema, if nobody holds it. It lasts as long as the session. */
export async function tryLock(client: pg.ClientBase, name: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    `SELECT pg_try_advisory_lock(hashtextextended(current_schema() || ' ' || $1, 0)) AS locked`,
    [name],
  )
  return rows[0]?.locked === true
}

export async function unlock(client: pg.ClientBase, name: string): Promise<void> {
  await client.query(`SELECT pg_advisory_unlock(hashtextextended(current_schema() || ' ' || $1, 0))`, [name])
}
