import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type AmiBlock, createAmiParser } from './ami-parser.ts'
import type { Counters } from './counters.ts'
import { log, reasonOf } from './log.ts'
import type { Spool } from './spool.ts'
import { backoffMs, wait } from './wait.ts'

export type AmiOptions = {
  readonly host: string
  readonly port: number
  readonly username: string
  readonly secret: string
  readonly pingMs?: number
}

const PING_MS = 15_000
const CONNECT_MS = 10_000

/** What the CRM makes calls of. Everything else is refused by the manager itself, and again here. */
const wanted = new Set([
  'Newchannel',
  'Newstate',
  'Hangup',
  'BridgeEnter',
  'Hold',
  'Unhold',
  'BlindTransfer',
  'AttendedTransfer',
  'QueueCallerJoin',
  'QueueCallerLeave',
  'QueueCallerAbandon',
  'AgentConnect',
])

/**
 * Reads the manager interface into the spool, and connects again whenever it breaks off. Asterisk repeats nothing: what happens
 * while nobody is connected is in its files only, so tail or import those where no event may be missed.
 */
export async function readAmi(
  options: AmiOptions,
  spool: Spool,
  counters: Counters,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      await session(options, spool, counters, signal, () => {
        attempt = 0
      })
    } catch (error) {
      log('warn', 'the manager interface is away; trying again', { reason: reasonOf(error), attempt })
    }
    counters.isConnected = false
    if (signal.aborted) return
    counters.reconnects++
    await wait(backoffMs(attempt), signal)
  }
}

async function session(
  options: AmiOptions,
  spool: Spool,
  counters: Counters,
  signal: AbortSignal,
  onLogin: () => void,
): Promise<void> {
  const socket = connect({ host: options.host, port: options.port })
  const stop = () => socket.destroy()
  signal.addEventListener('abort', stop)
  const pingMs = options.pingMs ?? PING_MS
  // A half-open connection says nothing for ever: two pings without an answer are its end. Not while it is we who do not listen.
  let heardAt = performance.now()
  let isStoring = false
  const pinging = setInterval(() => {
    if (!isStoring && performance.now() - heardAt > 2 * pingMs) socket.destroy(new Error('It does not answer'))
    else send(socket, { Action: 'Ping' })
  }, pingMs)
  try {
    await once(socket, 'connect', { signal: AbortSignal.any([signal, AbortSignal.timeout(CONNECT_MS)]) })
    send(socket, { Action: 'Login', Username: options.username, Secret: options.secret, ActionID: 'login' })
    const parse = createAmiParser()
    socket.setEncoding('utf8')
    for await (const chunk of socket) {
      const blocks = parse(chunk)
      if (blocks.some(({ ActionID }) => ActionID === 'login')) {
        entered(blocks)
        send(socket, { Action: 'Events', EventMask: 'call,agent' })
        counters.isConnected = true
        onLogin()
        log('info', 'connected to the manager interface', { host: options.host, port: options.port })
      }
      const events = blocks.filter(({ Event }) => Event !== undefined)
      const items = events.filter(({ Event = '' }) => wanted.has(Event)).map(toItem)
      counters.read += items.length
      counters.filtered += events.length - items.length
      // The socket is not read while the disk is busy or full: what is taken from it is safe.
      isStoring = true
      await spool.append(items)
      isStoring = false
      heardAt = performance.now()
    }
    if (!signal.aborted) throw new Error('The connection was closed')
  } finally {
    clearInterval(pinging)
    signal.removeEventListener('abort', stop)
    socket.destroy()
  }
}

function entered(blocks: readonly AmiBlock[]): void {
  const answer = blocks.find(({ ActionID }) => ActionID === 'login')
  if (answer?.Response !== 'Success') throw new Error(`Login was refused: ${answer?.Message ?? 'no reason given'}`)
}

/** The id makes a repeated delivery a duplicate; the time of arrival stands in where `timestampevents` is off. */
function toItem(event: AmiBlock): AmiBlock {
  return { ...event, EventId: randomUUID(), ReceivedAt: new Date().toISOString() }
}

function send(socket: Socket, fields: AmiBlock): void {
  if (!socket.writable) return
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`${lines.join('')}\r\n`)
}
