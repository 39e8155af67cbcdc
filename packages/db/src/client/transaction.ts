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
  /** What else happens at the end of the transaction. */
  readonly hooks: TxHooks
  /** Forgets the hooks so far: for a rollback to a savepoint that undid what they stand for. */
  discardHooks(): void
}

export type TxHooks = {
  /** Last statements, sent in the same round trip as COMMIT. */
  readonly beforeCommit: (() => Promise<unknown>)[]
  /** Runs after COMMIT, never after a rollback; must not throw and is not awaited. */
  readonly afterCommit: (() => void)[]
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
  const tx = makeTx(database, client)
  let broken: Error | undefined
  try {
    // Not awaited: BEGIN travels with the first statement. Should it fail, that statement and COMMIT fail with it.
    const begun = client.query('BEGIN')
    begun.catch(() => undefined)
    const result = await work(tx)
    await finish([begun, ...tx.hooks.beforeCommit.map((last) => last()), commit(client)])
    for (const done of tx.hooks.afterCommit) done()
    return result
  } catch (error) {
    broken = await rollback(client, error)
    throw error
  } finally {
    client.release(broken)
  }
}

/** The failure of the earliest step is the cause; COMMIT only says that there was one, and may say so first. */
async function finish(steps: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(steps)
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

function makeTx(database: Database, client: pg.PoolClient): Tx {
  let orm: NodePgDatabase | undefined
  let hooks: TxHooks = { beforeCommit: [], afterCommit: [] }
  return {
    [txBrand]: true,
    database,
    client,
    get orm() {
      orm ??= drizzle(client)
      return orm
    },
    get hooks() {
      return hooks
    },
    discardHooks() {
      hooks = { beforeCommit: [], afterCommit: [] }
    },
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
