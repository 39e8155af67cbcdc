import { once } from 'node:events'
import { createServer, get, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { stopListening } from './stop-listening.ts'

const REQUEST = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n'

async function listening(): Promise<{ server: Server; open: () => Socket; port: number }> {
  const server = createServer((_request, response) => response.end('done'))
  onTestFinished(() => server.closeAllConnections())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const open = () => {
    const socket = connect(port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    return socket
  }
  return { server, open, port }
}

test('connections that the kernel has taken are accepted and answered, though the process has not come to it yet', async () => {
  const { server, open } = await listening()
  let accepted = 0
  server.on('connection', () => accepted++)
  const sockets = Array.from({ length: 40 }, open)
  for (const socket of sockets) socket.write(REQUEST)
  await new Promise<void>((done) => process.nextTick(done)) // Now they are connected, in this turn of the event loop.
  expect(accepted).toBe(0)

  const answers = Promise.all(sockets.map((socket) => text(socket)))
  await stopListening(server)
  server.closeIdleConnections()

  expect((await answers).filter((answer) => !/^HTTP\/1.1 200 OK.*done/s.test(answer))).toEqual([])
  expect(accepted).toBe(40)
})

test('a connection that is open has one more answer, which ends it; a new one is refused', async () => {
  const { server, open, port } = await listening()
  const socket = open()
  await Promise.all([once(server, 'connection'), once(socket, 'connect')])

  const stopped = stopListening(server)
  await expect.poll(() => server.listening).toBe(false)
  socket.write(REQUEST)
  const answer = await text(socket)
  await stopped

  expect(answer).toMatch(/^HTTP\/1.1 200 OK.*Connection: close.*done/s)
  const [refused] = await once(get({ port, host: '127.0.0.1' }), 'error')
  expect(refused.code).toBe('ECONNREFUSED')
})
