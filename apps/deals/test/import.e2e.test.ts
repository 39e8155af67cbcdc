import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, identityHeaders, TEST_INTERNAL_SECRET, type TestDatabase, test, waitFor } from '@dealwire/testing'
import { expect, onTestFinished } from 'vitest'

const main = join(import.meta.dirname, '../src/main.ts')
const LONGEST_MS = 150_000
const MEGABYTE = 1024

type Service = { readonly url: string; readonly process: ChildProcess }

async function start(db: TestDatabase, folder: string, options: readonly string[] = []): Promise<Service> {
  const port = await freePort()
  const env = {
    DATABASE_URL: db.url('deals'),
    NATS_URL: 'nats://127.0.0.1:1', // away: nothing here needs it
    INTERNAL_SECRET: TEST_INTERNAL_SECRET,
    PORT: String(port),
    LOG_LEVEL: 'error',
    FILES_DIR: folder,
  }
  const process_ = spawn(process.execPath, [...options, main], { env, stdio: 'ignore' })
  onTestFinished(() => void process_.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  await waitFor('the service', async () => (await fetch(`${url}/health`).catch(() => undefined))?.ok, 30_000)
  return { url, process: process_ }
}

async function filesFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dealwire-import-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** The most memory that the process has had at any time, in KiB; undefined where the system does not tell. */
async function peakMemory({ process: { pid } }: Service): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(status) ?? []
  return kilobytes === undefined ? undefined : Number(kilobytes)
}

function* fileOf(header: string, rows: number, row: (n: number) => string): Generator<Buffer> {
  yield Buffer.from(`${header}\n`)
  for (let n = 0; n < rows; n += 1_000) {
    yield Buffer.from(Array.from({ length: Math.min(1_000, rows - n) }, (_, k) => `${row(n + k)}\n`).join(''))
  }
}

async function send({ url }: Service, headers: Record<string, string>, file: Iterable<Buffer>): Promise<string> {
  const answer = await fetch(`${url}/v1/deals/imports`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'text/csv' },
    body: ReadableStream.from(file),
    duplex: 'half',
  } as RequestInit)
  const body = (await answer.json()) as { id: string }
  expect([answer.status, body]).toEqual([202, expect.anything()])
  return `/v1/deals/imports/${body.id}`
}

async function read({ url }: Service, headers: Record<string, string>, path: string) {
  return (await (await fetch(`${url}${path}`, { headers })).json()) as {
    status: string
    created: number
    failed: number
  }
}

test('an import whose process is killed is finished by another one, with no row twice', {
  timeout: LONGEST_MS,
}, async ({ db, actor }) => {
  const folder = await filesFolder()
  const headers = identityHeaders(actor, 'deals')
  const [dying, staying] = [await start(db, folder), await start(db, folder)]
  const rows = 5_000
  const path = await send(
    dying,
    headers,
    fileOf('title,contactEmail', rows, (n) => `Deal ${n},c${n % 40}@example.ge`),
  )
  await waitFor('the first rows', async () => (await read(dying, headers, path)).created > 0, 60_000)
  // Either may have taken it: both die, and a third comes.
  for (const service of [dying, staying]) service.process.kill('SIGKILL')
  const heir = await start(db, folder)
  expect(await read(heir, headers, path)).toMatchObject({ status: 'running' })
  await waitFor('the end', async () => (await read(heir, headers, path)).status !== 'running', LONGEST_MS)
  expect(await read(heir, headers, path)).toMatchObject({ status: 'done', created: rows, failed: 0 })
  const { rows: found } = await db.open('deals').pool.query(
    `SELECT count(*)::int AS deals, count(DISTINCT title)::int AS titles, (SELECT count(*)::int FROM contacts WHERE company_id = $1) AS contacts,
       (SELECT count(*)::int FROM event_log WHERE company_id = $1 AND type = 'crm.deals.deal.created') AS told
     FROM deals WHERE company_id = $1`,
    [actor.companyId],
  )
  expect(found).toEqual([{ deals: rows, titles: rows, contacts: 40, told: rows }])
})

test('a file of 100,000 rows is taken and read in the memory of a few of them', { timeout: LONGEST_MS }, async ({
  db,
  actor,
}) => {
  // With room for little garbage: where there is more, how much is left lying says more about the machine than about the reading.
  const service = await start(db, await filesFolder(), ['--max-old-space-size=96', '--max-semi-space-size=4'])
  const headers = identityHeaders(actor, 'deals')
  const small = await send(
    service,
    headers,
    fileOf('title,notes', 2_000, () => `,${'x'.repeat(300)}`),
  )
  await waitFor('the small file', async () => (await read(service, headers, small)).status === 'done', 60_000)
  const usual = await peakMemory(service)
  // Thirty megabytes, of rows that are looked at and refused: what is measured is the reading.
  const large = await send(
    service,
    headers,
    fileOf('title,notes', 100_000, () => `,${'x'.repeat(300)}`),
  )
  await waitFor('the large file', async () => (await read(service, headers, large)).status === 'done', LONGEST_MS)
  expect(await read(service, headers, large)).toMatchObject({ created: 0, failed: 100_000 })
  const most = await peakMemory(service)
  process.stderr.write(`  peak: ${usual} KiB, then ${most} KiB\n`)
  expect((most ?? 0) - (usual ?? 0)).toBeLessThan(100 * MEGABYTE)
})
