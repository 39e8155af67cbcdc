import { type Database, run, statement, withTx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import pg from 'pg'
import { describe, expect } from 'vitest'
import { test, waitFor } from '../src/index.ts'

const setNote = statement(
  'test_set_note',
  `INSERT INTO relay_cursor (name, tx_id, seq) VALUES ($1, '1', $2)
   ON CONFLICT (name) DO UPDATE SET seq = excluded.seq`,
)
const readNote = statement('test_read_note', 'SELECT seq FROM relay_cursor WHERE name = $1')
const backendPid = statement('test_backend_pid', 'SELECT pg_backend_pid() AS pid')

async function noteOf(database: Database, name: string): Promise<number | undefined> {
  const [row] = await run<{ seq: number }>(database, readNote, [name])
  return row?.seq
}

async function terminate(adminUrl: string, pid: number): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query('SELECT pg_terminate_backend($1)', [pid])
  await admin.end()
}

describe('withTx', () => {
  test('commits all of it, and runs after-commit work only then', async ({ db }) => {
    const database = db.open('deals')
    let seenAfterCommit: Promise<number | undefined> | undefined
    await withTx(database, async (tx) => {
      tx.hooks.afterCommit.push(() => {
        seenAfterCommit = noteOf(database, 'commits')
      })
      await run(tx, setNote, ['commits', 1])
    })
    expect(await seenAfterCommit).toBe(1)
  })

  test('stores nothing and runs no after-commit work when the work throws', async ({ db }) => {
    const database = db.open('deals')
    let ran = false
    const attempt = withTx(database, async (tx) => {
      tx.hooks.afterCommit.push(() => {
        ran = true
      })
      await run(tx, setNote, ['throws', 1])
      throw new AppError('conflict', 'no', 'refused')
    })
    await expect(attempt).rejects.toMatchObject({ code: 'no' })
    expect(await noteOf(database, 'throws')).toBeUndefined()
    expect(ran).toBe(false)
  })

  test('a failure that the work swallowed does not look like success', async ({ db }) => {
    const database = db.open('deals')
    const attempt = withTx(database, async (tx) => {
      await run(tx, setNote, ['swallowed', 1])
      await run(tx, statement('test_fails', 'SELECT 1 / 0'), []).catch(() => undefined)
    })
    await expect(attempt).rejects.toThrow('nothing was stored')
    expect(await noteOf(database, 'swallowed')).toBeUndefined()
  })

  test('a last statement that fails undoes the whole', async ({ db }) => {
    const database = db.open('deals')
    const attempt = withTx(database, async (tx) => {
      await run(tx, setNote, ['last', 1])
      tx.hooks.beforeCommit.push(() => run(tx, statement('test_last_fails', 'SELECT 1 / 0'), []))
    })
    await expect(attempt).rejects.toThrow('division by zero')
    expect(await noteOf(database, 'last')).toBeUndefined()
  })

  test('two that deadlock both succeed: the victim runs again', async ({ db }) => {
    const database = db.open('deals')
    await run(database, setNote, ['a', 0])
    await run(database, setNote, ['b', 0])
    let waiting = 0
    let bothHold: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      bothHold = resolve
    })
    const cross = (first: string, second: string) =>
      withTx(database, async (tx) => {
        await run(tx, setNote, [first, 1])
        waiting++
        if (waiting === 2) bothHold()
        await held
        await run(tx, setNote, [second, 2])
      })
    await Promise.all([cross('a', 'b'), cross('b', 'a')])
    expect(waiting).toBeGreaterThan(2)
  })

  test('a backend killed in the middle: 503 for that call, none of it stored, and the pool serves the next', async ({
    db,
  }) => {
    const database = db.open('deals', { maxConnections: 2 })
    for (let round = 0; round < 3; round++) {
      const attempt = withTx(database, async (tx) => {
        await run(tx, setNote, ['killed', round])
        const [row] = await run<{ pid: number }>(tx, backendPid, [])
        await terminate(db.adminUrl, row?.pid ?? 0)
        await run(tx, setNote, ['killed', round])
      })
      await expect(attempt).rejects.toMatchObject({ kind: 'unavailable', code: 'storage_unavailable' })
    }
    await waitFor('the pool to serve', () => noteOf(database, 'killed').then((note) => note === undefined))
  })

  test('a transaction that the server killed for idling leaves no statement behind in the next one', async ({ db }) => {
    const database = db.open('deals', { maxConnections: 1 })
    const idle = withTx(database, async (tx) => {
      await tx.client.query("SET LOCAL idle_in_transaction_session_timeout = '50ms'")
      await run(tx, setNote, ['idle', 1])
      await new Promise((resolve) => setTimeout(resolve, 200))
      await run(tx, setNote, ['idle', 2])
    })
    const next = withTx(database, async (tx) => {
      await run(tx, setNote, ['next', 1])
    })
    await expect(idle).rejects.toMatchObject({ kind: 'unavailable' })
    await next
    expect(await noteOf(database, 'idle')).toBeUndefined()
    expect(await noteOf(database, 'next')).toBe(1)
  })

  test.for(['53100', '25006'])('a server that cannot write (%s) is unavailable, not at fault', async (code, { db }) => {
    const attempt = withTx(db.open('deals'), (tx) =>
      tx.client.query(`DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '${code}'; END $$`),
    )
    await expect(attempt).rejects.toMatchObject({ code: 'storage_unavailable', retryAfterSeconds: 1 })
  })

  test('a server that is away costs no pool client', async () => {
    const { openDatabase, closeDatabase } = await import('@dealwire/db/client')
    const { createLogger } = await import('@dealwire/telemetry')
    const database = openDatabase({
      url: 'postgres://nobody@127.0.0.1:9/none',
      schema: 'deals',
      applicationName: 'test',
      maxConnections: 2,
      logger: createLogger({ service: 'test', level: 'silent' }),
    })
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(withTx(database, async () => undefined)).rejects.toMatchObject({ code: 'storage_unavailable' })
    }
    expect(database.pool.totalCount).toBe(0)
    await closeDatabase(database)
  })

  test('one statement and its commit are two round trips: BEGIN travels along', async ({ db }) => {
    const database = db.open('deals')
    const before = database.counters.queries
    await withTx(database, (tx) => run(tx, setNote, ['trips', 1]))
    expect(database.counters.queries - before).toBe(3)
  })
})
