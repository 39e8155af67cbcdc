import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { identityHeaders, privateServer, TEST_INTERNAL_SECRET, test, waitFor } from '@dealwire/testing'
import { afterAll, beforeAll, expect } from 'vitest'

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

test('starts, becomes ready, answers the dashboard, and stops when told to', async ({ db, actor }) => {
  const port = await freePort()
  const service = start({
    DATABASE_URL: db.url('analytics'),
    NATS_URL: nats.url,
    INTERNAL_SECRET: TEST_INTERNAL_SECRET,
    PORT: String(port),
    LOG_LEVEL: 'warn',
  })
  const get = (path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: identityHeaders(actor, 'analytics') })
  try {
    const isReady = async () => {
      const answer = await get('/health/readiness').catch(() => undefined)
      return answer !== undefined && ((await answer.json()) as { status: string }).status === 'ready'
    }
    await waitFor('readiness', isReady, 20_000)
    expect((await get('/v1/analytics/dashboard')).status).toBe(200)
    await waitFor('the lag to be measured', async () => {
      const metrics = await (await get('/metrics')).text()
      return /analytics_waiting_events\{[^}]*\} 0/.test(metrics)
    })
  } finally {
    service.kill('SIGTERM')
  }
  const [code] = await once(service, 'exit')
  expect(code).toBe(0)
})

test('stops at once and names every variable that is missing', async () => {
  const service = start({})
  const said: Buffer[] = []
  service.stderr?.on('data', (chunk: Buffer) => said.push(chunk))
  const [code] = await once(service, 'close')
  expect(code).toBe(1)
  for (const name of ['DATABASE_URL', 'NATS_URL', 'INTERNAL_SECRET'])
    expect(Buffer.concat(said).toString()).toContain(name)
})
