import { isDestinationLeg } from './event-data.ts'
import type { OrderedEvent } from './order-events.ts'
import type { StoredCallEvent } from './stored-call-event.ts'

/** Which leg began the call, per call identity; events without a leg belong to it. */
export type OriginLegs = {
  readonly legIdOf: (event: StoredCallEvent) => string
  readonly isOrigin: (event: StoredCallEvent) => boolean
}

/**
 * The leg of the first `call.started`, else of the first event whose leg was not rung by the call itself. Destination
 * legs alone name no origin: the caller's leg is still to come.
 */
export function findOriginLegs(ordered: readonly OrderedEvent[]): OriginLegs {
  const started = new Map<string, string>()
  const first = new Map<string, string>()
  for (const { event } of ordered) {
    const legId = event.legId ?? event.callKey
    if (isDestinationLeg(event)) continue
    if (event.type === 'call.started' && !started.has(event.callKey)) started.set(event.callKey, legId)
    if (!first.has(event.callKey)) first.set(event.callKey, legId)
  }
  const originOf = (callKey: string) => started.get(callKey) ?? first.get(callKey)
  const legIdOf = (event: StoredCallEvent) => event.legId ?? originOf(event.callKey) ?? event.callKey
  return { legIdOf, isOrigin: (event) => legIdOf(event) === originOf(event.callKey) }
}
