import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'

export type NewRecording = {
  readonly company_id: string
  readonly id: string
  readonly call_id: string
  readonly connection_id: string
  readonly event_key: string
  readonly url: string
}

/** Each recording of a call once, however often it is told of. A call that was merged meanwhile is the one it became part of. */
export async function insertRecordings(tx: Tx, recordings: readonly NewRecording[]): Promise<void> {
  await run(tx, insert, [JSON.stringify(recordings)])
}

const insert = statement(
  'insert_recordings',
  `INSERT INTO recordings (company_id, id, call_id, connection_id, event_key, url)
   SELECT g.company_id, g.id, coalesce(c.merged_into_id, c.id), g.connection_id, g.event_key, g.url
   FROM json_to_recordset($1::json) AS g(company_id uuid, id uuid, call_id uuid, connection_id uuid, event_key text, url text)
   JOIN calls c ON c.company_id = g.company_id AND c.id = g.call_id
   ON CONFLICT (company_id, connection_id, event_key) DO UPDATE SET call_id = excluded.call_id`,
)

export type DueRecording = {
  readonly companyId: string
  readonly id: string
  readonly connectionId: string
  readonly url: string
  readonly attempts: number
}

/** Takes recordings whose turn it is; whoever takes them and dies leaves them to be taken again. */
export async function takeDueRecordings(executor: Executor, limit: number): Promise<DueRecording[]> {
  return run(executor, take, [limit])
}

const take = statement(
  'take_due_recordings',
  `UPDATE recordings r SET attempts = r.attempts + 1, next_attempt_at = now() + least(interval '6 hours', interval '1 minute' * 2 ^ r.attempts)
   FROM (SELECT company_id, id FROM recordings WHERE status = 'PENDING' AND next_attempt_at <= now()
         ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED) due
   WHERE r.company_id = due.company_id AND r.id = due.id
   RETURNING r.company_id AS "companyId", r.id, r.connection_id AS "connectionId", r.url, r.attempts`,
)

export async function markStored(
  executor: Executor,
  { companyId, id }: Pick<DueRecording, 'companyId' | 'id'>,
  { contentType, bytes }: { readonly contentType: string; readonly bytes: number },
): Promise<void> {
  await run(executor, stored, [companyId, id, contentType, bytes])
}

const stored = statement(
  'mark_recording_stored',
  `UPDATE recordings SET status = 'STORED', content_type = $3, bytes = $4, error = NULL, stored_at = now()
   WHERE company_id = $1 AND id = $2`,
)

export async function markFailed(
  executor: Executor,
  { companyId, id }: Pick<DueRecording, 'companyId' | 'id'>,
  { error, isFinal }: { readonly error: string; readonly isFinal: boolean },
): Promise<void> {
  await run(executor, failed, [companyId, id, error, isFinal])
}

const failed = statement(
  'mark_recording_failed',
  `UPDATE recordings SET status = CASE WHEN $4 THEN 'FAILED' ELSE status END, error = $3 WHERE company_id = $1 AND id = $2`,
)

export type FoundRecording = {
  readonly mergedIntoId: string | null
  readonly id: string | null
  readonly status: string | null
  readonly contentType: string | null
}

/** The call's first recording, or the one of an event. Undefined: there is no such call. */
export async function findRecording(
  executor: Executor,
  companyId: string,
  callId: string,
  eventId: string | undefined,
): Promise<FoundRecording | undefined> {
  return runOne(executor, find, [companyId, callId, eventId ?? null])
}

const find = statement(
  'find_recording',
  `SELECT c.merged_into_id AS "mergedIntoId", r.id, r.status, r.content_type AS "contentType"
   FROM calls c LEFT JOIN LATERAL (
     SELECT id, status, content_type FROM recordings
     WHERE company_id = c.company_id AND call_id = c.id AND ($3::text IS NULL OR event_key = $3)
     ORDER BY status <> 'STORED', created_at, id LIMIT 1
   ) r ON true
   WHERE c.company_id = $1 AND c.id = $2`,
)

/** Gives back what has been kept for longer than that, as no longer kept. */
export async function expireRecordings(
  executor: Executor,
  days: number,
  limit: number,
): Promise<{ companyId: string; id: string }[]> {
  return run(executor, expire, [days, limit])
}

const expire = statement(
  'expire_recordings',
  `UPDATE recordings r SET status = 'EXPIRED' FROM (
     SELECT company_id, id FROM recordings WHERE status = 'STORED' AND stored_at < now() - make_interval(days => $1) LIMIT $2
   ) old WHERE r.company_id = old.company_id AND r.id = old.id
   RETURNING r.company_id AS "companyId", r.id`,
)
