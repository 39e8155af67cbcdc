import type { Logger } from '@dealwire/telemetry'
import type { JsMsg, NatsConnection } from 'nats'
import type { Bus } from './bus.ts'
import { backoffMs, pause } from './pause.ts'
import { STREAM } from './stream.ts'
import { addReader, readBounds, removeReader, type StreamMessage } from './stream-consumer.ts'

export type FollowOptions = {
  readonly bus: Bus
  /** Called in the stream's order, once per message. Must not throw and must not wait. */
  readonly onMessage: (message: StreamMessage) => void
  /** The stream went on without us, or is another one: what was followed so far has a gap from here. */
  readonly onGap: () => void
  readonly logger: Logger
}

export type Follower = {
  /** Every message up to this one has been handed over; undefined until the stream was first seen. */
  position(): number | undefined
  stop(): Promise<void>
}

const WAIT_FOR_BUS_MS = 1_000
const PULL_AHEAD = 1_000
const PULL_MS = 10_000

type Following = FollowOptions & { position: number | undefined; created: string; readonly signal: AbortSignal }

/**
 * Hands the whole stream to this process as it grows, from now on: in order, without loss or repetition across reconnections.
 * One reader per process, whatever the number of those who listen to it.
 */
export function followStream(options: FollowOptions): Follower {
  const stopping = new AbortController()
  const following: Following = { ...options, position: undefined, created: '', signal: stopping.signal }
  const running = followForEver(following)
  return {
    position: () => following.position,
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function followForEver(following: Following): Promise<void> {
  const { bus, signal, logger } = following
  for (let attempt = 0; !signal.aborted; attempt++) {
    await bus.waitUntilUp(WAIT_FOR_BUS_MS, signal)
    const nats = bus.connection()
    if (nats === undefined) continue
    try {
      await followOnce(following, nats)
      attempt = 0
    } catch (error) {
      if (!signal.aborted) logger.warn({ err: error }, 'the stream cannot be followed; trying again')
    }
    await pause(backoffMs(attempt), signal)
  }
}

async function followOnce(following: Following, nats: NatsConnection): Promise<void> {
  const { bus, signal } = following
  const losses = bus.losses()
  const { name } = await addReader(nats, { after: await startingPoint(following, nats), filterSubject: 'crm.>' })
  let delivered = 0
  let isWhole = true
  const take = (message: JsMsg) => {
    delivered++
    // A message that was lost on its way is asked for again, with all that came after it.
    if (message.info.deliverySequence !== delivered) isWhole = false
    if (!isWhole || signal.aborted) return
    following.position = message.seq
    following.onMessage(message)
  }
  const consumer = await nats.jetstream().consumers.get(STREAM, name)
  const pulling = await consumer.consume({
    max_messages: PULL_AHEAD,
    expires: PULL_MS,
    abort_on_missing_resource: true,
    callback: take,
  })
  let open = true
  const ended = pulling.closed().then(() => {
    open = false
  })
  while (!signal.aborted && open && isWhole && bus.losses() === losses) await pause(100, signal)
  isWhole = false
  await pulling.close()
  await ended
  if (bus.losses() === losses) await removeReader(nats, name).catch(() => undefined) // the server forgets it soon anyway
}

/** Where to go on. A stream that no longer holds what comes next cannot be continued, only joined anew. */
async function startingPoint(following: Following, nats: NatsConnection): Promise<number> {
  const { first, last, created } = await readBounds(nats)
  const { position } = following
  const continues = position !== undefined && following.created === created && position <= last && position + 1 >= first
  following.created = created
  if (continues) return position
  following.position = last
  if (position !== undefined) following.onGap()
  return last
}
