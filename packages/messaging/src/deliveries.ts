import type { JsMsg, NatsConnection } from 'nats'
import { createWaker } from './pause.ts'
import { STREAM } from './stream.ts'

const PULL_MS = 10_000
/** Well within the consumer's `ack_wait`. */
const STILL_WORKING_MS = 3_000

/** Messages that have arrived and are not settled. */
export type Deliveries = {
  /** The next messages, at most `limit`, as soon as there is one; empty when none came for a while or `signal` aborted. */
  take(limit: number): Promise<JsMsg[]>
  /** False once the subscription has ended, because the consumer or the connection is gone. */
  readonly open: boolean
  /** Stops pulling and hands back what was not taken, so that another process gets it at once. */
  close(): Promise<void>
}

const WAIT_MS = 1_000
/**
 * Least time between two batches that are not full. A lone event is handled at once; a stream of them twenty transactions a second,
 * because a transaction, its commit and its acknowledgements cost about the same for one event as for fifty.
 */
const GATHER_MS = 50

/**
 * Pulls ahead of the work, so that batches form under load.
 * Everything received stays ours while we work on it; the consumer's `max_ack_pending` bounds how much that can be.
 */
export async function openDeliveries(
  nats: NatsConnection,
  consumer: string,
  pullAhead: number,
  signal: AbortSignal,
): Promise<Deliveries> {
  const arrived: JsMsg[] = []
  let taken: JsMsg[] = []
  let open = true
  let enough = 1
  let takenAt = Number.NEGATIVE_INFINITY
  const waker = createWaker()
  signal.addEventListener('abort', waker.wake, { once: true })
  const pulling = await (await nats.jetstream().consumers.get(STREAM, consumer)).consume({
    max_messages: pullAhead,
    expires: PULL_MS,
    abort_on_missing_resource: true,
    callback: (message) => {
      arrived.push(message)
      if (arrived.length >= enough) waker.wake()
    },
  })
  const ended = pulling.closed().then(() => {
    open = false
    waker.wake()
  })
  const extending = setInterval(() => {
    for (const message of [...taken, ...arrived]) message.working()
  }, STILL_WORKING_MS)

  async function gather(limit: number): Promise<void> {
    enough = limit
    while (arrived.length < limit && open && !signal.aborted) {
      const leftMs = takenAt + GATHER_MS - performance.now()
      if (leftMs <= 0) break
      await waker.wait(leftMs)
    }
    enough = 1
  }

  return {
    async take(limit) {
      taken = []
      if (arrived.length === 0 && open) await waker.wait(WAIT_MS)
      await gather(limit)
      takenAt = performance.now()
      taken = arrived.splice(0, limit)
      return taken
    },
    get open() {
      return open
    },
    async close() {
      clearInterval(extending)
      signal.removeEventListener('abort', waker.wake)
      await pulling.close()
      await ended
      for (const message of arrived.splice(0)) message.nak()
    },
  }
}
