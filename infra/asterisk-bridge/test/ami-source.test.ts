import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitFor } from '@dealwire/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readAmi } from '../src/ami-source.ts'
import { newCounters } from '../src/counters.ts'
import { openSpool, type Spool } from '../src/spool.ts'

let folder: string
let spool: Spool
let server: Server
const sockets = new Set<Socket>()

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ami-'))
  spool = await openSpool({ folder, maxBytes: 1_000_000 })
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  server.close()
  await spool.close()
  await rm(folder, { recursive: true, force: true })
})

/** A manager that answers what comes in with what it is told to; it never answers a ping. */
async function manager(answer: string): Promise<number> {
  server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('data', (data) => {
      if (data.toString().includes('Action: Login')) socket.write(answer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function follow(port: number, until: (counters: ReturnType<typeof newCounters>) => boolean): Promise<void> {
  const stopping = new AbortController()
  const counters = newCounters()
  const options = { host: '127.0.0.1', port, username: 'crm', secret: 'x', pingMs: 20 }
  const reading = readAmi(options, spool, counters, stopping.signal)
  await waitFor('the manager', () => until(counters), 10_000)
  stopping.abort()
  await reading
}

test('a connection that says nothing any more is given up, and made again', async () => {
  const port = await manager('Response: Success\r\nActionID: login\r\n\r\nEvent: Hangup\r\nUniqueid: 1.1\r\n\r\n')
  await follow(port, ({ reconnects, read }) => reconnects >= 1 && read >= 2)
  const { items } = await spool.take(10, 100_000)
  expect(items[0]).toMatchObject({ Event: 'Hangup', Uniqueid: '1.1', EventId: expect.any(String) })
})

test('a login that is refused is tried again, and nothing is taken from whoever refused it', async () => {
  const port = await manager(
    'Response: Error\r\nActionID: login\r\nMessage: no\r\n\r\nEvent: Hangup\r\nUniqueid: 1\r\n\r\n',
  )
  await follow(port, ({ reconnects }) => reconnects >= 2)
  expect((await spool.take(10, 100_000)).items).toStrictEqual([])
})
