import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { dealCreated, userCreated } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { append, connectBus, on, startConsumer, startRelay } from '@dealwire/messaging'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { bootService, identityHeaders, privateServer, test, waitFor } from '@dealwire/testing'
import { afterAll, beforeAll, expect } from 'vitest'

const main = join(import.meta.dirname, '../src/main.ts')

let nats: Awaited<ReturnType<typeof privateServer>>
beforeAll(async () => {
  nats = await privateServer('nats')
})
afterAll(() => nats.dispose())

test('starts, hears of a user, assigns a deal to it, tells the world of the deal, and stops when told to', async ({
  db,
  actor,
}) => {
  const service = await bootService(main, {
    DATABASE_URL: db.url('deals'),
    NATS_URL: nats.url,
  })
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
    const user = {
      userId: randomUUID(),
      name: 'Nino',
      email: 'n@example.ge',
      role: 'EMPLOYEE',
      active: true,
      teamId: null,
    }
    await withTx(database, async (tx) => append(tx, actor, userCreated, { id: user.userId, version: 1 }, user))
    const made = await fetch(`${service.url}/v1/deals`, {
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
    expect(await service.stop()).toBe(0)
  }
})
