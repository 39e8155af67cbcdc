import { run, runOne, statement, type Tx } from '@dealwire/db/client'
import { completeEvent, type SpokenEvent, spokenParts } from '../calls/stored-call-event.ts'
import type { ArrivedEvent } from './arrival.ts'
import type { Touch } from './group-calls.ts'
import type { KnownCall, Person } from './known-call.ts'
import { lockConnections } from './lock-connections.ts'
import { e164Of } from './phone-numbers.ts'

export type Recorded = {
  /** Those that were not stored before. */
  readonly fresh: readonly ArrivedEvent[]
  readonly known: readonly KnownCall[]
  readonly people: readonly Person[]
}

/**
 * Stores events that are new and reads the calls they touch, in one round trip with BEGIN. Calls of one connection are
 * folded one transaction at a time: identities never span connections, so whatever turns out to be one call is covered by
 * one lock, and a batch holds few of them.
 */
export async function recordEvents(
  tx: Tx,
  events: readonly ArrivedEvent[],
  touches: readonly Touch[],
): Promise<Recorded> {
  const connectionIds = [
    ...new Set([...events.map(({ arrival }) => arrival), ...touches].map((one) => one.connectionId)),
  ]
  // Not awaited in between: the second statement's snapshot is taken after the lock was granted, wherever it waits.
  const [, row] = await Promise.all([
    lockConnections(tx, connectionIds),
    runOne<{ fresh: number[]; known: StoredKnownCall[]; people: Person[] }>(tx, record, [
      JSON.stringify(events.map(({ event }) => spokenParts(event))),
      events.map(({ arrival }) => arrival.author.companyId),
      events.map(({ arrival }) => arrival.connectionId),
      JSON.stringify(touches.flatMap(touchedKeys)),
      JSON.stringify(numbersOf(events)),
    ]),
  ])
  if (row === undefined) throw new Error('Recording events answered no row')
  const known = row.known.map((call) => ({ ...call, events: call.events.map(completeEvent) }))
  return { fresh: row.fresh.flatMap((n) => events[n - 1] ?? []), known, people: row.people }
}

type StoredKnownCall = Omit<KnownCall, 'events'> & { readonly events: readonly SpokenEvent[] }

/** The subscribers' numbers that the events name, once per company. */
function numbersOf(events: readonly ArrivedEvent[]) {
  const numbers = new Map<string, { company_id: string; e164: string }>()
  for (const { event, arrival } of events) {
    for (const party of [event.from, event.to]) {
      const e164 = e164Of(party, arrival.defaultRegion)
      const { companyId } = arrival.author
      if (e164 !== null) numbers.set(`${companyId} ${e164}`, { company_id: companyId, e164 })
    }
  }
  return [...numbers.values()]
}

function touchedKeys({ author, connectionId, callKeys }: Touch) {
  return callKeys.map((callKey) => ({ company_id: author.companyId, connection_id: connectionId, call_key: callKey }))
}

// The day's margin covers transactions that began before the one which made the identity known, and came after it.
// One look-up each (LIMIT 1) where a join would be planned as a scan of the whole table while that is small.
// Events are taken from a jsonb array: by json_to_recordset each would be parsed four times over.
const record = statement(
  'record_call_events',
  `WITH given AS MATERIALIZED (
     SELECT n, company_id, connection_id, event ->> 'eventKey' AS event_key, event ->> 'callKey' AS call_key, event
     FROM ROWS FROM (jsonb_array_elements($1::jsonb), unnest($2::uuid[]), unnest($3::uuid[]))
       WITH ORDINALITY AS g(event, company_id, connection_id, n)
  ), unseen AS (
     INSERT INTO call_event_keys (company_id, connection_id, event_key)
     SELECT company_id, connection_id, event_key FROM given
     ON CONFLICT DO NOTHING
     RETURNING company_id, connection_id, event_key
   ), fresh AS (
     SELECT g.* FROM given g JOIN unseen USING (company_id, connection_id, event_key)
   ), stored AS (
     INSERT INTO call_events (company_id, connection_id, event_key, call_key, event)
     SELECT company_id, connection_id, event_key, call_key, event FROM fresh
   ), counted AS (
     INSERT INTO connection_activity AS a (company_id, connection_id, last_event_at, events, duplicates, lag_ms)
     SELECT g.company_id, g.connection_id, now(), count(u.event_key), count(*) - count(u.event_key),
       avg(extract(epoch FROM now()) * 1000 - (g.event ->> 'occurredAt')::bigint) FILTER (WHERE u.event_key IS NOT NULL)
     FROM given g LEFT JOIN unseen u USING (company_id, connection_id, event_key)
     GROUP BY g.company_id, g.connection_id
     ON CONFLICT (company_id, connection_id) DO UPDATE SET last_event_at = excluded.last_event_at,
       events = a.events + excluded.events, duplicates = a.duplicates + excluded.duplicates,
       lag_ms = coalesce(excluded.lag_ms, a.lag_ms)
   ), named AS (
     SELECT company_id, connection_id, call_key FROM fresh
     UNION
     SELECT company_id, connection_id, jsonb_array_elements_text(event -> 'relatedCallKeys') FROM fresh
     UNION
     SELECT * FROM json_to_recordset($4::json) AS t(company_id uuid, connection_id uuid, call_key text)
   ), touched AS (
     SELECT DISTINCT n.company_id, n.connection_id, k.call_id FROM named n CROSS JOIN LATERAL (
       SELECT call_id FROM call_keys
       WHERE company_id = n.company_id AND connection_id = n.connection_id AND call_key = n.call_key LIMIT 1
     ) k
   ), known AS (
     SELECT t.company_id, t.connection_id, t.call_id, c.from_e164, c.to_e164,
       (SELECT json_agg(k.call_key) FROM call_keys k WHERE k.company_id = t.company_id AND k.call_id = t.call_id) AS call_keys,
       (SELECT json_agg(e.event) FROM call_keys k
        JOIN call_events e ON e.company_id = k.company_id AND e.connection_id = k.connection_id AND e.call_key = k.call_key
          AND e.received_at >= k.first_received_at - interval '1 day'
        WHERE k.company_id = t.company_id AND k.call_id = t.call_id) AS events,
       CASE WHEN c.id IS NOT NULL THEN json_build_object('version', c.version, 'status', c.status, 'digest', c.digest,
         'isAnswered', c.answered_at IS NOT NULL, 'isEnded', c.ended_at IS NOT NULL,
         'recordingIds', (SELECT coalesce(json_agg(r -> 'eventId'), '[]') FROM jsonb_array_elements(c.recordings) r)) END AS stored
     FROM touched t LEFT JOIN LATERAL (
       SELECT * FROM calls WHERE company_id = t.company_id AND id = t.call_id LIMIT 1
     ) c ON true
   ), numbers AS (
     SELECT company_id, e164 FROM json_to_recordset($5::json) AS m(company_id uuid, e164 text)
     UNION
     SELECT company_id, unnest(ARRAY[from_e164, to_e164]) FROM known
   ), people AS (
     SELECT n.company_id, n.e164, d.kind, d.id, d.name, d.customer_id
     FROM numbers n CROSS JOIN LATERAL (
       SELECT kind, id, name, CASE kind WHEN 'customer' THEN id ELSE customer_id END AS customer_id FROM contact_directory
       WHERE company_id = n.company_id AND e164 = n.e164 AND deleted_at IS NULL
       ORDER BY kind, is_duplicate, id LIMIT 1
     ) d
   )
   SELECT (SELECT coalesce(json_agg(n ORDER BY n), '[]') FROM fresh) AS fresh,
     (SELECT coalesce(json_agg(json_build_object('companyId', company_id, 'connectionId', connection_id, 'id', call_id,
        'callKeys', call_keys, 'events', coalesce(events, '[]'), 'stored', stored)), '[]') FROM known) AS known,
     (SELECT coalesce(json_agg(json_build_object('companyId', company_id, 'e164', e164, 'kind', kind, 'id', id, 'name', name,
        'customerId', customer_id)), '[]') FROM people) AS people`,
)

export type CallRow = { readonly company_id: string; readonly id: string; readonly [column: string]: unknown }
export type CallKeyRow = {
  readonly company_id: string
  readonly connection_id: string
  readonly call_key: string
  readonly call_id: string
}
export type MergedRow = { readonly company_id: string; readonly id: string; readonly into_id: string }

export type CallWrites = {
  readonly calls: readonly CallRow[]
  readonly keys: readonly CallKeyRow[]
  readonly merged: readonly MergedRow[]
}

/** Replaces calls as a whole, and points identities at them. Travels together with COMMIT. */
export function replaceCalls(tx: Tx, { calls, keys, merged }: CallWrites): void {
  if (calls.length + keys.length === 0) return
  tx.hooks.beforeCommit.push(() =>
    run(tx, replace, [JSON.stringify(calls), JSON.stringify(keys), JSON.stringify(merged)]),
  )
}

/** The columns that a fold decides, with their types. */
const columns = {
  connection_id: 'uuid',
  external_id: 'text',
  direction: 'text',
  status: 'text',
  outcome: 'text',
  from_party: 'text',
  to_party: 'text',
  from_e164: 'text',
  to_e164: 'text',
  remote_party: 'text',
  remote_e164: 'text',
  queue: 'text',
  agent: 'text',
  extension: 'text',
  agent_id: 'uuid',
  started_at: 'timestamptz',
  answered_at: 'timestamptz',
  ended_at: 'timestamptz',
  ring_seconds: 'numeric',
  wait_seconds: 'numeric',
  talk_seconds: 'numeric',
  hold_seconds: 'numeric',
  wrap_up_seconds: 'numeric',
  duration_seconds: 'numeric',
  hangup_cause: 'text',
  has_final_record: 'boolean',
  flags: 'text[]',
  legs: 'jsonb',
  queue_visits: 'jsonb',
  agent_segments: 'jsonb',
  recordings: 'jsonb',
  provider: 'jsonb',
  events_count: 'integer',
  last_event_at: 'timestamptz',
  digest: 'text',
  version: 'integer',
} as const

export type CallColumn = keyof typeof columns

const names = Object.keys(columns).join(', ')
const typed = Object.entries(columns).map(([name, type]) => `${name} ${type}`)
const replaced = Object.keys(columns).map((name) => `${name} = excluded.${name}`)

const replace = statement(
  'replace_calls',
  `WITH saved AS (
     INSERT INTO calls AS c (company_id, id, ${names})
     SELECT company_id, id, ${names} FROM json_to_recordset($1::json) AS g(company_id uuid, id uuid, ${typed.join(', ')})
     ON CONFLICT (company_id, id) DO UPDATE SET ${replaced.join(', ')}, updated_at = now(),
       finalized_at = CASE WHEN c.digest = excluded.digest THEN c.finalized_at END
   ), merged AS (
     UPDATE calls c SET merged_into_id = m.into_id, version = c.version + 1, updated_at = now()
     FROM json_to_recordset($3::json) AS m(company_id uuid, id uuid, into_id uuid) WHERE c.company_id = m.company_id AND c.id = m.id
   )
   INSERT INTO call_keys (company_id, connection_id, call_key, call_id, first_received_at)
   SELECT company_id, connection_id, call_key, call_id, now()
   FROM json_to_recordset($2::json) AS k(company_id uuid, connection_id uuid, call_key text, call_id uuid)
   ON CONFLICT (company_id, connection_id, call_key) DO UPDATE SET call_id = excluded.call_id`,
)
