import type { Database } from '@dealwire/db/client'
import type { Logger, Registry } from '@dealwire/telemetry'
import type { NatsConnection } from 'nats'
import type pg from 'pg'
import type { Bus } from './bus.ts'
import { storeDeadLetter } from './dead-letters.ts'
import { type LoggedMessage, type LogPosition, positionOf, readLog } from './log-page.ts'
import { type MessagingMetrics, messagingMetrics } from './metrics.ts'
import { backoffMs, createWaker, pause } from './pause.ts'
import { publishAll } from './publish.ts'
import { advanceCursor, openCursor } from './relay-cursor.ts'
import { type RelayLag, watchRelayLag } from './relay-lag.ts'
import { retryUnpublished } from './relay-retry.ts'
import { findTail, isBefore } from './relay-tail.ts'
import { serveLog } from './serve-log.ts'
import { openSession, type Session, tryLock } from './session.ts'
import { WAKE_CHANNEL } from './wake.ts'

export type RelayOptions = {
  readonly database: Database
  readonly bus: Bus
  /** The service as it is named in event types, such as `deals`. */
  readonly source: string
  readonly logger: Logger
  readonly metrics: Registry
}

export type Relay = {
  status(): RelayLag & { readonly active: boolean }
  /** Publishes a dead letter of this relay now, after the server's limit was raised. Throws while it is still refused. */
  retryDeadLetter(companyId: string, id: string): Promise<void>
  /** Finishes the batch in hand, lets another process take over, and returns. */
  stop(): Promise<void>
}

const BATCH = 500
/** Least time between two reads while the log grows: what is published together shares its cursor's update and its acknowledgements. */
const GATHER_MS = 20
const IDLE_MS = 200
const SHORTEST_IDLE_MS = 10
const STANDBY_MS = 1_000

/**
 * Publishes the service's event log for ever, each event at least once and in the log's order.
 * Any number of processes may call this; one of them is active, and another takes over when its session ends.
 */
export function startRelay(options: RelayOptions): Relay {
  const stopping = new AbortController()
  const waker = createWaker()
  stopping.signal.addEventListener('abort', waker.wake)
  const relay: RelayContext = {
    ...options,
    figures: messagingMetrics(options.metrics),
    signal: stopping.signal,
    waker,
    active: false,
  }
  const lag = watchRelayLag(options.database, options.source, relay.figures, stopping.signal)
  const running = relayForEver(relay)
  // Who publishes the log also lets it be read from its beginning.
  const serving = serveLog({ ...options, signal: stopping.signal })
  return {
    status: () => ({ active: relay.active, ...lag.latest() }),
    retryDeadLetter: (companyId, id) =>
      retryUnpublished({ ...options, consumer: relayConsumer(options.source) }, companyId, id),
    async stop() {
      stopping.abort()
      await Promise.all([running, serving, lag.stopped])
    },
  }
}

type RelayContext = RelayOptions & {
  readonly figures: MessagingMetrics
  readonly signal: AbortSignal
  readonly waker: ReturnType<typeof createWaker>
  active: boolean
}

/** Whatever fails, the session is dropped and with it the lock: a process that cannot publish must not keep others from it. */
async function relayForEver(relay: RelayContext): Promise<void> {
  let attempt = 0
  while (!relay.signal.aborted) {
    await relay.bus.waitUntilUp(STANDBY_MS, relay.signal)
    if (relay.bus.connection() === undefined) continue
    try {
      const published = await relayOnce(relay)
      attempt = published > 0 ? 0 : attempt
    } catch (error) {
      relay.figures.relayFailures.inc()
      relay.logger.warn({ err: error, source: relay.source }, 'relay interrupted; starting anew')
    }
    await pause(backoffMs(attempt++), relay.signal)
  }
}

async function relayOnce(relay: RelayContext): Promise<number> {
  const session = await openSession(relay.database, 'relay')
  try {
    if (!(await becomeActive(relay, session))) return 0
    relay.active = true
    relay.figures.relayActive.set(1)
    relay.logger.info({ source: relay.source }, 'relay active')
    return await drain(relay, session.client)
  } finally {
    relay.active = false
    relay.figures.relayActive.set(0)
    await session.end()
  }
}

/** Waits as stand-by until the lock is free; false when there is no longer a reason to wait. */
async function becomeActive(relay: RelayContext, session: Session): Promise<boolean> {
  while (!relay.signal.aborted && relay.bus.connection() !== undefined) {
    if (await tryLock(session.client, `relay ${relay.source}`)) return true
    await pause(STANDBY_MS, relay.signal)
  }
  return false
}

async function drain(relay: RelayContext, client: pg.Client): Promise<number> {
  await relay.bus.declare()
  await tune(client)
  await listen(relay, client)
  let cursor = await openPosition(relay, client)
  let published = 0
  let idleMs = SHORTEST_IDLE_MS
  while (!relay.signal.aborted) {
    const nats = relay.bus.connection()
    if (nats === undefined) return published
    const readAt = performance.now()
    const { rows } = await client.query<LoggedMessage>({
      name: 'relay_read_log',
      text: readLog,
      values: [relay.source, cursor.txId, cursor.seq, BATCH],
    })
    const last = rows.at(-1)
    if (last === undefined) {
      // A wake-up may come before the horizon has moved past the new rows: look again soon, then ever less often.
      const woken = await relay.waker.wait(idleMs)
      idleMs = woken ? SHORTEST_IDLE_MS : Math.min(IDLE_MS, idleMs * 2)
      continue
    }
    cursor = await publishBatch(relay, client, nats, rows, positionOf(last))
    published += rows.length
    idleMs = SHORTEST_IDLE_MS
    if (rows.length < BATCH) await pause(Math.max(0, readAt + GATHER_MS - performance.now()), relay.signal)
  }
  return published
}

async function openPosition(relay: RelayContext, client: pg.Client): Promise<LogPosition> {
  const cursor = await openCursor(client, relay.source)
  const nats = relay.bus.connection()
  const tail = nats && (await findTail(client, nats, relay.source))
  if (tail === undefined || !isBefore(tail, cursor)) return cursor
  relay.logger.warn(
    { source: relay.source, cursor, tail },
    'the stream has lost its last events; publishing them again',
  )
  return tail
}

/**
 * The plan is made when a month's partition is nearly empty and must still do when it holds millions: always along the index, and
 * once, not for every read.
 * A cursor that a crash sets back by a moment costs some events a second publication, which the stream drops.
 */
async function tune(client: pg.Client): Promise<void> {
  await client.query(
    `SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off; SET plan_cache_mode = force_generic_plan;
     SET synchronous_commit = off`,
  )
}

async function listen(relay: RelayContext, client: pg.Client): Promise<void> {
  client.on('notification', relay.waker.wake)
  const { rows } = await client.query<{ channel: string }>('SELECT quote_ident(current_schema() || $1) AS channel', [
    `_${WAKE_CHANNEL}`,
  ])
  await client.query(`LISTEN ${rows[0]?.channel}`)
}

/** The cursor moves only when every row of the batch is in the stream or set aside; a batch cut short is repeated whole. */
async function publishBatch(
  relay: RelayContext,
  client: pg.Client,
  nats: NatsConnection,
  rows: readonly LoggedMessage[],
  end: LogPosition,
): Promise<LogPosition> {
  const { accepted, duplicates, refused } = await publishAll(nats.jetstream(), rows, (row) => row.event_id)
  for (const { row, error } of refused) await setAside(relay, row, error)
  await advanceCursor(client, relay.source, end)
  relay.figures.relayPublished.inc(accepted - duplicates)
  return end
}

/** The name under which the relay's own dead letters are listed. */
export function relayConsumer(source: string): string {
  return `relay-${source}`
}

async function setAside(relay: RelayContext, row: LoggedMessage, error: Error): Promise<void> {
  const consumer = relayConsumer(relay.source)
  relay.logger.error(
    { err: error, eventId: row.event_id, subject: row.subject, bytes: row.message.length },
    'event cannot be published',
  )
  relay.figures.deadLetters.inc({ consumer })
  await storeDeadLetter(relay.database, {
    companyId: row.company_id,
    consumer,
    eventId: row.event_id,
    subject: row.subject,
    message: row.message,
    error,
    deliveries: 1,
  })
}
