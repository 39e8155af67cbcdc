import { randomUUID } from 'node:crypto'
import { allEvents, sampleOf } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { append, connectBus, startConsumer, startRelay } from '@dealwire/messaging'
import { createMetrics } from '@dealwire/telemetry'
import { privateServer, test, waitFor } from '@dealwire/testing'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { callEnds } from '../src/calls/call-events.ts'
import { dealChanges } from '../src/deals/deal-events.ts'
import { CONSUMER } from '../src/projections/consumer.ts'
import { watchLag } from '../src/projections/watch-lag.ts'
import { appOn, get, handler, logger, subscription } from './bench.ts'
import { call } from './events.ts'

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
  const lag = watchLag({ bus, consumer: CONSUMER, logger, metrics, settle: async () => undefined })
  const app = appOn(analytics, lag)
  try {
    await waitFor('the consumer', () => consumer.status().connected)
    const now = new Date().toISOString()
    const money = { value: '250.00', currency: 'GEL', baseValue: '250.00', baseCurrency: 'GEL' }
    const stage = { pipelineId: randomUUID(), stage: 'LEAD', stageKind: 'OPEN' as const, stageEnteredAt: now }
    // On a machine that is busy with other things, one deal of three has to make it.
    const tookMs: number[] = []
    while (tookMs.length < 3 && !tookMs.some((ms) => ms < 2_000)) {
      const id = randomUUID()
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
        return dashboard.deals.open === tookMs.length + 1
      })
      tookMs.push(performance.now() - startedAt)
    }
    expect(Math.min(...tookMs)).toBeLessThan(2_000)
    await waitFor('the figures to be known to have it', () => (lag.caughtUpAt() ?? 0) > Date.parse(now))
    const { meta } = await get(app, actor, '/v1/analytics/dashboard')
    expect(Date.parse(meta.asOf)).toBeGreaterThan(Date.parse(now))
    expect(meta.lagMs).toBeLessThan(2_000)
  } finally {
    await Promise.all([consumer.stop(), lag.stop(), relay.stop()])
    await bus.close()
  }
})

test('an event that cannot be projected is set aside, and those around it are in the figures', async ({
  db,
  actor,
}) => {
  const [telephony, analytics] = [db.open('telephony-ingest'), db.open('analytics')]
  const metrics = createMetrics('test')
  const bus = connectBus({ url: nats.url, name: 'test', logger })
  const consumer = startConsumer({ ...subscription, database: analytics, bus, logger, metrics, maxDeliveries: 2 })
  const relay = startRelay({ database: telephony, bus, source: 'telephony', logger, metrics })
  const app = appOn(analytics, { caughtUpAt: () => null })
  try {
    // No month so long ago has a partition, nor may it get one.
    const times = ['2026-03-10T10:00:00.000Z', '1999-01-01T10:00:00.000Z', '2026-03-10T11:00:00.000Z']
    await withTx(telephony, async (tx) => {
      for (const startedAt of times) {
        const { call: ended } = call(randomUUID(), startedAt)
        append(tx, actor, callEnds[0], { id: ended.id, version: 1 }, { call: { ...ended, direction: 'INBOUND' } })
      }
    })
    const letters = async () =>
      (await analytics.pool.query('SELECT consumer, error FROM dead_letter WHERE company_id = $1', [actor.companyId]))
        .rows
    await waitFor('the dead letter', async () => (await letters()).length === 1, 20_000)
    expect((await letters())[0]).toMatchObject({ consumer: CONSUMER, error: expect.stringContaining('1999') })
    const overview = await get(app, actor, '/v1/telephony/stats/overview?from=2026-03-10&to=2026-03-10')
    expect(overview.total).toBe(2)
    expect(await metrics.metrics()).toMatch(/dead_letters_total\{[^}]*consumer="analytics"[^}]*\} 1/)
  } finally {
    await Promise.all([consumer.stop(), relay.stop()])
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
