import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { deleteData, startServer, testFolder } from '@dealwire/local'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'

// Why transactions are our own `withTx` (docs/adr/0002): a BEGIN that fails inside db.transaction() keeps its client for ever.
// Run it: node infra/repro/drizzle-transaction-leak.ts

const POOL_SIZE = 2
const say = (line: string) => process.stdout.write(`${line}\n`)

function counts(pool: pg.Pool): string {
  return `${pool.totalCount} clients, ${pool.idleCount} idle, ${pool.waitingCount} waiting`
}

/** Every session of this pool ends with its first query, as when the server goes down at that moment. */
function poolOfDyingSessions(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: POOL_SIZE })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  pool.on('acquire', (client) => {
    client.query('SELECT pg_terminate_backend(pg_backend_pid())').catch(() => undefined)
  })
  return pool
}

async function reproduce(url: string): Promise<void> {
  const pool = poolOfDyingSessions(url)
  const database = drizzle(pool)
  for (let attempt = 1; attempt <= POOL_SIZE; attempt++) {
    const failure = await database
      .transaction(async () => undefined)
      .then(
        () => 'succeeded',
        (error: Error) => `failed (${error.cause instanceof Error ? error.cause.message : error.message})`,
      )
    say(`transaction ${attempt}: ${failure}; pool: ${counts(pool)}`)
  }
  pool.removeAllListeners('acquire')
  const next = pool.query('SELECT 1').then(
    () => 'succeeded',
    (error: Error) => `failed (${error.message})`,
  )
  say(
    `next query, the server being well again: ${await Promise.race([next, sleep(3_000, 'no answer within 3000 ms')])}; pool: ${counts(pool)}`,
  )
}

const dataFolder = join(testFolder, `repro-${process.pid}`)
const server = await startServer('postgres', { dataFolder, persist: false, from: 'private' })
try {
  await reproduce(server.url)
} finally {
  await server.stop()
  deleteData(dataFolder)
}
