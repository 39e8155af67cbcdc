import type { Author, EventSpec } from '@dealwire/contracts'
import { run, statement, type Tx, type TxHooks } from '@dealwire/db/client'
import type { z } from 'zod'
import { newId } from './new-id.ts'
import { wakeRelay } from './wake.ts'

type PendingEvent = {
  company_id: string
  event_id: string
  type: string
  entity_id: string
  entity_version: number
  actor_id: string | null
  correlation_id: string
  causation_id: string | null
  traceparent: string | null
  data: unknown
}

const pendingByHooks = new WeakMap<TxHooks, PendingEvent[]>()

/**
 * Appends an event to the log of the transaction's service. Stored if and only if the transaction commits.
 * All events of a transaction are one statement, which travels together with COMMIT.
 */
export function append<Spec extends EventSpec>(
  tx: Tx,
  author: Author,
  event: Spec,
  entity: { readonly id: string; readonly version: number },
  data: z.input<Spec['data']>,
): void {
  const pending = pendingByHooks.get(tx.hooks) ?? startLog(tx)
  pending.push({
    company_id: author.companyId,
    event_id: newId(),
    type: event.type,
    entity_id: entity.id,
    entity_version: entity.version,
    actor_id: author.userId,
    correlation_id: author.requestId,
    causation_id: author.causationId ?? null,
    traceparent: author.traceparent ?? null,
    data: event.data.parse(data),
  })
}

function startLog(tx: Tx): PendingEvent[] {
  const pending: PendingEvent[] = []
  pendingByHooks.set(tx.hooks, pending)
  tx.hooks.beforeCommit.push(() => run(tx, insertEvents, [JSON.stringify(pending)]))
  tx.hooks.afterCommit.push(() => wakeRelay(tx.database))
  return pending
}

// As jsonb: from json, the data of every event would be parsed a second time.
const insertEvents = statement(
  'insert_events',
  `INSERT INTO event_log (company_id, event_id, type, entity_id, entity_version, actor_id, correlation_id, causation_id, traceparent, data)
   SELECT company_id, event_id, type, entity_id, entity_version, actor_id, correlation_id, causation_id, traceparent, data
   FROM jsonb_to_recordset($1::jsonb) AS e(company_id uuid, event_id uuid, type text, entity_id text, entity_version integer,
     actor_id uuid, correlation_id text, causation_id text, traceparent text, data jsonb)`,
)
