import { randomUUID } from 'node:crypto'
import { type Database, run, statement } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { createMetrics } from '@dealwire/telemetry'
import { privateServer, test, waitFor } from '@dealwire/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest'
import { listDeadLetters, maintainEventLog, on, pruneInbox, replay, startJob } from '../src/index.ts'
import { publishDeadLetters } from '../src/publish-dead-letters.ts'
import {
  asAdmin,
  author,
  createEffects,
  effects,
  logger,
  noted,
  numbered,
  takeEffect,
  workbench,
  write,
} from './support.ts'

let nats: Awaited<ReturnType<typeof privateServer>>
let bench: ReturnType<typeof workbench>

beforeAll(async () => {
  nats = await privateServer('nats')
})
afterAll(() => nats.dispose())
beforeEach(() => {
  bench = workbench(nats.url)
})
afterEach(() => bench.end())

async function openLetters(database: Database, companyId: string, count: number) {
  return await waitFor(`${count} dead letters`, async () => {
    const letters = await listDeadLetters(database, companyId, { limit: 100 })
    return letters.length >= count && letters
  })
}

describe('messages that cannot be handled', () => {
  test('a poisonous event is set aside after its deliveries, and its neighbours have their effect meanwhile', async ({
    db,
  }) => {
    const database = db.open('deals')
    await createEffects(db)
    const by = author()
    let isCured = false
    bench.relay(database)
    const consumer = bench.consume(database, {
      consumer: 'deals-poison',
      filterSubject: `crm.*.*.*.${by.companyId}`,
      maxDeliveries: 2,
      handlers: [
        on(noted, async (tx, event) => {
          await takeEffect(tx, 'deals-poison', [event.data.text])
          if (event.data.text === 'n-5' && !isCured) throw new Error('boom')
        }),
      ],
    })
    await write(database, by, ...numbered('n', 10))
    await waitFor('the neighbours', async () => (await effects(database, 'deals-poison')).length === 9)

    const [letter] = await openLetters(database, by.companyId, 1)
    expect(letter).toMatchObject({ consumer: 'deals-poison', error: 'Error: boom', deliveries: 2, resolvedAt: null })
    const id = letter?.id ?? ''
    await expect(consumer.retryDeadLetter(by.companyId, id)).rejects.toThrow('boom')
    await expect(consumer.retryDeadLetter(randomUUID(), id)).rejects.toThrow('No dead letter')

    isCured = true
    const retries = await Promise.allSettled([
      consumer.retryDeadLetter(by.companyId, id),
      consumer.retryDeadLetter(by.companyId, id),
    ])
    expect(retries.map((retry) => retry.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await effects(database, 'deals-poison')).filter((text) => text === 'n-5')).toHaveLength(1)
    expect(await listDeadLetters(database, by.companyId, { limit: 10 })).toEqual([])
  })

  test('dead letters published again have their effect where they failed and nowhere else; what fails again is a new one', async ({
    db,
  }) => {
    const database = db.open('deals')
    const by = author()
    const filterSubject = `crm.*.*.*.${by.companyId}`
    let isCured = false
    bench.relay(database)
    bench.consume(database, { consumer: 'deals-well', filterSubject })
    bench.consume(database, {
      consumer: 'deals-ill',
      filterSubject,
      handlers: [
        on(noted, async (tx, event) => {
          if (!isCured || event.data.text === 'hopeless') throw new AppError('invalid', 'refused', 'Not now')
          await takeEffect(tx, 'deals-ill', [event.data.text])
        }),
      ],
    })
    await write(database, by, 'curable', 'hopeless')
    const before = await openLetters(database, by.companyId, 2)
    isCured = true
    const options = { database, bus: bench.bus, companyId: by.companyId }
    expect(await publishDeadLetters({ ...options, consumer: 'deals-other' })).toBe(0)
    expect(await publishDeadLetters(options)).toBe(2)
    await waitFor('the cured one', async () => (await effects(database, 'deals-ill')).length === 1)
    const after = await openLetters(database, by.companyId, 1)
    expect(after).toMatchObject([{ consumer: 'deals-ill', error: 'invalid refused: Not now' }])
    expect(before.map(({ id }) => id)).not.toContain(after[0]?.id)
    expect(await effects(database, 'deals-ill')).toEqual(['curable'])
    expect((await effects(database, 'deals-well')).sort()).toEqual(['curable', 'hopeless'])
  })

  test('an invalid event is set aside at once, one about something gone is dropped', async ({ db }) => {
    const database = db.open('deals')
    const by = author()
    bench.relay(database)
    bench.consume(database, {
      consumer: 'deals-kinds',
      filterSubject: `crm.*.*.*.${by.companyId}`,
      handlers: [
        on(noted, async (_tx, event) => {
          throw new AppError(event.data.text === 'gone' ? 'gone' : 'invalid', 'refused', `Refused '${event.data.text}'`)
        }),
      ],
    })
    await write(database, by, 'gone', 'invalid')
    const letters = await openLetters(database, by.companyId, 1)
    expect(letters).toMatchObject([{ error: "invalid refused: Refused 'invalid'", deliveries: 1 }])
  })

  test('a message that cannot be read is set aside at once and does not stop the next', async ({ db }) => {
    const database = db.open('deals')
    const by = author()
    const consumer = 'deals-unreadable'
    bench.relay(database)
    bench.consume(database, { consumer, filterSubject: `crm.*.*.*.${by.companyId}` })
    await bench.bus.waitUntilUp(5_000, AbortSignal.timeout(5_000))
    const stream = bench.bus.connection()?.jetstream()
    for (const body of ['not json', '{"specversion":"1.0"}', Buffer.from([0xff, 0x00, 0x7b])]) {
      await stream?.publish(`crm.deals.note.written.${by.companyId}`, body)
    }
    await write(database, by, 'readable')
    await waitFor('the readable one', async () => (await effects(database, consumer)).includes('readable'))
    const letters = await openLetters(database, by.companyId, 3)
    const reasons = letters.map((letter) => letter.error.replace('Error: The message cannot be read: ', '').slice(0, 8))
    expect(reasons).toEqual(['not JSON', 'envelope', 'not JSON'])
  })

  test('an event too large for the server is set aside and does not stop the log', async ({ db }) => {
    const database = db.open('deals')
    const by = author()
    bench.relay(database)
    bench.consume(database, { consumer: 'deals-large', filterSubject: `crm.*.*.*.${by.companyId}` })
    await write(database, by, 'small-1', 'x'.repeat(9 * 1024 ** 2), 'small-2')
    await waitFor('both small ones', async () => (await effects(database, 'deals-large')).length === 2)
    const letters = await openLetters(database, by.companyId, 1)
    expect(letters).toMatchObject([{ consumer: 'relay-deals' }])
    const relay = bench.relay(database)
    await expect(relay.retryDeadLetter(by.companyId, letters[0]?.id ?? '')).rejects.toThrow('still refuses')
  })
})

describe('replay', () => {
  test('a stream that was lost is filled again from the log; old effects stay single, missing ones come', async ({
    db,
  }) => {
    const database = db.open('deals')
    const by = author()
    const consumer = 'deals-replay'
    const options = { consumer, filterSubject: `crm.*.*.*.${by.companyId}` }
    bench.relay(database)
    const before = bench.consume(database, options)
    await write(database, by, ...numbered('seen', 20))
    await waitFor('the seen ones', async () => (await effects(database, consumer)).length === 20)
    await before.stop()
    await write(database, by, ...numbered('unseen', 20))
    const manager = await bench.bus.connection()?.jetstreamManager()
    await waitFor('publication', async () => {
      const info = await manager?.streams.info('CRM', { subjects_filter: `crm.*.*.*.${by.companyId}` })
      return info?.state.subjects?.[`crm.deals.note.written.${by.companyId}`] === 40
    })
    await nats.stop()
    await nats.start()
    await bench.bus.waitUntilUp(5_000, AbortSignal.timeout(5_000))
    await (await bench.bus.connection()?.jetstreamManager())?.streams.delete('CRM')
    bench.consume(database, options)
    await waitFor(
      'the stream to be declared again',
      async () =>
        await manager?.streams.info('CRM').then(
          () => true,
          () => false,
        ),
      10_000,
    )

    expect(await replay({ database, bus: bench.bus, source: 'deals', companyId: by.companyId })).toEqual({
      published: 40,
      refused: 0,
    })
    await waitFor('all', async () => (await effects(database, consumer)).length >= 40, 10_000)
    expect((await effects(database, consumer)).sort()).toEqual(
      [...numbered('seen', 20), ...numbered('unseen', 20)].sort(),
    )
    const none = {
      database,
      bus: bench.bus,
      source: 'deals',
      companyId: by.companyId,
      from: new Date(Date.now() + 60_000),
    }
    expect(await replay(none)).toEqual({ published: 0, refused: 0 })
    expect(await replay({ ...none, from: new Date(0), types: ['crm.deals.other.thing'] })).toEqual({
      published: 0,
      refused: 0,
    })
  })
})

describe('housekeeping', () => {
  const inboxSize = statement('test_inbox_size', 'SELECT count(*)::int AS count FROM inbox')

  test('the inbox forgets what is old and only that', async ({ db }) => {
    const database = db.open('inventory')
    const row = (days: number) => `(gen_random_uuid(), 'test', gen_random_uuid(), now() - interval '${days} days')`
    await asAdmin(
      db,
      `INSERT INTO inventory.inbox (company_id, consumer, event_id, received_at) VALUES ${row(40)}, ${row(31)}, ${row(2)}`,
    )
    expect(await pruneInbox(database, 30)).toBe(2)
    expect(await run(database, inboxSize, [])).toEqual([{ count: 1 }])
  })

  test('old partitions go, but not while an event in them is unpublished', async ({ db }) => {
    const database = db.open('analytics')
    await asAdmin(
      db,
      `CREATE TABLE analytics.event_log_2020_01 PARTITION OF analytics.event_log FOR VALUES FROM ('2020-01-01Z') TO ('2020-02-01Z');
       INSERT INTO analytics.event_log (company_id, occurred_at, event_id, type, entity_id, entity_version, correlation_id, data)
       VALUES (gen_random_uuid(), '2020-01-15Z', gen_random_uuid(), 'crm.analytics.a.b', 'x', 1, 'test', '{}')`,
    )
    const hasOld = statement(
      'test_has_old_partition',
      `SELECT to_regclass('analytics.event_log_2020_01') IS NOT NULL AS yes`,
    )
    await maintainEventLog(database, { source: 'analytics', retentionMonths: 13, logger })
    expect(await run(database, hasOld, [])).toEqual([{ yes: true }])
    await asAdmin(db, `INSERT INTO analytics.relay_cursor SELECT 'analytics', tx_id, seq FROM analytics.event_log`)
    await maintainEventLog(database, { source: 'analytics', retentionMonths: 13, logger })
    expect(await run(database, hasOld, [])).toEqual([{ yes: false }])
  })

  test('a job runs in one process at a time, and goes on after a failure', async ({ db }) => {
    let running = 0
    let most = 0
    let runs = 0
    const metrics = createMetrics('deals')
    const job = () => ({
      database: db.open('deals'),
      metrics,
      name: 'test',
      everySeconds: 0.02,
      logger,
      run: async () => {
        running++
        runs++
        most = Math.max(most, running)
        await new Promise((resolve) => setTimeout(resolve, 10))
        running--
        if (runs % 3 === 0) throw new Error('now and then')
      },
    })
    const jobs = [startJob(job()), startJob(job()), startJob(job())]
    await waitFor('some runs', () => runs > 20)
    await Promise.all(jobs.map((one) => one.stop()))
    expect(most).toBe(1)
    const told = async (name: string) => (await metrics.getSingleMetric(name)?.get())?.values
    expect(await told('background_job_failures_total')).toMatchObject([
      { labels: { name: 'test' }, value: Math.floor(runs / 3) },
    ])
    expect(await told('background_job_success_timestamp_seconds')).toMatchObject([{ labels: { name: 'test' } }])
  })
})
