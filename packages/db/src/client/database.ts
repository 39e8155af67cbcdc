import type { Logger } from '@dealwire/telemetry'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'

// Numbers that JavaScript holds exactly stay numbers; NUMERIC and BIGINT beyond that stay strings.
pg.types.setTypeParser(pg.types.builtins.INT8, (value) => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
})
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value)

export type DatabaseOptions = {
  readonly url: string
  /** The service's own schema: unqualified names mean its tables, and `extensions` what all may use. */
  readonly schema: string
  /** Shown in `pg_stat_activity`, so that an operator sees who holds a lock. */
  readonly applicationName: string
  readonly maxConnections: number
  readonly logger: Logger
  readonly slowQueryMs?: number
  /** Longest a statement may run on the server; the client gives up one second later. */
  readonly statementTimeoutMs?: number
  /**
   * Plans a statement once for any values, from its first use on. Otherwise Postgres plans one anew at each use whenever it thinks that
   * cheaper, and it always does where a look-up of five keys is reckoned as ten: that took longer than to run it. Not for lists that are
   * planned by value.
   */
  readonly plansOnce?: boolean
  /** Sends queries without waiting for the answer to the one before. Off for cursors and COPY. */
  readonly pipeline?: boolean
}

/** One pool of connections, and what is counted about it. */
export type Database = {
  readonly pool: pg.Pool
  readonly orm: NodePgDatabase
  readonly logger: Logger
  readonly slowQueryMs: number
  /** Statements sent since start; tests assert on the difference. */
  readonly counters: { queries: number }
}

/** Opens a pool. Connects lazily: a database that is away at boot is an error of the first query, not of this call. */
export function openDatabase(options: DatabaseOptions): Database {
  const statementTimeoutMs = options.statementTimeoutMs ?? 5_000
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    options: `-c search_path=${options.schema},extensions -c timezone=UTC${options.plansOnce === true ? ' -c plan_cache_mode=force_generic_plan' : ''}`,
    max: options.maxConnections,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + 1_000,
    lock_timeout: Math.min(2_000, statementTimeoutMs),
    idle_in_transaction_session_timeout: 10_000,
    pipeline: options.pipeline ?? true,
  } as pg.PoolConfig)
  const counters = { queries: 0 }
  const onError = (error: Error) => options.logger.warn({ err: error.message }, 'database connection lost')
  pool.on('error', onError)
  pool.on('connect', (client) => {
    // A connection that dies while it is checked out emits on the client; without a listener that ends the process.
    client.on('error', onError)
    const joinWrites = writeJoiner(client.connection)
    beforeEachQuery(client, () => {
      counters.queries++
      joinWrites()
    })
  })
  return { pool, orm: drizzle(pool), logger: options.logger, slowQueryMs: options.slowQueryMs ?? 100, counters }
}

/** Sees what is sent, whoever sends it: a repository through Drizzle, a prepared statement, BEGIN and COMMIT. */
function beforeEachQuery(client: pg.PoolClient, hook: () => void): void {
  const send = client.query.bind(client) as (...args: unknown[]) => unknown
  client.query = ((...args: unknown[]) => {
    hook()
    return send(...args)
  }) as typeof client.query
}

/**
 * What is asked in one go leaves in one write: BEGIN with the first statement, the last ones with COMMIT. Each write is a call of
 * the system here and a wake-up of the backend there; together they cost more than a simple statement.
 */
function writeJoiner({ stream }: pg.Connection): () => void {
  let isHeld = false
  return () => {
    if (isHeld) return
    isHeld = true
    stream.cork()
    process.nextTick(() => {
      isHeld = false
      stream.uncork()
    })
  }
}

/** Waits for running queries, then closes every connection. */
export async function closeDatabase(database: Database): Promise<void> {
  await database.pool.end()
}
