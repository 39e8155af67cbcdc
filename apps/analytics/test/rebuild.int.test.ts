import type { Actor, Envelope } from '@dealwire/contracts'
import { type Database, openDatabase, run, statement } from '@dealwire/db/client'
import { type Bus, connectBus, startConsumer, startRelay } from '@dealwire/messaging'
import { createMetrics } from '@dealwire/telemetry'
import { identityHeaders, privateServer, test, waitFor } from '@dealwire/testing'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect } from 'vitest'
import { sumTables } from '../src/rebuilds/projected-tables.repository.ts'
import { runRebuilds } from '../src/rebuilds/run-rebuilds.ts'
import { rebuildHandler } from '../src/subscriptions.ts'
import { appOn, get, logger, subscription } from './bench.ts'
import { makeHistory } from './history.ts'
import { randomFrom } from './random.ts'

let nats: Awaited<ReturnType<typeof privateServer>>
beforeAll(async () => {
  nats = await privateServer('nats')
})
afterAll(() => nats.dispose())

const services = { identity: 'gateway', deals: 'deals', inventory: 'inventory', telephony: 'telephony-ingest' } as const

const logEvents = statement(
  'test_log_events',
  `INSERT INTO event_log (company_id, occurred_at, event_id, type, entity_id, entity_version, correlation_id, data)
   SELECT companyid, now(), id, type, subject, aggregateversion, correlationid, data
   FROM json_to_recordset($1::json) AS e(companyid uuid, id uuid, type text, subject text, aggregateversion integer, correlationid text, data jsonb)`,
)

/** Into the log of the service that would have told it. */
async function log(sources: ReadonlyMap<string, Database>, events: readonly Envelope[]): Promise<void> {
  for (const [source, database] of sources) {
    const own = events.filter((event) => event.type.startsWith(`crm.${source}.`))
    await run(database, logEvents, [JSON.stringify(own)])
  }
}

async function rebuild(app: FastifyInstance, actor: Actor, work: () => Promise<void>, body: object = {}) {
  const headers = identityHeaders(actor, 'analytics')
  const answer = await app.inject({ method: 'POST', url: '/v1/analytics/rebuild', headers, payload: body })
  expect(answer.statusCode, answer.body).toBe(202)
  const again = await app.inject({ method: 'POST', url: '/v1/analytics/rebuild', headers, payload: body })
  expect(again.json().code).toBe('rebuild_running')
  await work()
  return await get(app, actor, `/v1/analytics/rebuild/${answer.json().id}`)
}

const countTold = statement(
  'test_count_told',
  `SELECT count(*) AS n FROM event_log WHERE type = 'crm.analytics.rebuild.completed'`,
)

const truncate = statement('test_forget_all', 'DELETE FROM deal_facts')

test('makes the same rows from the logs, also after the stream and all projections are gone', {
  timeout: 120_000,
}, async ({ db, actor }) => {
  const database = db.open('analytics')
  const url = db.url('analytics')
  const schema = 'analytics_shadow,analytics'
  const shadow = openDatabase({ url, schema, applicationName: 'shadow', maxConnections: 1, logger })
  const sources = new Map(Object.entries(services).map(([source, service]) => [source, db.open(service)]))
  const history = makeHistory(
    randomFrom('rebuild'),
    actor.companyId,
    Date.parse('2026-03-29T12:00:00Z'),
    'Asia/Tbilisi',
  )
  const late = history.events.slice(-40)
  const early = history.events.slice(0, -40)
  await log(sources, early)

  const metrics = createMetrics('test')
  const bus: Bus = connectBus({ url: nats.url, name: 'test', logger })
  const relays = [...sources].map(([source, of]) =>
    startRelay({ database: of, bus, source, logger, metrics: createMetrics(source) }),
  )
  const startProjection = () => startConsumer({ ...subscription, database, bus, logger, metrics, batchSize: 50 })
  let consumer = startProjection()
  const app = appOn(database)
  const signal = new AbortController().signal
  const work = () => runRebuilds({ database, shadow, bus, handler: rebuildHandler, logger, signal }, () => undefined)
  const counted = async () =>
    (await run<{ n: number }>(database, statement('test_count', 'SELECT count(*) AS n FROM inbox'), []))[0]?.n
  const told = async () => (await run<{ n: number }>(database, countTold, []))[0]?.n
  try {
    // Stopped in the middle: what was delivered and not settled comes again to the next one.
    for (const share of [0.2, 0.5]) {
      await waitFor('some of the history', async () => ((await counted()) ?? 0) >= early.length * share, 30_000)
      await consumer.stop()
      consumer = startProjection()
    }
    await waitFor('the history', async () => (await counted()) === early.length, 60_000)

    // Live events go on meanwhile; what is on its way is no difference.
    const [report] = await Promise.all([rebuild(app, actor, work), log(sources, late)])
    expect(report).toMatchObject({ status: 'done', swapped: true, error: null, differences: [] })
    await waitFor('the late events', async () => (await counted()) === history.events.length)
    const before = await sumTables(database, 'live', actor.companyId)

    // What was broken by hand is told by table and month, and is as it was afterwards.
    await run(database, truncate, [])
    const toldBefore = await told()
    const looked = await rebuild(app, actor, work, { dryRun: true })
    expect(await told()).toBe(toldBefore)
    expect(looked).toMatchObject({ status: 'done', swapped: false })
    expect(new Set(looked.differences.map((one: { table: string }) => one.table))).toEqual(new Set(['deal_facts']))

    const manager = await bus.connection()?.jetstreamManager({ checkAPI: false })
    expect(await manager?.streams.delete('CRM')).toBe(true)
    for (const { table } of before) await run(database, statement(`test_forget_${table}`, `DELETE FROM ${table}`), [])
    expect(await sumTables(database, 'live', actor.companyId)).toEqual([])
    const second = await rebuild(app, actor, work)
    expect(second).toMatchObject({ status: 'done', swapped: true, events: history.events.length })
    expect(await sumTables(database, 'live', actor.companyId)).toEqual(before)
    expect(await sumTables(database, 'rebuilt', actor.companyId)).toEqual([])
    expect(await told()).toBe((toldBefore ?? 0) + 1)
  } finally {
    await Promise.all([consumer.stop(), ...relays.map((relay) => relay.stop())])
    await bus.close()
    await shadow.pool.end()
  }
})
