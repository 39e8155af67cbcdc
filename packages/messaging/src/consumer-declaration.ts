import {
  AckPolicy,
  type ConsumerConfig,
  type ConsumerInfo,
  DeliverPolicy,
  type JetStreamManager,
  type NatsConnection,
  nanos,
  ReplayPolicy,
} from 'nats'
import { differs, isMissing, STREAM } from './stream.ts'

/** After a crash of the server, what it had handed out waits this long; who still works on a message says so more often. */
const ACK_WAIT_MS = 10_000

function declaration(consumer: string, filterSubject: string, batchSize: number) {
  return {
    durable_name: consumer,
    filter_subject: filterSubject,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ACK_WAIT_MS),
    deliver_policy: DeliverPolicy.All,
    replay_policy: ReplayPolicy.Instant,
    max_ack_pending: batchSize * 4,
    // Without a limit here: the server would drop a message silently, where we set it aside as a dead letter.
    max_deliver: -1,
  } satisfies Partial<ConsumerConfig>
}

/**
 * Creates the durable consumer or brings it to the declared state. Its position is not touched, but for one case: it lies behind the end
 * of a stream that a crash has shortened, and would skip what is published next. Then it begins anew, and the inbox drops what it has had.
 */
export async function ensureConsumer(
  nats: NatsConnection,
  consumer: string,
  filterSubject: string,
  batchSize: number,
): Promise<void> {
  const manager = await nats.jetstreamManager({ checkAPI: false })
  const declared = declaration(consumer, filterSubject, batchSize)
  const found = await findConsumer(manager, consumer)
  if (found !== undefined && (await isAhead(manager, found))) {
    await manager.consumers.delete(STREAM, consumer)
    await manager.consumers.add(STREAM, declared)
  } else if (found === undefined) await manager.consumers.add(STREAM, declared)
  else if (differs(declared, found.config))
    await manager.consumers.update(STREAM, consumer, { ...found.config, ...declared })
}

async function isAhead(manager: JetStreamManager, consumer: ConsumerInfo): Promise<boolean> {
  const { state } = await manager.streams.info(STREAM)
  return consumer.delivered.stream_seq > state.last_seq
}

async function findConsumer(manager: JetStreamManager, consumer: string): Promise<ConsumerInfo | undefined> {
  try {
    return await manager.consumers.info(STREAM, consumer)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
