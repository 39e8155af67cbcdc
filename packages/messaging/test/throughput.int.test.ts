import { randomUUID } from 'node:crypto'
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

test('a full log drains in batches, not event by event', async ({ db }) => {
  const database = db.open('deals')
  const by = author(randomUUID())
  await run(database, fillLog, [by.companyId, noted.type, EVENTS])
  const bench = workbench(nats.url)
  await bench.bus.waitUntilUp(5_000, AbortSignal.timeout(5_000))
  const consumer = `deals-${by.companyId}`
  const filterSubject = `crm.*.*.*.${by.companyId}`
  let handled = 0
  let batches = 0
  const count = onBatch([noted], async (_tx, events) => {
    handled += events.length
    batches++
  })
  bench.consume(database, { consumer, filterSubject, handlers: [count] })
  bench.relay(database)
  await waitFor('all events', () => handled >= EVENTS, 25_000)
  await bench.end()
  expect(await run(database, countInbox, [consumer])).toEqual([{ count: EVENTS }])
  // Speed belongs to the machine; what makes it is that hundreds of events share a transaction.
  expect(batches).toBeLessThan(EVENTS / 50)
})
