import type { EventSpec } from '@dealwire/contracts'
import type { Logger } from '@dealwire/telemetry'
import type { NatsConnection } from 'nats'
import type { Bus } from './bus.ts'
import { type EventOf, handlerTable, onBatch } from './handlers.ts'
import { parseMessage } from './parse-message.ts'
import { backoffMs, pause } from './pause.ts'

export type LiveOptions<Specs extends readonly EventSpec[]> = {
  readonly bus: Bus
  readonly filterSubject: string
  readonly events: Specs
  /** Must not throw and must not wait. */
  readonly onEvent: (event: EventOf<Specs[number]>) => void
  /** Events may have been missed since the last one: forget what was derived from them. */
  readonly onGap: () => void
  readonly logger: Logger
}

export type LiveListener = { stop(): Promise<void> }

const WAIT_FOR_BUS_MS = 1_000

/**
 * Hands every event to every process that listens, as it happens and at most once: for what a process holds in memory, such as
 * revoked sessions or open live streams. What must not be missed belongs in a consumer.
 */
export function listenLive<const Specs extends readonly EventSpec[]>(options: LiveOptions<Specs>): LiveListener {
  const stopping = new AbortController()
  const running = listenForEver(options, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function listenForEver<Specs extends readonly EventSpec[]>(
  options: LiveOptions<Specs>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await options.bus.waitUntilUp(WAIT_FOR_BUS_MS, signal)
    const nats = options.bus.connection()
    if (nats !== undefined) await listenOnce(options, nats, signal)
    await pause(backoffMs(0), signal)
  }
}

async function listenOnce<Specs extends readonly EventSpec[]>(
  options: LiveOptions<Specs>,
  nats: NatsConnection,
  signal: AbortSignal,
): Promise<void> {
  const table = handlerTable([onBatch(options.events, async () => undefined)])
  const losses = options.bus.losses()
  const subscription = nats.subscribe(options.filterSubject, {
    callback: (error, message) => {
      if (error !== null) return
      const parsed = parseMessage(table, message.string())
      // Parsed by one of `events`, which is what the type of the listener promises.
      if (parsed.kind === 'event') options.onEvent(parsed.event as unknown as EventOf<Specs[number]>)
      if (parsed.kind === 'broken')
        options.logger.warn({ subject: message.subject, reason: parsed.reason }, 'live event cannot be read')
    },
  })
  try {
    await nats.flush()
    options.onGap()
    while (!signal.aborted && options.bus.losses() === losses) await pause(100, signal)
  } catch (error) {
    options.logger.warn({ err: error }, 'live events interrupted')
  } finally {
    subscription.unsubscribe()
  }
}
