import type pg from 'pg'
import type { Database } from './database.ts'
import { translateFailure } from './failures.ts'
import { isTx, type Tx } from './transaction.ts'

/** Reads accept either; writes take a `Tx`. */
export type Executor = Database | Tx

/** SQL with its name: prepared once per connection under that name, and named in slow-query warnings. */
export type Statement = { readonly name: string; readonly text: string }

const names = new Map<string, string>()

/** Declares a prepared statement. Two texts under one name would answer each other's queries, so that is refused at load. */
export function statement(name: string, text: string): Statement {
  const known = names.get(name)
  if (known !== undefined && known !== text) throw new Error(`Two statements are named '${name}'`)
  names.set(name, text)
  return { name, text }
}

/** Runs a statement and returns its rows as the driver parsed them. Storage trouble arrives as an `AppError`. */
export async function run<Row>(executor: Executor, query: Statement, values: readonly unknown[]): Promise<Row[]> {
  const result = await send(executor, query, values)
  return result.rows as Row[]
}

/** As `run`, for a statement that returns at most one row. */
export async function runOne<Row>(
  executor: Executor,
  query: Statement,
  values: readonly unknown[],
): Promise<Row | undefined> {
  const rows = await run<Row>(executor, query, values)
  return rows[0]
}

async function send(executor: Executor, query: Statement, values: readonly unknown[]): Promise<pg.QueryResult> {
  const database = isTx(executor) ? executor.database : executor
  const target = isTx(executor) ? executor.client : executor.pool
  const startedAt = performance.now()
  try {
    return await target.query({ name: query.name, text: query.text, values: values as unknown[] })
  } catch (error) {
    throw translateFailure(error)
  } finally {
    const durationMs = performance.now() - startedAt
    if (durationMs > database.slowQueryMs)
      database.logger.warn({ query: query.name, durationMs: Math.round(durationMs) }, 'slow query')
  }
}
