import { run, statement, type Tx } from '@dealwire/db/client'
import type { AnyEvent } from './handlers.ts'

/**
 * Records events as received by a consumer and returns those that are new, in their order.
 * An event that another process is handling right now makes this wait for the outcome.
 */
export async function recordInbox(tx: Tx, consumer: string, events: readonly AnyEvent[]): Promise<AnyEvent[]> {
  const companyIds = events.map((event) => event.companyid)
  const eventIds = events.map((event) => event.id)
  const rows = await run<{ event_id: string }>(tx, insertInbox, [consumer, companyIds, eventIds])
  const unseen = new Set(rows.map((row) => row.event_id))
  return events.filter((event) => unseen.delete(event.id.toLowerCase()))
}

// Sorted, so that two processes with overlapping batches wait for each other in one order instead of deadlocking.
const insertInbox = statement(
  'insert_inbox',
  `INSERT INTO inbox (consumer, company_id, event_id)
   SELECT $1, company_id, event_id FROM unnest($2::uuid[], $3::uuid[]) AS received(company_id, event_id)
   ORDER BY company_id, event_id
   ON CONFLICT DO NOTHING
   RETURNING event_id::text`,
)
