import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { privateServer, test, waitFor } from '@dealwire/testing'
import { AckPolicy, connect, type NatsConnection } from 'nats'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { author, createEffects, effects, workbench, write } from './support.ts'

const SERVICES = ['gateway', 'deals', 'inventory', 'telephony-ingest', 'analytics'] as const
const USERS = [...SERVICES, 'operator', 'subscriber'] as const
/** With what a URL has to escape in it. */
const passwordOf = (user: string) => `p@ss/${user}`
const variableOf = (user: string) => `NATS_${user.toUpperCase().replaceAll('-', '_')}_PASSWORD`

let server: Awaited<ReturnType<typeof privateServer>>

beforeAll(async () => {
  const configFile = fileURLToPath(new URL('../../../infra/nats/server.conf', import.meta.url))
  const env = Object.fromEntries(USERS.map((user) => [variableOf(user), passwordOf(user)]))
  server = await privateServer('nats', { nats: { configFile, env } })
})

afterAll(() => server.dispose())

function urlOf(user: string): string {
  const url = new URL(server.url)
  return `nats://${user}:${encodeURIComponent(passwordOf(user))}@${url.host}`
}

async function connectAs(user: string): Promise<NatsConnection> {
  return connect({ servers: server.url, user, pass: passwordOf(user), timeout: 3_000 })
}

describe('the accounts of a server for production', () => {
  test('nobody gets in without a password', async () => {
    await expect(connect({ servers: server.url })).rejects.toThrow(/Authorization/)
    await expect(connect({ servers: server.url, user: 'deals', pass: 'wrong' })).rejects.toThrow(/Authorization/)
  })

  test('a service publishes its events, and another one hears them', async ({ db }) => {
    await createEffects(db)
    const database = db.open('deals')
    const deals = workbench(urlOf('deals'))
    const inventory = workbench(urlOf('inventory'))
    deals.relay(database)
    inventory.consume(database)
    await write(database, author(), 'one', 'two')
    await waitFor('both notes', async () => (await effects(database)).length === 2, 10_000)
    await Promise.all([deals.end(), inventory.end()])
  })

  test('a service cannot speak for another one, and cannot delete the stream', async () => {
    const nats = await connectAs('inventory')
    const subject = (service: string) => `crm.${service}.note.written.${randomUUID()}`
    await expect(nats.jetstream().publish(subject('inventory'), '{}')).resolves.toMatchObject({ stream: 'CRM' })
    await expect(nats.jetstream().publish(subject('deals'), '{}', { timeout: 500 })).rejects.toThrow()
    const manager = await nats.jetstreamManager()
    await expect(manager.streams.delete('CRM')).rejects.toThrow()
    await expect(manager.streams.purge('CRM')).rejects.toThrow()
    await nats.close()
  })

  test('a subscriber reads with a consumer of its own, and publishes nothing', async () => {
    const nats = await connectAs('subscriber')
    const manager = await nats.jetstreamManager()
    await manager.consumers.add('CRM', {
      durable_name: 'billing',
      ack_policy: AckPolicy.Explicit,
      filter_subject: 'crm.inventory.>',
    })
    const message = await (await nats.jetstream().consumers.get('CRM', 'billing')).next({ expires: 2_000 })
    expect(message?.subject).toMatch(/^crm\.inventory\.note\.written\./)
    expect(await message?.ackAck()).toBe(true)
    await expect(nats.jetstream().publish('crm.inventory.note.written.x', '{}', { timeout: 500 })).rejects.toThrow()
    await nats.close()
  })
})
