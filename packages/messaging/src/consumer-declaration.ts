import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  type JetStreamManager,
  type NatsConnection,
  nanos,
  ReplayPolicy,
} from 'nats'
import { differs, isMissing, STREAM } from './stream.ts'

const ACK_WAIT_MS = 30_000

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

/** Creates the durable consumer or brings it to the declared state. Its position is never touched. */
export async function ensureConsumer(
  nats: NatsConnection,
  consumer: string,
  filterSubject: string,
  batchSize: number,
): Promise<void> {
  const manager = await nats.jetstreamManager({ checkAPI: false })
  const declared = declaration(consumer, filterSubject, batchSize)
  const found = await findConsumer(manager, consumer)
  if (found === undefined) await manager.consumers.add(STREAM, declared)
  else if (differs(declared, found)) await manager.consumers.update(STREAM, consumer, { ...found, ...declared })
}

async function findConsumer(manager: JetStreamManager, consumer: string): Promise<ConsumerConfig | undefined> {
  try {
    const info = await manager.consumers.info(STREAM, consumer)
    return info.config
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
