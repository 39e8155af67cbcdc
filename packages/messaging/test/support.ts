import { randomUUID } from 'node:crypto'
import { type Author, defineEvent } from '@dealwire/contracts'
import { type Database, run, statement, type Tx, withTx } from '@dealwire/db/client'
import { createLogger, createMetrics, type Registry } from '@dealwire/telemetry'
import type { TestDatabase } from '@dealwire/testing'
import pg from 'pg'
import { z } from 'zod'
import {
  append,
  type Bus,
  type Consumer,
  type ConsumerOptions,
  connectBus,
  on,
  type Relay,
  startConsumer,
  startRelay,
} from '../src/index.ts'

export const noted = defineEvent(
  'crm.deals.note.written',
  'A note was written',
  z.object({ text: z.string(), answer: z.string().nullish() }),
)
export const counted = defineEvent('crm.deals.note.counted', 'Notes were counted', z.object({ count: z.number() }))

export const logger = createLogger({ service: 'test', level: 'silent' })

export function author(companyId: string = randomUUID()): Author {
  return { companyId, userId: null, requestId: 'test' }
}

/** Appends notes to the log, in one transaction. */
export async function write(database: Database, by: Author, ...texts: readonly string[]): Promise<void> {
  await withTx(database, async (tx) => {
    for (const text of texts) append(tx, by, noted, { id: randomUUID(), version: 1 }, { text })
  })
}

/** A table where doubled effects show: it has no unique key. */
export async function createEffects(db: TestDatabase): Promise<void> {
  await asAdmin(
    db,
    'CREATE TABLE deals.effects (consumer text, text text); GRANT ALL ON deals.effects TO dealwire_deals',
  )
}

export async function asAdmin(db: TestDatabase, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: db.adminUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

const insertEffect = statement(
  'test_insert_effect',
  'INSERT INTO effects (consumer, text) SELECT $1, unnest($2::text[])',
)
const readEffects = statement('test_read_effects', 'SELECT text FROM effects WHERE consumer = $1 ORDER BY ctid')

export async function takeEffect(tx: Tx, consumer: string, texts: readonly string[]): Promise<void> {
  await run(tx, insertEffect, [consumer, texts])
}

export async function effects(database: Database, consumer = 'deals-notes'): Promise<string[]> {
  const rows = await run<{ text: string }>(database, readEffects, [consumer])
  return rows.map((row) => row.text)
}

export function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`)
}

/** Everything a test starts, ended in the opposite order. */
export function workbench(natsUrl: string, metrics: Registry = createMetrics('test')) {
  const endings: (() => Promise<void>)[] = []
  const openBus = (name = 'test'): Bus => {
    const bus = connectBus({ url: natsUrl, name, logger, streamMaxBytes: 256 * 1024 ** 2 })
    endings.push(bus.close)
    return bus
  }
  const bus = openBus()
  return {
    bus,
    metrics,
    openBus,
    relay(database: Database, over: Bus = bus): Relay {
      const relay = startRelay({ database, bus: over, source: 'deals', logger, metrics })
      endings.push(relay.stop)
      return relay
    },
    /** A consumer that writes down each note; or whatever `options` say. */
    consume(database: Database, options: Partial<ConsumerOptions> = {}): Consumer {
      const consumer = options.consumer ?? 'deals-notes'
      const handlers = [on(noted, (tx, event) => takeEffect(tx, consumer, [event.data.text]))]
      const started = startConsumer({
        database,
        bus,
        consumer,
        filterSubject: 'crm.deals.>',
        handlers,
        logger,
        metrics,
        ...options,
      })
      endings.push(started.stop)
      return started
    },
    async end(): Promise<void> {
      for (const ending of endings.reverse()) await ending()
    },
  }
}
