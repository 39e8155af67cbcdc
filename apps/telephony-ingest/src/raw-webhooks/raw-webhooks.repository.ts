import { type Executor, run, statement, type Tx } from '@dealwire/db/client'
import type { SpokenEvent } from '../calls/stored-call-event.ts'

/** Which call an event was stored under, and its key. */
export type EventRef = readonly [callKey: string, eventKey: string]

export type NewRawWebhook = {
  readonly companyId: string
  readonly connectionId: string
  readonly id: string
  readonly rawQuery: string
  readonly body: Uint8Array
  readonly eventRefs: readonly EventRef[]
}

export async function insertRawWebhooks(tx: Tx, webhooks: readonly NewRawWebhook[]): Promise<void> {
  const rows = webhooks.map(({ companyId, connectionId, id, rawQuery, body, eventRefs }) => ({
    company_id: companyId,
    connection_id: connectionId,
    id,
    raw_query: rawQuery,
    body: Buffer.from(body).toString('base64'),
    event_refs: eventRefs,
  }))
  await run(tx, insert, [JSON.stringify(rows)])
}

const insert = statement(
  'insert_raw_webhooks',
  `INSERT INTO raw_webhooks (company_id, connection_id, id, raw_query, body, event_refs)
   SELECT company_id, connection_id, id, raw_query, decode(body, 'base64'), event_refs
   FROM json_to_recordset($1::json) AS g(company_id uuid, connection_id uuid, id uuid, raw_query text, body text, event_refs jsonb)`,
)

export type RawWebhook = Omit<NewRawWebhook, 'companyId' | 'connectionId'> & { readonly receivedAt: Date }

export type RawPage = {
  readonly companyId: string
  readonly connectionId: string
  readonly from: Date
  readonly to: Date
  readonly after: Pick<RawWebhook, 'receivedAt' | 'id'> | undefined
  readonly limit: number
}

/** The requests of a window in the order in which they came. */
export async function listRawWebhooks(executor: Executor, page: RawPage): Promise<RawWebhook[]> {
  const { companyId, connectionId, from, to, after, limit } = page
  const start = after ?? { receivedAt: from, id: '00000000-0000-0000-0000-000000000000' }
  return run(executor, list, [companyId, connectionId, start.receivedAt, start.id, to, limit])
}

const list = statement(
  'list_raw_webhooks',
  `SELECT id, received_at AS "receivedAt", raw_query AS "rawQuery", body, event_refs AS "eventRefs" FROM raw_webhooks
   WHERE company_id = $1 AND connection_id = $2 AND (received_at, id) > ($3, $4) AND received_at >= $3 AND received_at < $5
   ORDER BY received_at, id LIMIT $6`,
)

/** Every version of the events that is stored. */
export async function listEventVersions(
  executor: Executor,
  { companyId, connectionId }: Pick<RawPage, 'companyId' | 'connectionId'>,
  refs: readonly EventRef[],
): Promise<SpokenEvent[]> {
  const keys = [refs.map(([callKey]) => callKey), refs.map(([, eventKey]) => eventKey)]
  const rows = await run<{ event: SpokenEvent }>(executor, versions, [companyId, connectionId, ...keys])
  return rows.map(({ event }) => event)
}

const versions = statement(
  'list_event_versions',
  `SELECT e.event FROM unnest($3::text[], $4::text[]) AS r(call_key, event_key)
   JOIN call_events e ON e.company_id = $1 AND e.connection_id = $2 AND e.call_key = r.call_key AND e.event_key = r.event_key`,
)

/** Adds versions of events that are stored already: rows are never changed, the fold takes the newest of each. */
export async function insertEventVersions(
  tx: Tx,
  { companyId, connectionId }: Pick<RawPage, 'companyId' | 'connectionId'>,
  events: readonly SpokenEvent[],
): Promise<void> {
  await run(tx, addVersions, [companyId, connectionId, JSON.stringify(events)])
}

// Two versions in one millisecond would have one key; clock_timestamp and the place in the list keep them apart.
const addVersions = statement(
  'insert_event_versions',
  `INSERT INTO call_events (company_id, connection_id, event_key, call_key, event, received_at)
   SELECT $1, $2, event ->> 'eventKey', event ->> 'callKey', event, clock_timestamp() + interval '1 millisecond' * (n % 1000)
   FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY AS g(event, n)`,
)

export async function setEventRefs(
  tx: Tx,
  { companyId, connectionId }: Pick<RawPage, 'companyId' | 'connectionId'>,
  webhook: Pick<RawWebhook, 'id' | 'receivedAt'>,
  refs: readonly EventRef[],
): Promise<void> {
  await run(tx, setRefs, [companyId, connectionId, webhook.receivedAt, webhook.id, JSON.stringify(refs)])
}

const setRefs = statement(
  'set_raw_webhook_refs',
  `UPDATE raw_webhooks SET event_refs = $5 WHERE company_id = $1 AND connection_id = $2 AND received_at = $3 AND id = $4`,
)
