import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

/** What to hold: the first line of standard input. Each further line is an event's name to wait for, answered by when all had it. */
export type HoldOrder = { readonly url: string; readonly tokens: readonly string[]; readonly count: number }

const AT_ONCE = 50
const DEADLINE_MS = 30_000

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const order = JSON.parse(String((await lines.next()).value)) as HoldOrder
const { hostname, port } = new URL(order.url)
let open = 0
let received = 0
let wanted = '\0'

async function openOne(index: number): Promise<Socket> {
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.once('close', () => open--)
  open++
  const token = order.tokens[index % order.tokens.length]
  socket.write(`GET /v1/stream HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${token}\r\n\r\n`)
  const [head] = (await once(socket, 'data', { signal: AbortSignal.timeout(DEADLINE_MS) })) as [Buffer]
  if (!head.toString('latin1').startsWith('HTTP/1.1 200'))
    throw new Error(`A stream was refused: ${head.toString().slice(0, 400)}`)
  socket.on('data', (chunk: Buffer) => {
    if (chunk.includes(wanted)) received++
  })
  return socket
}

for (let index = 0; index < order.count; index += AT_ONCE)
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, order.count - index) }, (_, at) => openOne(index + at)))
process.stdout.write(`${JSON.stringify({ open })}\n`)

for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
  wanted = line.value
  received = 0
  const startedAt = performance.now()
  process.stdout.write(`${JSON.stringify({ waiting: true })}\n`)
  while (received < order.count && performance.now() - startedAt < DEADLINE_MS)
    await new Promise((resolve) => setTimeout(resolve, 2))
  process.stdout.write(`${JSON.stringify({ open, received, ms: performance.now() - startedAt })}\n`)
}
process.exit(0)
