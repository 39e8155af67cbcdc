import { setImmediate } from 'node:timers/promises'
import type { Database } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { type Bus, followStream, readBounds, readStream, type StreamMessage } from '@dealwire/messaging'
import type { Logger } from '@dealwire/telemetry'
import { readStreamEvent, type StreamEvent } from './stream-event.ts'
import type { Subscriber } from './subscriber.ts'
import { openSubscribers, type Subscribers } from './subscribers.ts'
import { openTurns } from './turns.ts'

const DEFAULT_HEARTBEAT_MS = 10_000
const BEATS_PER_SLICE = 500
/** Clients whose past is read at the same time; the others wait for their turn. */
const REPLAYS_AT_ONCE = 16
const COMPANY_ID_LENGTH = 36

export type LiveFeed = {
  readonly subscribers: Subscribers
  /** Every event up to this one has been offered to the clients. Throws `unavailable` while the stream was never seen. */
  position(): number
  /** Throws `stream_expired` unless everything after the event is still there to be sent. */
  ensureResumable(after: number): Promise<void>
  /** Sends what the client missed after one event and up to another. */
  replay(subscriber: Subscriber, after: number, upTo: number): Promise<void>
  /** Ends every stream. */
  close(): Promise<void>
}

/** What goes out to the streams of this process: one reader of the event stream, whatever the number of clients. */
export function openLiveFeed(options: {
  bus: Bus
  database: Database
  logger: Logger
  heartbeatMs?: number | undefined
}): LiveFeed {
  const { bus, database, logger } = options
  const subscribers = openSubscribers(database, logger)
  const turns = openTurns(REPLAYS_AT_ONCE)
  const follower = followStream({
    bus,
    logger,
    onMessage: (message) => offer(subscribers, message),
    onGap: endAll,
  })
  const heartbeat = setInterval(() => void beatAll(), options.heartbeatMs ?? DEFAULT_HEARTBEAT_MS).unref()

  function endAll(): void {
    for (const subscriber of [...subscribers.all()]) subscriber.end()
  }

  /** In slices: ten thousand writes in a row would hold up everybody else. */
  async function beatAll(): Promise<void> {
    const now = Date.now()
    let count = 0
    for (const subscriber of [...subscribers.all()]) {
      const { principal } = subscriber
      subscriber.beat(follower.position() ?? 0)
      if (principal.endsAtMs !== null && principal.endsAtMs <= now) subscribers.recheck(principal.companyId)
      if (++count % BEATS_PER_SLICE === 0) await setImmediate()
    }
  }

  function connection() {
    const nats = bus.connection()
    if (nats === undefined) throw unavailable()
    return nats
  }

  return {
    subscribers,
    position() {
      const position = follower.position()
      if (position === undefined) throw unavailable()
      return position
    },
    async ensureResumable(after) {
      const { first, last } = await boundsOf(connection())
      if (after > last || after + 1 < first) throw expired()
    },
    replay: (subscriber, after, upTo) =>
      turns.take(async () => {
        const filterSubject = `crm.*.*.*.${subscriber.principal.companyId}`
        for await (const messages of readStream(connection(), { filterSubject, after, upTo })) {
          await subscriber.replay(messages.map(readStreamEvent).filter(isEvent))
          if (!subscriber.isOpen) return
        }
      }),
    async close() {
      clearInterval(heartbeat)
      endAll()
      await follower.stop()
    },
  }
}

/** A broker that is connected and does not answer is as good as away. */
async function boundsOf(nats: ReturnType<Bus['connection']> & object): ReturnType<typeof readBounds> {
  try {
    return await readBounds(nats)
  } catch (error) {
    throw unavailable(error)
  }
}

function offer(subscribers: Subscribers, message: StreamMessage): void {
  const streams = subscribers.of(message.subject.slice(-COMPANY_ID_LENGTH))
  if (streams === undefined) return
  const event = readStreamEvent(message)
  if (event !== undefined) for (const stream of streams) stream.offer(event)
}

function isEvent(event: StreamEvent | undefined): event is StreamEvent {
  return event !== undefined
}

export function expired(): AppError {
  return new AppError(
    'gone',
    'stream_expired',
    'The events after this Last-Event-ID are no longer kept; load the data again and connect without it.',
  )
}

function unavailable(cause?: unknown): AppError {
  return new AppError('unavailable', 'stream_unavailable', 'Events cannot be read at the moment; try again shortly.', {
    retryAfterSeconds: 2,
    cause,
  })
}
