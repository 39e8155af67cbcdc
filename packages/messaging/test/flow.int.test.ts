import { randomUUID } from 'node:crypto'
import { envelope } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { privateServer, test, waitFor } from '@dealwire/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest'
import { append, onBatch } from '../src/index.ts'
import { author, counted, createEffects, effects, noted, numbered, takeEffect, workbench, write } from './support.ts'

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

describe('from the log to the effect', () => {
  test('an event arrives once, in the published envelope, and has its effect once', async ({ db }) => {
    const database = db.open('deals')
    await createEffects(db)
    await bench.bus.waitUntilUp(5_000, AbortSignal.timeout(5_000))
    const seen: { subject: string; text: string }[] = []
    bench.bus.connection()?.subscribe('crm.>', {
      callback: (_error, message) => seen.push({ subject: message.subject, text: message.string() }),
    })
    await bench.bus.connection()?.flush()
    bench.relay(database)
    bench.consume(database)

    const by = author()
    const id = randomUUID()
    await withTx(database, async (tx) =>
      append(tx, by, noted, { id, version: 3 }, { text: 'first "quoted" ☎', answer: null }),
    )
    await waitFor('the effect', async () => (await effects(database)).length === 1)

    const [message] = seen
    expect(seen).toHaveLength(1)
    expect(message?.subject).toBe(`crm.deals.note.written.${by.companyId}`)
    const read = envelope.parse(JSON.parse(message?.text ?? ''))
    expect(read).toMatchObject({
      source: '/deals',
      type: noted.type,
      subject: id,
      companyid: by.companyId,
      correlationid: 'test',
      aggregateversion: 3,
    })
    expect(read.data).toEqual({ text: 'first "quoted" ☎', answer: null })
    expect(Object.keys(read)).not.toContain('actorid')
    expect(await effects(database)).toEqual(['first "quoted" ☎'])
  })

  test('a transaction that began first and commits last leaves no gap and no disorder', async ({ db }) => {
    const database = db.open('deals')
    const by = author()
    bench.relay(database)
    bench.consume(database, { consumer: 'deals-order' })
    let release: (() => void) | undefined
    const slow = withTx(database, async (tx) => {
      await tx.client.query('SELECT pg_current_xact_id()')
      append(tx, by, noted, { id: randomUUID(), version: 1 }, { text: 'slow' })
      await new Promise<void>((resolve) => {
        release = resolve
      })
    })
    await waitFor('the slow transaction', () => release !== undefined)
    await write(database, by, 'quick')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await effects(database, 'deals-order')).not.toContain('quick')

    release?.()
    await slow
    await waitFor('both', async () => (await effects(database, 'deals-order')).includes('quick'))
    expect((await effects(database, 'deals-order')).slice(-2)).toEqual(['slow', 'quick'])
  })

  test('batch handlers get neighbours together, and events nobody handles are passed over', async ({ db }) => {
    const database = db.open('deals')
    const by = author()
    const sizes: number[] = []
    await withTx(database, async (tx) => {
      for (const text of numbered('batch', 300)) append(tx, by, noted, { id: randomUUID(), version: 1 }, { text })
      append(tx, by, counted, { id: randomUUID(), version: 1 }, { count: 300 })
    })
    bench.relay(database)
    bench.consume(database, {
      consumer: 'deals-batch',
      filterSubject: `crm.*.*.*.${by.companyId}`,
      handlers: [
        onBatch([noted], async (tx, events) => {
          sizes.push(events.length)
          await takeEffect(
            tx,
            'deals-batch',
            events.map((event) => event.data.text),
          )
        }),
      ],
    })
    await waitFor('all notes', async () => (await effects(database, 'deals-batch')).length >= 300)
    expect(await effects(database, 'deals-batch')).toEqual(numbered('batch', 300))
    expect(sizes.length).toBeLessThan(20)
  })
})
