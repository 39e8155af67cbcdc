import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { run, statement } from '@dealwire/db/client'
import { privateServer, TEST_INTERNAL_SECRET, test, waitFor } from '@dealwire/testing'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { PASSWORD, type SignedIn, TOKEN_SECRET } from './gateway.ts'

const main = join(import.meta.dirname, '../src/main.ts')

let nats: Awaited<ReturnType<typeof privateServer>>
beforeAll(async () => {
  nats = await privateServer('nats')
})
afterAll(() => nats.dispose())

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

function start(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'pipe'] })
}

const published = statement('test_published', `SELECT seq FROM relay_cursor WHERE name = 'identity' AND seq > 0`)

test('starts, registers a company, publishes what happened, and stops when told to', async ({ db }) => {
  const port = await freePort()
  const gateway = start({
    DATABASE_URL: db.url('gateway'),
    REDIS_URL: inject('servers').redisUrl,
    NATS_URL: nats.url,
    INTERNAL_SECRET: TEST_INTERNAL_SECRET,
    TOKEN_SECRET,
    PORT: String(port),
    LOG_LEVEL: 'warn',
  })
  const url = `http://127.0.0.1:${port}`
  try {
    await waitFor(
      'readiness',
      async () => {
        const answer = await fetch(`${url}/health/readiness`).catch(() => undefined)
        return answer?.ok === true
      },
      20_000,
    )
    const registered = await fetch(`${url}/v1/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        companyName: 'C',
        name: 'N',
        email: 'n@boot.test',
        password: PASSWORD,
        timeZone: 'Asia/Beirut',
      }),
    })
    expect(registered.status).toBe(201)
    const { accessToken, company } = (await registered.json()) as SignedIn
    expect(company).toMatchObject({ timeZone: 'Asia/Beirut', defaultRegion: 'LB' })
    await waitFor('the events to be published', async () => (await run(db.open('gateway'), published, [])).length === 1)
    await waitFor('the audit log to have them', async () => {
      const answer = await fetch(`${url}/v1/audit-log`, { headers: { authorization: `Bearer ${accessToken}` } })
      return JSON.stringify(await answer.json()).includes('"method":"registration"')
    })
  } finally {
    gateway.kill('SIGTERM')
  }
  const [code] = await once(gateway, 'exit')
  expect(code).toBe(0)
})

test('stops at once and names every variable that is missing', async () => {
  const gateway = start({})
  const said: Buffer[] = []
  gateway.stderr?.on('data', (chunk: Buffer) => said.push(chunk))
  const [code] = await once(gateway, 'close')
  expect(code).toBe(1)
  for (const name of ['DATABASE_URL', 'NATS_URL', 'INTERNAL_SECRET', 'TOKEN_SECRET'])
    expect(Buffer.concat(said).toString()).toContain(name)
})
