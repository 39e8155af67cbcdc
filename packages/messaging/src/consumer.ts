import type { NatsConnection } from 'nats'
import { settleBatch } from './consumer-batch.ts'
import type { ConsumerContext, ConsumerOptions } from './consumer-context.ts'
import { ensureConsumer } from './consumer-declaration.ts'
import { retryDeadLetter } from './consumer-retry.ts'
import { openDeliveries } from './deliveries.ts'
import { handlerTable } from './handlers.ts'
import { messagingMetrics } from './metrics.ts'
import { backoffMs, pause } from './pause.ts'

export type Consumer = {
  status(): { readonly consumer: string; readonly connected: boolean; readonly pending: number | null }
  /** Handles a dead letter of this consumer now. Throws what the handler threw; the letter then stays open. */
  retryDeadLetter(companyId: string, id: string): Promise<void>
  /** Finishes the batch in hand, gives the rest back, and returns. */
  stop(): Promise<void>
}

const WAIT_FOR_BUS_MS = 1_000
const DEFAULT_BATCH = 250
const DEFAULT_MAX_DELIVERIES = 5

/**
 * Handles the events of a durable consumer for ever. Every event has its effect exactly once: the inbox row, the effect and
 * the events it causes commit together, and a message is acknowledged only after that. Processes with the same consumer share the work,
 * so handlers must expect events of one entity out of order and apply only newer versions.
 */
export function startConsumer(options: ConsumerOptions): Consumer {
  const stopping = new AbortController()
  const context: ConsumerContext = {
    ...options,
    table: handlerTable(options.handlers),
    figures: messagingMetrics(options.metrics),
    batchSize: options.batchSize ?? DEFAULT_BATCH,
    maxDeliveries: options.maxDeliveries ?? DEFAULT_MAX_DELIVERIES,
    signal: stopping.signal,
    state: { connected: false, pending: null },
  }
  const running = consumeForEver(context)
  return {
    status: () => ({ consumer: options.consumer, ...context.state }),
    retryDeadLetter: (companyId, id) => retryDeadLetter(context, companyId, id),
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function consumeForEver(context: ConsumerContext): Promise<void> {
  let attempt = 0
  while (!context.signal.aborted) {
    await context.bus.waitUntilUp(WAIT_FOR_BUS_MS, context.signal)
    const nats = context.bus.connection()
    if (nats === undefined) continue
    try {
      await consumeOnce(context, nats)
      attempt = 0
    } catch (error) {
      context.logger.warn({ err: error, consumer: context.consumer }, 'consumer interrupted; subscribing anew')
      attempt++
    }
    context.state.connected = false
    await pause(backoffMs(attempt), context.signal)
  }
}

async function consumeOnce(context: ConsumerContext, nats: NatsConnection): Promise<void> {
  await context.bus.declare()
  await ensureConsumer(nats, context.consumer, context.filterSubject, context.batchSize)
  const deliveries = await openDeliveries(nats, context.consumer, context.batchSize * 2, context.signal)
  context.state.connected = true
  try {
    while (!context.signal.aborted && deliveries.open) {
      const messages = await deliveries.take(context.batchSize)
      if (messages.length > 0) await settleBatch(context, nats, messages)
    }
  } finally {
    await deliveries.close()
  }
}
