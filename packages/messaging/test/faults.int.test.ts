import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Database, run, statement, withTx } from '@dealwire/db/client'
import { privateDatabase, privateServer, test, waitFor } from '@dealwire/testing'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished } from 'vitest'
import { append, type Bus, listenLive } from '../src/index.ts'
import { author, createEffects, effects, logger, noted, numbered, workbench, write } from './support.ts'

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

const sorted = (texts: readonly string[]) => [...texts].sort()

/** What has happened is a set: order across redeliveries is not promised, exactly once is. */
async function expectExactly(database: Database, expected: readonly string[], consumer = 'deals-notes'): Promise<void> {
  await waitFor('all effects', async () => (await effects(database, consumer)).length >= expected.length, 20_000)
  expect(sorted(await effects(database, consumer))).toEqual(sorted(expected))
}

/** Events of a log that is not this test's. */
async function publishElsewhere(bus: Bus, companyid: string, texts: readonly string[]): Promise<void> {
  for (const [sequence, text] of texts.entries()) {
    const id = randomUUID()
    const message = {
      ...{
        specversion: '1.0',
        id,
        source: '/elsewhere',
        type: noted.type,
        subject: id,
        time: new Date().toISOString(),
      },
      ...{ datacontenttype: 'application/json', dataschema: `urn:dealwire:event:${noted.type}`, companyid },
      ...{ correlationid: 'test', sequence, aggregateversion: 1, data: { text } },
    }
    await bus.connection()?.jetstream().publish(`crm.elsewhere.note.written.${companyid}`, JSON.stringify(message))
  }
}

describe('NATS stopped and started', () => {
  test('what is written meanwhile arrives afterwards, none lost, none twice', async ({ db }) => {
    const database = db.open('deals')
    await createEffects(db)
    const by = author()
    bench.relay(database)
    bench.consume(database)
    await write(database, by, ...numbered('before', 20))
    await expectExactly(database, numbered('before', 20))

    await nats.stop()
    await write(database, by, ...numbered('during', 20))
    await expect(bench.bus.check()).rejects.toThrow('not connected')
    await nats.start()
    await write(database, by, ...numbered('after', 20))
    await expectExactly(database, [...numbered('before', 20), ...numbered('during', 20), ...numbered('after', 20)])
    await bench.bus.check()
  })

  test('killed in the middle of a busy stream, it loses and doubles nothing', async ({ db }) => {
    const database = db.open('deals')
    const by = author()
    bench.relay(database)
    bench.consume(database, { consumer: 'deals-killed', filterSubject: `crm.*.*.*.${by.companyId}`, batchSize: 50 })
    const expected: string[] = []
    for (let round = 0; round < 40; round++) {
      const texts = numbered(`round${round}`, 50)
      expected.push(...texts)
      await write(database, by, ...texts)
      if (round === 20) {
        await nats.kill()
        await nats.start()
      }
    }
    await expectExactly(database, expected, 'deals-killed')
  })

  test('a disk that has forgotten the last moments: the relay publishes them again, and consumers begin anew', async ({
    db,
  }) => {
    const database = db.open('deals')
    const by = author()
    const consumer = { consumer: 'deals-forgotten', filterSubject: `crm.*.*.*.${by.companyId}` }
    bench.relay(database)
    bench.consume(database, consumer)
    await write(database, by, ...numbered('kept', 30))
    await expectExactly(database, numbered('kept', 30), consumer.consumer)
    await nats.stop()
    const backup = await nats.copyData()
    await nats.start()
    await write(database, by, ...numbered('lost', 30))
    await expectExactly(database, [...numbered('kept', 30), ...numbered('lost', 30)], consumer.consumer)
    await bench.end()
    await nats.stop()
    // The messages fall back, the consumers' positions do not: the worse of the two.
    await backup.restore((path) => !path.includes('/obs/'))
    await nats.start()

    bench = workbench(nats.url)
    const waiting = bench.consume(database, consumer)
    await waitFor('the consumer', () => waiting.status().connected)
    // Another service was faster: its events take the places of those that were lost.
    await publishElsewhere(bench.bus, by.companyId, numbered('other', 30))
    bench.relay(database)
    bench.consume(database, { ...consumer, consumer: 'deals-newcomer' })
    await write(database, by, ...numbered('after', 30))
    const all = ['kept', 'lost', 'other', 'after'].flatMap((name) => numbered(name, 30))
    await expectExactly(database, all, consumer.consumer)
    await expectExactly(database, all, 'deals-newcomer')
  })
})

describe('live listeners', () => {
  test('every process hears every event, and is told when it may have missed some', async ({ db }) => {
    const database = db.open('deals')
    const by = author()
    bench.relay(database)
    const heard: string[][] = [[], []]
    const gaps = [0, 0]
    const listeners = [0, 1].map((index) =>
      listenLive({
        bus: bench.openBus(`listener-${index}`),
        filterSubject: `crm.*.*.*.${by.companyId}`,
        events: [noted],
        onEvent: (event) => heard[index]?.push(event.data.text),
        onGap: () => {
          gaps[index] = (gaps[index] ?? 0) + 1
        },
        logger,
      }),
    )
    onTestFinished(async () => {
      await Promise.all(listeners.map((listener) => listener.stop()))
    })
    await waitFor('both to listen', () => gaps.every((count) => count === 1))
    await write(database, by, 'one')
    await waitFor('both to hear', () => heard.every((texts) => texts.includes('one')))
    await nats.stop()
    await nats.start()
    await waitFor('both to know of the gap', () => gaps.every((count) => count === 2), 10_000)
    await write(database, by, 'two')
    await waitFor('both to hear again', () => heard.every((texts) => texts.includes('two')))
    expect(heard).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ])
  })
})

describe('relays', () => {
  function spawnRelay(url: string): ChildProcess {
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('relay-process.ts', import.meta.url)), url, nats.url],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    return child
  }

  test('a relay killed between publishing and storing its cursor loses nothing and doubles no effect', async ({
    db,
  }) => {
    const database = db.open('deals')
    const by = author()
    const first = spawnRelay(db.url('deals'))
    await once(first.stdout ?? first, 'data')

    // The cursor's row is locked, so the relay publishes and then cannot store where it is. The lock must be the younger
    // transaction: an older one would hold back the events themselves.
    const lock = new pg.Client({ connectionString: db.adminUrl })
    await lock.connect()
    await withTx(database, async (tx) => {
      await tx.client.query('SELECT pg_current_xact_id()')
      await lock.query('BEGIN; SELECT * FROM deals.relay_cursor FOR UPDATE')
      for (const text of numbered('kill', 30)) append(tx, by, noted, { id: randomUUID(), version: 1 }, { text })
    })
    await waitFor('publishing to have happened', async () => {
      const manager = await bench.bus.connection()?.jetstreamManager()
      const info = await manager?.streams.info('CRM', { subjects_filter: `crm.*.*.*.${by.companyId}` })
      return info?.state.subjects?.[`crm.deals.note.written.${by.companyId}`] === 30
    })
    first.kill('SIGKILL')
    await once(first, 'exit')
    await lock.end()

    const second = bench.relay(database)
    bench.consume(database, { consumer: 'deals-sigkill', filterSubject: `crm.*.*.*.${by.companyId}` })
    await waitFor('the take-over', () => second.status().active, 5_000)
    await write(database, by, 'afterwards')
    await expectExactly(database, [...numbered('kill', 30), 'afterwards'], 'deals-sigkill')
  })

  test('of two relays one is active, and the other takes over when it is killed under load', async ({ db }) => {
    const database = db.open('deals')
    const by = author()
    const first = spawnRelay(db.url('deals'))
    await once(first.stdout ?? first, 'data')
    const second = bench.relay(database)
    bench.consume(database, { consumer: 'deals-takeover', filterSubject: `crm.*.*.*.${by.companyId}` })
    const expected: string[] = []
    for (let round = 0; round < 40; round++) {
      const texts = numbered(`load${round}`, 50)
      expected.push(...texts)
      await write(database, by, ...texts)
      if (round < 20) expect(second.status().active).toBe(false)
      if (round === 20) first.kill('SIGKILL')
    }
    await waitFor('the take-over', () => second.status().active, 5_000)
    await expectExactly(database, expected, 'deals-takeover')
  })
})

describe('Postgres killed and restarted', () => {
  const countDead = statement('test_count_dead', 'SELECT count(*)::int AS count FROM dead_letter')

  test('relay and consumer go on by themselves, nothing lost, nothing twice, nothing set aside', async () => {
    const { server, db, dispose } = await privateDatabase()
    onTestFinished(dispose)
    await createEffects(db)
    const database = db.open('deals')
    const by = author()
    bench.relay(database)
    bench.consume(database, {
      consumer: 'deals-postgres',
      filterSubject: `crm.*.*.*.${by.companyId}`,
      batchSize: 20,
      maxDeliveries: 1,
    })
    const expected = numbered('before', 200)
    await write(database, by, ...expected)
    await server.kill()
    await server.start()
    await waitFor(
      'the database',
      async () =>
        write(database, by, 'after').then(
          () => true,
          () => false,
        ),
      10_000,
    )
    expected.push('after')
    await expectExactly(database, expected, 'deals-postgres')
    expect(await run(database, countDead, [])).toEqual([{ count: 0 }])
    await bench.end()
    await database.pool.end()
  })
})
