import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { connectBus } from '@dealwire/messaging'
import { createLogger } from '@dealwire/telemetry'
import { privateServer, test, waitFor } from '@dealwire/testing'
import { expect, onTestFinished } from 'vitest'
import { listeningGateway, register } from './gateway.ts'
import { publish } from './stream-client.ts'

const CONNECTIONS = 2_000
const AT_ONCE = 50
const MEGABYTE = 1024 * 1024

setFlagsFromString('--expose_gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Ways to leave, by turns: politely, by reset, half-way through the head, without reading, at once, and with a second request. */
const departures: readonly ((socket: Socket, head: string) => Promise<void>)[] = [
  async (socket, head) => {
    socket.write(head)
    await once(socket, 'data')
    socket.end()
  },
  async (socket, head) => {
    socket.write(head)
    await once(socket, 'data')
    socket.resetAndDestroy()
  },
  async (socket, head) => {
    socket.write(head.slice(0, head.length / 2))
    socket.destroy()
  },
  async (socket, head) => {
    socket.pause()
    socket.write(head)
    socket.destroySoon()
  },
  async (socket, head) => {
    socket.write(head)
    socket.resetAndDestroy()
  },
  async (socket, head) => {
    socket.write(head + head)
    await once(socket, 'data')
    socket.destroy()
  },
  async (socket, head) => {
    socket.write(head.replace('\r\n\r\n', '\r\nlast-event-id: 1\r\n\r\n'))
    await once(socket, 'data')
    socket.destroy()
  },
]

test('2,000 connections opened and dropped in every ugly way leave no socket, timer or memory behind', async ({
  db,
}) => {
  const nats = await privateServer('nats')
  onTestFinished(() => nats.dispose())
  const bus = connectBus({ url: nats.url, name: 'test', logger: createLogger({ service: 'gateway', level: 'silent' }) })
  onTestFinished(() => bus.close())
  await bus.waitUntilUp(5_000, new AbortController().signal)
  const { app, url } = await listeningGateway(db.open('gateway'), {
    bus,
    maxStreamsPerUser: CONNECTIONS,
    maxStreamsPerCompany: CONNECTIONS,
  })
  const { accessToken, company } = await register(app)
  const head = `GET /v1/stream HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${accessToken}\r\n\r\n`
  const port = Number(new URL(url).port)
  await waitFor('the stream', async () => (await app.inject('/health/detailed')).json().dependencies !== undefined)
  await publish(bus, company.id)

  async function comeAndGo(index: number): Promise<void> {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined)
    await once(socket, 'connect')
    await departures[index % departures.length]?.(socket, head)
    if (!socket.destroyed) await once(socket.resume(), 'close')
  }
  async function round(count: number): Promise<void> {
    for (let from = 0; from < count; from += AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => comeAndGo(from + index)))
      await publish(bus, company.id)
    }
    await waitFor('all of them to be gone', async () => (await figures()).open === 0, 10_000)
  }
  async function figures() {
    collectGarbage()
    const open = (await app.inject('/health/detailed')).json().streams as number
    const kinds = process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap' || kind === 'Timeout')
    return { open, resources: kinds.length, heap: process.memoryUsage().heapUsed }
  }

  await round(500) // what is made once and kept: buffers, shapes, connections to the database
  const before = await figures()
  await round(CONNECTIONS)
  const after = await waitFor('resources to be released', async () => {
    const now = await figures()
    return now.resources <= before.resources + 2 ? now : undefined
  })
  expect(after.open).toBe(0)
  expect(after.heap - before.heap).toBeLessThan(8 * MEGABYTE)
}, 60_000)
