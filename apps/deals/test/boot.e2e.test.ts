import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { dealCreated, userCreated } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { append, connectBus, on, startConsumer, startRelay } from '@dealwire/messaging'
import { createLogger, createMetrics } from '@dealwire/telemetry'
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

test('starts, hears of a user, assigns a deal to it, tells the world of the deal, and stops when told to', async ({
  db,
  actor,
}) => {
  const port = await freePort()
  const service = start({
    DATABASE_URL: db.url('deals'),
    NATS_URL: nats.url,
    INTERNAL_SECRET: TEST_INTERNAL_SECRET,
    PORT: String(port),
    LOG_LEVEL: 'warn',
  })
  const url = `http://127.0.0.1:${port}`
  const headers = { ...identityHeaders(actor, 'deals'), 'content-type': 'application/json' }

  // Identity's side of the stream, and a subscriber of the deals.
  const logger = createLogger({ service: 'test', level: 'silent' })
  const metrics = createMetrics('test')
  const bus = connectBus({ url: nats.url, name: 'test', logger })
  const database = db.open('gateway')
  const relay = startRelay({ database, bus, source: 'identity', logger, metrics })
  const told: string[] = []
  const consumer = startConsumer({
    database,
    bus,
    consumer: 'test-deals',
    filterSubject: 'crm.deals.deal.*.*',
    handlers: [on(dealCreated, async (_tx, event) => void told.push(event.data.deal.title))],
    logger,
    metrics,
  })
  try {
    await waitFor(
      'readiness',
      async () => {
        const answer = await fetch(`${url}/health/readiness`).catch(() => undefined)
        return answer !== undefined && ((await answer.json()) as { status: string }).status === 'ready'
      },
      20_000,
    )
    const user = {
      userId: randomUUID(),
      name: 'Nino',
      email: 'n@example.ge',
      role: 'EMPLOYEE',
      active: true,
      teamId: null,
    }
    await withTx(database, async (tx) => append(tx, actor, userCreated, { id: user.userId, version: 1 }, user))
    const made = await fetch(`${url}/v1/deals`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ title: 'Roof', assignedToId: user.userId }),
    })
    expect([made.status, ((await made.json()) as { assignedToName: string }).assignedToName]).toEqual([201, 'Nino'])
    await waitFor('the deal to be told', () => told.length === 1)
    expect(told).toEqual(['Roof'])
  } finally {
    await Promise.all([consumer.stop(), relay.stop()])
    await bus.close()
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
