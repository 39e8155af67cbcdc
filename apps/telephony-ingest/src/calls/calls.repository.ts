import { type Executor, runOne, statement } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'

/** A call as it is answered, of a row `c` with `CALL_JOINS`. */
export const CALL_ITEM = `json_build_object('id', c.id, 'externalId', c.external_id, 'connectionId', c.connection_id, 'direction', c.direction,
  'status', c.status, 'from', c.from_party, 'to', c.to_party, 'phone', c.remote_e164,
  'contactId', CASE p.kind WHEN 'contact' THEN p.id END, 'customerId', CASE p.kind WHEN 'customer' THEN p.id ELSE p.customer_id END,
  'contactName', p.name, 'queue', c.queue, 'agentId', c.agent_id, 'agentName', u.name,
  'startedAt', iso(c.started_at), 'answeredAt', iso(c.answered_at), 'endedAt', iso(c.ended_at),
  'ringSeconds', trim_scale(c.ring_seconds), 'waitSeconds', trim_scale(c.wait_seconds), 'talkSeconds', trim_scale(c.talk_seconds),
  'holdSeconds', trim_scale(c.hold_seconds), 'wrapUpSeconds', trim_scale(c.wrap_up_seconds),
  'durationSeconds', trim_scale(c.duration_seconds), 'hangupCause', c.hangup_cause,
  'hasRecording', jsonb_array_length(c.recordings) > 0, 'flags', c.flags,
  'finalizedAt', CASE WHEN c.ended_at IS NOT NULL THEN iso(c.finalized_at) END, 'version', c.version,
  'createdAt', iso(c.created_at), 'updatedAt', iso(c.updated_at))`

// Whose number it is, is looked up when a call is read: a contact made later gives earlier calls its name at once.
export const CALL_JOINS = `LEFT JOIN LATERAL (
    SELECT d.kind, d.id, d.name, d.customer_id FROM contact_directory d
    WHERE d.company_id = c.company_id AND d.e164 = c.remote_e164 AND d.deleted_at IS NULL
    ORDER BY d.kind, d.is_duplicate, d.id LIMIT 1
  ) p ON true
  LEFT JOIN user_refs u ON u.company_id = c.company_id AND u.id = c.agent_id`

const SORTS = {
  startedAt: { expression: 'c.started_at', type: 'timestamptz' },
  createdAt: { expression: 'c.created_at', type: 'timestamptz' },
} as const

const NUMBERS_OF = (condition: string) =>
  `c.remote_e164 = ANY(ARRAY(SELECT d.e164 FROM contact_directory d WHERE d.company_id = $1 AND d.deleted_at IS NULL AND d.e164 IS NOT NULL AND ${condition}))`

const FILTERS = {
  liveStatus: 'c.status = $? AND c.ended_at IS NULL',
  endedStatus: 'c.ended_status = $?',
  direction: 'c.direction = $?',
  agentId: 'c.agent_id = $?',
  queue: 'c.queue = $?',
  e164: 'c.remote_e164 = $?',
  // An extension, a SIP user, a withheld number: as the PBX wrote it.
  party: 'c.remote_party = $? AND c.remote_e164 IS NULL',
  contactId: NUMBERS_OF(`d.kind = 'contact' AND d.id = $?`),
  customerId: NUMBERS_OF(`(d.customer_id = $?::uuid OR (d.kind = 'customer' AND d.id = $?::uuid))`),
  connectionId: 'c.connection_id = $?',
  from: 'c.started_at >= $?::timestamptz',
  to: 'c.started_at < $?::timestamptz',
}

export const callLists = {
  all: {
    name: 'calls',
    from: 'calls c',
    alias: 'c',
    where: 'c.company_id = $1 AND c.merged_into_id IS NULL',
    item: CALL_ITEM,
    joins: CALL_JOINS,
    sorts: SORTS,
    filters: FILTERS,
  },
  live: {
    name: 'live_calls',
    from: 'calls c',
    alias: 'c',
    where: 'c.company_id = $1 AND c.merged_into_id IS NULL AND c.ended_at IS NULL',
    item: CALL_ITEM,
    joins: CALL_JOINS,
    sorts: SORTS,
    filters: FILTERS,
  },
} as const satisfies Record<string, ListSpec>

export type FoundCall = { readonly json: string; readonly version: number; readonly mergedIntoId: string | null }

/** One call with its parts and its events, in one statement. */
export async function findCall(executor: Executor, companyId: string, id: string): Promise<FoundCall | undefined> {
  return runOne(executor, find, [companyId, id])
}

const MAX_EVENTS = 1_000

const find = statement(
  'find_call',
  `SELECT c.version, c.merged_into_id AS "mergedIntoId", (${CALL_ITEM}::jsonb || jsonb_build_object(
     'legs', c.legs, 'queueVisits', c.queue_visits, 'agentSegments', c.agent_segments, 'recordings', c.recordings,
     'provider', c.provider, 'eventsCount', c.events_count, 'events', coalesce(e.events, '[]')))::text AS json
   FROM calls c ${CALL_JOINS} LEFT JOIN LATERAL (
     SELECT jsonb_agg(jsonb_build_object('eventId', t.event_key, 'legId', t.event ->> 'legId', 'type', t.event ->> 'type',
       'occurredAt', iso(t.occurred_at), 'receivedAt', iso(t.received_at), 'data', t.event -> 'data')
       ORDER BY t.occurred_at, t.event_key) AS events
     FROM (
       SELECT * FROM (
         SELECT DISTINCT ON (s.event_key) s.event_key, s.event, s.received_at, to_timestamp((s.event ->> 'occurredAt')::bigint / 1000.0)::timestamptz(3) AS occurred_at
         FROM call_keys k JOIN call_events s ON s.company_id = k.company_id AND s.connection_id = k.connection_id
           AND s.call_key = k.call_key AND s.received_at >= k.first_received_at - interval '1 day'
         WHERE k.company_id = c.company_id AND k.call_id = c.id
         ORDER BY s.event_key, (s.event ->> 'revision')::integer DESC NULLS LAST, s.event ? 'isVoid'
       ) newest WHERE NOT event ? 'isVoid'
       ORDER BY occurred_at, event_key LIMIT ${MAX_EVENTS}
     ) t
   ) e ON true
   WHERE c.company_id = $1 AND c.id = $2`,
)
