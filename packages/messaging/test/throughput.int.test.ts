import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { run, statement } from '@dealwire/db/client'
import { privateServer, test, waitFor } from '@dealwire/testing'
import { afterAll, beforeAll, expect } from 'vitest'
import { onBatch } from '../src/index.ts'
import { author, noted, workbench } from './support.ts'

const EVENTS = 20_000

let nats: Awaited<ReturnType<typeof privateServer>>

beforeAll(async () => {
  nats = await privateServer('nats')
})
afterAll(() => nats.dispose())

const fillLog = statement(
  'test_fill_log',
  `INSERT INTO event_log (company_id, event_id, type, entity_id, entity_version, correlation_id, data)
   SELECT $1, gen_random_uuid(), $2, gen_random_uuid()::text, 1, 'test', jsonb_build_object('text', 'note ' || n) FROM generate_series(1, $3) n`,
)
const countInbox = statement('test_count_inbox', 'SELECT count(*)::int AS count FROM inbox WHERE consumer = $1')

// Four times the floor on two idle cores; tried again because the cores of a test run are rarely idle.
test('the log drains through the stream into the inbox at more than 5,000 events a second', { retry: 2 }, async ({ db }) => {
  const database = db.open('deals')
  const by = author(randomUUID())
  await run(database, fillLog, [by.companyId, noted.type, EVENTS])
  const bench = workbench(nats.url)
  await bench.bus.waitUntilUp(5_000, AbortSignal.timeout(5_000))
  const consumer = `deals-${by.companyId}`
  const filterSubject = `crm.*.*.*.${by.companyId}`
  let handled = 0
  const handlers = [onBatch([noted], async (_tx, events) => void (handled += events.length))]
  const startedAt = performance.now()
  const cpu = process.cpuUsage()
  bench.consume(database, { consumer, filterSubject, handlers })
  bench.relay(database)
  await waitFor('all events', () => handled >= EVENTS, 20_000)
  const seconds = (performance.now() - startedAt) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  await bench.end()
  expect(await run(database, countInbox, [consumer])).toEqual([{ count: EVENTS }])
  const perSecond = Math.round(EVENTS / seconds)
  process.stdout.write(`${perSecond} events/s, ${((user + system) / 1e6).toFixed(2)} s of this process's CPU for ${EVENTS} events\n`)
  expect(perSecond).toBeGreaterThan(5_000)
})
