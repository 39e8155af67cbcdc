import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import type { Database } from './database.ts'
import { isConnectionLost, isRetriable, translateFailure } from './failures.ts'

const txBrand: unique symbol = Symbol('tx')

/** An open transaction: its own type, so that passing a pool where a transaction is due does not compile. */
export type Tx = {
  readonly [txBrand]: true
  readonly database: Database
  readonly client: pg.PoolClient
  readonly orm: NodePgDatabase
  /** Runs after COMMIT, never after a rollback; must not throw and must not be awaited. */
  afterCommit(work: () => void): void
  /** Runs a last statement in the same round trip as COMMIT. */
  beforeCommit(work: () => Promise<unknown>): void
}

export function isTx(executor: object): executor is Tx {
  return txBrand in executor
}

const MAX_ATTEMPTS = 4

/**
 * Runs `work` in one transaction: all of it or nothing.
 * A deadlock or serialization failure runs it again from the start, up to four times, so `work` must have no other effects.
 */
export async function withTx<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptTx(database, work)
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !isRetriable(error)) throw translateFailure(error)
      // Two victims that wake together deadlock again: spread them.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt))
    }
  }
}

async function attemptTx<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await database.pool.connect()
  const hooks: Hooks = { after: [], before: [] }
  let broken: Error | undefined
  try {
    database.counters.queries += 2
    // Not awaited: BEGIN travels with the first statement. Should it fail, that statement and COMMIT fail with it.
    const begun = client.query('BEGIN')
    begun.catch(() => undefined)
    const result = await work(makeTx(database, client, hooks))
    await Promise.all([begun, ...hooks.before.map((last) => last()), commit(client)])
    for (const done of hooks.after) done()
    return result
  } catch (error) {
    broken = await rollback(client, error)
    throw error
  } finally {
    client.release(broken)
  }
}

type Hooks = { after: (() => void)[]; before: (() => Promise<unknown>)[] }

function makeTx(database: Database, client: pg.PoolClient, hooks: Hooks): Tx {
  let orm: NodePgDatabase | undefined
  return {
    [txBrand]: true,
    database,
    client,
    get orm() {
      orm ??= drizzle(client)
      return orm
    },
    afterCommit: (done) => hooks.after.push(done),
    beforeCommit: (last) => hooks.before.push(last),
  }
}

/** Postgres answers COMMIT of an aborted transaction with ROLLBACK and no error: a swallowed failure must not look like success. */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT')
  if (command !== 'COMMIT') throw new Error('The transaction had failed before it was committed; nothing was stored')
}

/** Returns the reason to throw the connection away, if there is one. */
async function rollback(client: pg.PoolClient, cause: unknown): Promise<Error | undefined> {
  if (isConnectionLost(cause)) return cause instanceof Error ? cause : new Error('connection lost')
  try {
    await client.query('ROLLBACK')
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error('rollback failed')
  }
}
