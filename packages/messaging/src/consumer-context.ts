import type { Database } from '@dealwire/db/client'
import type { Logger, Registry } from '@dealwire/telemetry'
import type { Bus } from './bus.ts'
import type { Handler, HandlerTable } from './handlers.ts'
import type { MessagingMetrics } from './metrics.ts'

export type ConsumerOptions = {
  readonly database: Database
  readonly bus: Bus
  /** Durable name, `<service>-<what it follows>`. A new name starts from the beginning of the stream with an empty inbox. */
  readonly consumer: string
  /** One subject pattern, such as `crm.identity.>`. */
  readonly filterSubject: string
  readonly handlers: readonly Handler[]
  readonly logger: Logger
  readonly metrics: Registry
  /** Most events in one transaction. */
  readonly batchSize?: number
  /** Failed deliveries after which a message is set aside. */
  readonly maxDeliveries?: number
}

/** What a running consumer hands down. */
export type ConsumerContext = ConsumerOptions & {
  readonly table: HandlerTable
  readonly figures: MessagingMetrics
  readonly batchSize: number
  readonly maxDeliveries: number
  readonly signal: AbortSignal
  readonly state: { connected: boolean; pending: number | null }
}
