import { AckPolicy, DeliverPolicy, type NatsConnection, nanos, ReplayPolicy } from 'nats'
import { STREAM } from './stream.ts'

/** The server forgets a reader that has not asked for this long, so one that crashed leaves nothing behind. */
const FORGOTTEN_MS = 30_000

/** A message of the stream with its place in it. */
export type StreamMessage = { readonly seq: number; readonly subject: string; string(): string }

/** Creates a reader that keeps no position on the server: from the message after `after`, in order. */
export async function addReader(
  nats: NatsConnection,
  options: { readonly after: number; readonly filterSubject: string },
): Promise<{ readonly name: string; readonly pending: number }> {
  const manager = await nats.jetstreamManager({ checkAPI: false })
  const made = await manager.consumers.add(STREAM, {
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: options.after + 1,
    filter_subject: options.filterSubject,
    replay_policy: ReplayPolicy.Instant,
    inactive_threshold: nanos(FORGOTTEN_MS),
    mem_storage: true,
    num_replicas: 1,
  })
  return { name: made.name, pending: made.num_pending }
}

export async function removeReader(nats: NatsConnection, name: string): Promise<void> {
  const manager = await nats.jetstreamManager({ checkAPI: false })
  await manager.consumers.delete(STREAM, name)
}

/** What the stream holds now. `created` tells a stream from one that took its name after it was lost. */
export type StreamBounds = { readonly first: number; readonly last: number; readonly created: string }

export async function readBounds(nats: NatsConnection): Promise<StreamBounds> {
  const manager = await nats.jetstreamManager({ checkAPI: false })
  const { state, created } = await manager.streams.info(STREAM)
  return { first: state.first_seq, last: state.last_seq, created }
}
