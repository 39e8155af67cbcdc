import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { expect, test } from 'vitest'
import { deleteData, startServer, startServers, sweepAbandoned, testFolder, waitUntil } from '../src/index.ts'
import { processIdentity } from '../src/process-identity.ts'

const newFolder = () => join(testFolder, `servers-${randomUUID().slice(0, 8)}`)

test('a killed Postgres comes back at the same address with everything that was committed', async () => {
  const dataFolder = newFolder()
  const postgres = await startServer('postgres', { dataFolder, persist: true })
  await query(postgres.url, 'CREATE TABLE kept AS SELECT 1 AS value')

  await postgres.kill('SIGKILL')
  await expect(query(postgres.url, 'SELECT 1')).rejects.toThrow()
  await postgres.start()

  expect(await query(postgres.url, 'SELECT value FROM kept')).toEqual([{ value: 1 }])
  await postgres.stop()
  deleteData(dataFolder)
})

test('stopping throw-away servers leaves no process and no folder', async () => {
  const dataFolder = newFolder()
  const servers = await startServers({ dataFolder, persist: false, from: 'private' })
  const pids = [servers.postgres.pid, servers.redis.pid, servers.nats.pid]

  await servers.stop()

  expect(pids.filter(lives)).toEqual([])
  expect(existsSync(dataFolder)).toBe(false)
})

test('servers end when the process that started them is killed, and the next run clears their data away', async () => {
  const dataFolder = newFolder()
  const holder = spawn(process.execPath, [fileURLToPath(new URL('hold-servers.ts', import.meta.url)), dataFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(holder.stdout, 'data')) as [Buffer]
  const pids = JSON.parse(line.toString()) as number[]
  expect(pids.filter(lives)).toEqual(pids)

  holder.kill('SIGKILL')

  expect(await waitUntil(async () => !pids.some(lives), { timeoutMs: 30_000 })).toBe(true)
  await sweepAbandoned(testFolder)
  expect(existsSync(dataFolder)).toBe(false)
})

const lives = (pid: number | undefined) => pid !== undefined && processIdentity(pid) !== undefined

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query(sql)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}
