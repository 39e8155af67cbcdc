import type { Logger } from '@dealwire/telemetry'
import { type ConnectionOptions, connect, Events, type NatsConnection } from 'nats'
import { backoffMs, pause, withDeadline } from './pause.ts'
import { ensureStream } from './stream.ts'

export type BusOptions = {
  /** One URL, or several of a cluster separated by commas. */
  readonly url: string
  /** Shown in the server's connection list. */
  readonly name: string
  readonly logger: Logger
  /** Size limit of the stream, should this process be the one that creates it. */
  readonly streamMaxBytes?: number
}

/** The service's connection to NATS, which may be away at any time. */
export type Bus = {
  readonly name: string
  /** The connection while it is up and the stream is declared; else undefined. Never waits. */
  connection(): NatsConnection | undefined
  /** How often the connection has been lost: a change means that messages may have passed unheard. */
  losses(): number
  /** Declares the stream again, should somebody have deleted it while the connection stayed. */
  declare(): Promise<void>
  /** Resolves when the bus is usable, the time is up or `signal` aborts, whichever comes first. */
  waitUntilUp(milliseconds: number, signal: AbortSignal): Promise<void>
  /** For the health endpoints: a round trip to the server; rejects when it fails or takes longer than a second. */
  check(): Promise<void>
  /** Sends what is buffered, then closes. Safe to call twice. */
  close(): Promise<void>
}

const POLL_MS = 50
const CHECK_MS = 1_000
const CLOSE_MS = 2_000

/**
 * Starts connecting in the background and returns at once: a service boots and serves with NATS away.
 * Reconnects for ever, and declares the stream each time, since a server that lost its disk comes back without it.
 */
export function connectBus(options: BusOptions): Bus {
  const closing = new AbortController()
  const link: Link = { nats: undefined, up: false, losses: 0 }
  const running = keepConnected(options, link, closing.signal)

  return {
    name: options.name,
    connection: () => (link.up ? link.nats : undefined),
    async waitUntilUp(milliseconds, signal) {
      const deadline = performance.now() + milliseconds
      while (!link.up && !signal.aborted && performance.now() < deadline) await pause(POLL_MS, signal)
    },
    losses: () => link.losses,
    async declare() {
      if (link.up && link.nats !== undefined) await declareOnce(options, link.nats)
    },
    async check() {
      if (!link.up || link.nats === undefined) throw new Error('NATS is not connected')
      await withDeadline(link.nats.rtt(), CHECK_MS, 'The round trip to NATS')
    },
    async close() {
      closing.abort()
      await running
    },
  }
}

type Link = { nats: NatsConnection | undefined; up: boolean; losses: number }

async function keepConnected(options: BusOptions, link: Link, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      await serveConnection(options, link, signal, () => {
        attempt = 0
      })
    } catch (error) {
      if (attempt === 0)
        options.logger.warn(
          { err: error, url: withoutSecrets(options.url) },
          'NATS is not reachable; trying on in the background',
        )
    }
    link.up = false
    await pause(backoffMs(attempt), signal)
  }
}

/** Our own loop instead of `waitOnFirstConnect`: that one cannot be stopped, so a service could not shut down while NATS is away. */
async function serveConnection(options: BusOptions, link: Link, signal: AbortSignal, onUp: () => void): Promise<void> {
  const nats = await connect({
    ...serversOf(options.url),
    name: options.name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    timeout: 3_000,
    pingInterval: 5_000,
    maxPingOut: 2,
    ignoreAuthErrorAbort: true,
    // Else each message that is published captures two stack traces, for an error that seldom comes.
    noAsyncTraces: true,
  })
  link.nats = nats
  const close = () => closeConnection(nats, link)
  signal.addEventListener('abort', close, { once: true })
  try {
    if (signal.aborted) await close()
    // The stream of statuses does not end with the connection, so it cannot be what is waited for alone.
    const watching = watchConnection(options, nats, link, signal)
    await declareStream(options, nats, link, signal)
    onUp()
    await Promise.race([nats.closed(), watching])
  } finally {
    signal.removeEventListener('abort', close)
    link.up = false
    link.losses++
    await nats.close()
  }
}

async function watchConnection(
  options: BusOptions,
  nats: NatsConnection,
  link: Link,
  signal: AbortSignal,
): Promise<void> {
  for await (const status of nats.status()) {
    if (status.type === Events.Disconnect) {
      link.up = false
      link.losses++
      if (!signal.aborted) options.logger.warn({ server: status.data }, 'NATS connection lost')
    }
    if (status.type === Events.Reconnect) await declareStream(options, nats, link, signal)
  }
}

/** JetStream may need some seconds after the server answers: tried until it does or the connection is gone again. */
async function declareStream(
  options: BusOptions,
  nats: NatsConnection,
  link: Link,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; !nats.isClosed() && !signal.aborted; attempt++) {
    try {
      await declareOnce(options, nats)
      link.up = true
      options.logger.info({ server: nats.getServer() }, 'NATS connected')
      return
    } catch (error) {
      options.logger.warn({ err: error }, 'the stream cannot be declared yet')
    }
    await pause(backoffMs(attempt), signal)
  }
}

async function declareOnce(options: BusOptions, nats: NatsConnection): Promise<void> {
  await ensureStream(await nats.jetstreamManager({ timeout: 2_000, checkAPI: false }), options.streamMaxBytes)
}

async function closeConnection(nats: NatsConnection, link: Link): Promise<void> {
  const wasUp = link.up
  link.up = false
  try {
    if (wasUp) await withDeadline(nats.flush(), CLOSE_MS, 'Flushing to NATS')
  } catch {
    // Acks that could not be sent mean redelivery, which the inbox makes harmless.
  }
  await nats.close()
}

/** User and password of the first URL are those of the whole cluster: the library does not read them from URLs. */
function serversOf(urls: string): ConnectionOptions {
  const servers = urls.split(',').map((url) => new URL(url))
  const user = decodeURIComponent(servers[0]?.username ?? '')
  return {
    servers: servers.map((server) => server.host),
    ...(user !== '' && { user, pass: decodeURIComponent(servers[0]?.password ?? '') }),
    ...(servers[0]?.protocol === 'tls:' && { tls: {} }),
  }
}

function withoutSecrets(url: string): string {
  return url.replace(/\/\/[^@/]*@/g, '//')
}
