import type { Tx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import type { ArrivedEvent } from '../ingest/arrival.ts'
import { insertRawWebhooks, type NewRawWebhook } from './raw-webhooks.repository.ts'

/** Keeps requests that brought something new, as they came; stored with their events, in the round trip of COMMIT. */
export function keepRawWebhooks(tx: Tx, fresh: readonly ArrivedEvent[]): void {
  const webhooks = [...Map.groupBy(fresh, ({ arrival }) => arrival)].flatMap(([arrival, events]): NewRawWebhook[] => {
    const { author, connectionId, raw } = arrival
    if (raw === undefined) return []
    const eventRefs = events.map(({ event }) => [event.callKey, event.eventKey] as const)
    return [{ companyId: author.companyId, connectionId, id: newId(), ...raw, eventRefs }]
  })
  if (webhooks.length > 0) tx.hooks.beforeCommit.push(() => insertRawWebhooks(tx, webhooks))
}
