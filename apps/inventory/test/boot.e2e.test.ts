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

test('starts, becomes ready, publishes what happens, and stops when told to', async ({ db, actor }) => {
  const port = await freePort()
  const service = start({
    DATABASE_URL: db.url('inventory'),
    NATS_URL: nats.url,
    INTERNAL_SECRET: TEST_INTERNAL_SECRET,
    PORT: String(port),
    LOG_LEVEL: 'warn',
  })
  const get = (path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: identityHeaders(actor, 'inventory') })
  try {
    await waitFor('readiness', async () => {
      const answer = await get('/health/readiness').catch(() => undefined)
      return answer !== undefined && ((await answer.json()) as { status: string }).status === 'ready'
    })
    const made = await fetch(`http://127.0.0.1:${port}/v1/inventory/products`, {
      method: 'POST',
      headers: { ...identityHeaders(actor, 'inventory'), 'content-type': 'application/json' },
      body: JSON.stringify({ sku: 'A', name: 'A' }),
    })
    expect(made.status).toBe(201)
    await waitFor('the event to be published', async () =>
      /relay_published_total\{[^}]*\} 1/.test(await (await get('/metrics')).text()),
    )
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
