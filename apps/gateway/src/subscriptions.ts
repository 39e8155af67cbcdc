import { allEvents } from '@dealwire/contracts'
import { type Handler, onBatch } from '@dealwire/messaging'
import { writeAuditLog } from './audit/write-audit-log.ts'

type Subscription = {
  readonly consumer: string
  readonly filterSubject: string
  readonly handlers: readonly Handler[]
}

/** What the gateway does when something happens anywhere. */
export const subscriptions: readonly Subscription[] = [
  { consumer: 'gateway-audit', filterSubject: 'crm.>', handlers: [onBatch(allEvents, writeAuditLog)] },
]
