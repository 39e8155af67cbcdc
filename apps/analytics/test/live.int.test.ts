import { randomUUID } from 'node:crypto'
import { allEvents, sampleOf } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { append, connectBus, startConsumer, startRelay } from '@dealwire/messaging'
import { createMetrics } from '@dealwire/telemetry'
import { privateServer, test, waitFor } from '@dealwire/testing'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { dealChanges } from '../src/deals/deal-events.ts'
import { CONSUMER } from '../src/projections/consumer.ts'
import { watchLag } from '../src/projections/watch-lag.ts'
import { appOn, get, handler, logger, subscription } from './bench.ts'

let nats: Awaited<ReturnType<typeof privateServer>>
beforeAll(async () => {
  nats = await privateServer('nats')
})
afterAll(() => nats.dispose())

test('the dashboard changes within two seconds of a deal, through log, relay, stream and inbox', async ({
  db,
  actor,
}) => {
  const deals = db.open('deals')
  const analytics = db.open('analytics')
  const metrics = createMetrics('test')
  const bus = connectBus({ url: nats.url, name: 'test', logger })
  const relay = startRelay({ database: deals, bus, source: 'deals', logger, metrics })
  const consumer = startConsumer({ ...subscription, database: analytics, bus, logger, metrics })
  const lag = watchLag({ bus, consumer: CONSUMER, logger, metrics })
  const app = appOn(analytics, lag)
  try {
    await waitFor('the consumer', () => consumer.status().connected)
    const id = randomUUID()
    const now = new Date().toISOString()
    const money = { value: '250.00', currency: 'GEL', baseValue: '250.00', baseCurrency: 'GEL' }
    const stage = { pipelineId: randomUUID(), stage: 'LEAD', stageKind: 'OPEN' as const, stageEnteredAt: now }
    const startedAt = performance.now()
    await withTx(deals, async (tx) => {
      append(
        tx,
        actor,
        dealChanges[0],
        { id, version: 1 },
        { deal: { id, title: 'Boiler', ...money, ...stage, createdAt: now } },
      )
    })
    await waitFor('the deal on the dashboard', async () => {
      const dashboard = await get(app, actor, '/v1/analytics/dashboard')
      return dashboard.deals.open === 1
    })
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    await waitFor('the lag to be known', () => lag.status().waitingEvents === 0)
    const { meta } = await get(app, actor, '/v1/analytics/dashboard')
    expect(meta.lagMs).toBe(0)
  } finally {
    await Promise.all([consumer.stop(), lag.stop(), relay.stop()])
    await bus.close()
  }
})

describe('what analytics reads of an event', () => {
  const published = new Map(allEvents.map((spec) => [spec.type as string, spec]))
  const followed = handler.specs.filter((spec) => published.has(spec.type))

  test.for(followed.map((spec) => spec.type))('is in what its service publishes: %s', (type) => {
    const [spec, contract] = [handler.specs.find((one) => one.type === type), published.get(type)]
    if (spec === undefined || contract === undefined) throw new Error(`'${type}' is not an event`)
    expect(spec.data.safeParse(sampleOf(contract.data, 'output')).error).toBeUndefined()
  })
})
