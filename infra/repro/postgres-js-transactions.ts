import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { deleteData, startServer, testFolder } from '@dealwire/local'
import pg from 'pg'
import postgres from 'postgres'

// Why the driver is `pg` (docs/adr/0001): what two drivers do when a connection dies inside a transaction.
// Run it: node infra/repro/postgres-js-transactions.ts

type Execute = (text: string) => Promise<Record<string, unknown>[]>
type Driver = { begin(work: (execute: Execute) => Promise<void>): Promise<void>; query: Execute }

const IDLE_TIMEOUT_MS = 300
const drivers = { 'postgres.js': postgresJs, pg: nodePg } satisfies Record<string, (url: string) => Driver>
const cases = {
  'The backend is killed inside a transaction; afterwards the pool is used again': backendKilled,
  'The server ends idle transaction A, A goes on; B uses the next connection and rolls back': bothRolledBack,
  'The same, but A decides to roll back and B commits': onlyOneCommitted,
} satisfies Record<string, (driver: Driver, url: string) => Promise<void>>

function postgresJs(url: string): Driver {
  const sql = postgres(url, {
    max: 1,
    connection: { idle_in_transaction_session_timeout: IDLE_TIMEOUT_MS },
    onnotice: () => undefined,
  })
  return {
    begin: async (work) => {
      await sql.begin((tx) => work(async (text) => tx.unsafe(text)))
    },
    query: async (text) => sql.unsafe(text),
  }
}

function nodePg(url: string): Driver {
  const pool = new pg.Pool({ connectionString: url, max: 1, idle_in_transaction_session_timeout: IDLE_TIMEOUT_MS })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return {
    begin: async (work) => {
      const client = await pool.connect()
      const execute: Execute = async (text) => (await client.query(text)).rows
      let broken: Error | undefined
      try {
        await execute('BEGIN')
        await work(execute)
        await execute('COMMIT')
      } catch (error) {
        await execute('ROLLBACK').catch((reason: Error) => {
          broken = reason
        })
        throw error
      } finally {
        client.release(broken)
      }
    },
    query: async (text) => (await pool.query(text)).rows,
  }
}

async function backendKilled(driver: Driver, url: string): Promise<void> {
  const transaction = driver.begin(async (execute) => {
    const [row] = await execute('SELECT pg_backend_pid() AS pid')
    await asAdmin(url, `SELECT pg_terminate_backend(${Number(row?.['pid'])})`)
    await sleep(100)
    await execute("INSERT INTO notes VALUES ('after the kill')")
  })
  say(`transaction: ${await outcome(transaction)}`)
  await sleep(300)
  for (let attempt = 1; attempt <= 3; attempt++)
    say(`next query, attempt ${attempt}: ${await outcome(driver.query('SELECT 1'))}`)
}

async function bothRolledBack(driver: Driver, url: string): Promise<void> {
  await report(url, ...startTwo(driver, { aThrows: false, bThrows: true }))
}

async function onlyOneCommitted(driver: Driver, url: string): Promise<void> {
  await report(url, ...startTwo(driver, { aThrows: true, bThrows: false }))
}

/** A is silent until the server has ended it, then sends the rest. B waits for the only connection, and is still busy then. */
function startTwo(
  driver: Driver,
  { aThrows, bThrows }: { aThrows: boolean; bThrows: boolean },
): [Promise<void>, Promise<void>] {
  const a = driver.begin(async (execute) => {
    await execute("INSERT INTO notes VALUES ('A1')")
    await sleep(IDLE_TIMEOUT_MS + 150)
    await execute("INSERT INTO notes VALUES ('A2')")
    if (aThrows) throw new Error('A rolls back')
  })
  const b = driver.begin(async (execute) => {
    await execute("INSERT INTO notes VALUES ('B1')")
    await sleep(IDLE_TIMEOUT_MS - 50)
    await execute("INSERT INTO notes VALUES ('B2')")
    if (bThrows) throw new Error('B rolls back')
  })
  return [a, b]
}

async function report(url: string, a: Promise<void>, b: Promise<void>): Promise<void> {
  const [first, second] = await Promise.all([outcome(a), outcome(b)])
  await sleep(300)
  const rows = await asAdmin(url, "SELECT string_agg(note, ', ' ORDER BY note) AS notes FROM notes")
  say(`A: ${first}`)
  say(`B: ${second}`)
  say(`stored: ${String(rows[0]?.['notes'] ?? 'nothing')}`)
}

const say = (line: string) => process.stdout.write(`    ${line}\n`)

async function outcome(work: Promise<unknown>): Promise<string> {
  const deadlineMs = 3_000
  const settled = work.then(
    () => 'succeeded',
    (error: unknown) => `failed (${error instanceof Error ? error.message : String(error)})`,
  )
  return Promise.race([settled, sleep(deadlineMs, `no answer within ${deadlineMs} ms`)])
}

async function asAdmin(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** One case with one driver, in a process of its own: a fault may end the process. */
async function runChild(driver: keyof typeof drivers, name: keyof typeof cases, url: string): Promise<void> {
  process.on('uncaughtException', (error) =>
    say(`uncaught exception, which would end the process: ${error.name}: ${error.message}`),
  )
  await cases[name](drivers[driver](url), url)
  process.exit(0)
}

async function runAll(url: string): Promise<void> {
  for (const name of Object.keys(cases)) {
    process.stdout.write(`${name}\n`)
    for (const driver of Object.keys(drivers)) {
      process.stdout.write(`  ${driver}\n`)
      await asAdmin(url, 'DROP TABLE IF EXISTS notes; CREATE TABLE notes (note text NOT NULL)')
      const child = spawn(process.execPath, [fileURLToPath(import.meta.url), driver, name, url], { stdio: 'inherit' })
      await new Promise((resolve) => child.once('exit', resolve))
    }
  }
}

async function main(): Promise<void> {
  const dataFolder = join(testFolder, `repro-${process.pid}`)
  const server = await startServer('postgres', { dataFolder, persist: false, from: 'private' })
  try {
    await runAll(server.url)
  } finally {
    await server.stop()
    deleteData(dataFolder)
  }
}

const [driver, name, url] = process.argv.slice(2)
if (url === undefined) await main()
else await runChild(driver as keyof typeof drivers, name as keyof typeof cases, url)
