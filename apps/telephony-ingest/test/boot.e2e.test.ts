import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { callEnded, contactCreated, eventAuthor } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { append, connectBus, on, startConsumer, startRelay } from '@dealwire/messaging'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { bootService, identityHeaders, privateServer, test, waitFor } from '@dealwire/testing'
import { afterAll, beforeAll, expect } from 'vitest'
import { sequences } from './sequences.ts'
import { toInput } from './start-app.ts'

const main = join(import.meta.dirname, '../src/main.ts')

let nats: Awaited<ReturnType<typeof privateServer>>
beforeAll(async () => {
  nats = await privateServer('nats')
})
afterAll(() => nats.dispose())

test('starts, hears of a contact, names it on a call, tells the world of it, and stops when told to', async ({
  db,
  actor,
}) => {
  const service = await bootService(main, {
    DATABASE_URL: db.url('telephony-ingest'),
    NATS_URL: nats.url,
  })
  const headers = { ...identityHeaders(actor, 'telephony-ingest'), 'content-type': 'application/json' }

  // The deals side of the stream: its log and relay; and a subscriber of telephony's.
  const logger = createLogger({ service: 'test', level: 'silent' })
  const metrics = createMetrics('test')
  const bus = connectBus({ url: nats.url, name: 'test', logger })
  const database = db.open('deals')
  const relay = startRelay({ database, bus, source: 'deals', logger, metrics })
  const told: unknown[] = []
  const consumer = startConsumer({
    database,
    bus,
    consumer: 'test-calls',
    filterSubject: 'crm.telephony.call.*.*',
    handlers: [
      on(callEnded, async (_tx, event) => {
        told.push({ companyId: eventAuthor(event).companyId, name: event.data.call.contactName })
      }),
    ],
    logger,
    metrics,
  })
  try {
    const contact = { id: randomUUID(), name: 'Nino', email: null, phone: '+995599000001', phoneRaw: '599 00 00 01' }
    const rest = { customerId: null, position: null, duplicateOfId: null, createdById: null, version: 1 }
    const at = new Date().toISOString()
    await withTx(database, async (tx) =>
      append(
        tx,
        actor,
        contactCreated,
        { id: contact.id, version: 1 },
        { contact: { ...contact, ...rest, createdAt: at, updatedAt: at } },
      ),
    )
    const events = sequences.direct.map(toInput)
    const posted = await fetch(`${service.url}/v1/telephony/events`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ events }),
    })
    expect(posted.status).toBe(202)
    await waitFor('the name on the call', async () => {
      const { data } = (await (await fetch(`${service.url}/v1/telephony/calls`, { headers })).json()) as {
        data: { contactName: string | null }[]
      }
      return data[0]?.contactName === 'Nino'
    })
    await waitFor('the end to be told', () => told.length === 1)
    expect(told).toMatchObject([{ companyId: actor.companyId }])
  } finally {
    await Promise.all([consumer.stop(), relay.stop()])
    await bus.close()
    expect(await service.stop()).toBe(0)
  }
})
