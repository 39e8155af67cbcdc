import type { callbackOpened, EventData } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'

export type StoredCallback = {
  readonly json: string
  readonly id: string
  readonly version: number
  readonly status: string
}

const STATE = `'id', b.id, 'phone', b.phone, 'callId', b.call_id, 'queue', b.queue, 'status', b.status,
  'missedCount', b.missed_count, 'lastMissedAt', iso(b.last_missed_at), 'dueAt', iso(b.due_at),
  'assignedToId', b.assigned_to_id, 'note', b.note, 'version', b.version,
  'createdAt', iso(b.created_at), 'updatedAt', iso(b.updated_at)`
const ITEM = `json_build_object(${STATE}, 'contactId', CASE p.kind WHEN 'contact' THEN p.id END, 'contactName', p.name)`
const JOINS = `LEFT JOIN LATERAL (
    SELECT d.kind, d.id, d.name FROM contact_directory d
    WHERE d.company_id = b.company_id AND d.e164 = b.phone AND d.deleted_at IS NULL
    ORDER BY d.kind, d.is_duplicate, d.id LIMIT 1
  ) p ON true`
const ANSWER = `${ITEM}::text AS json, b.id, b.version, b.status`

export const callbackList: ListSpec = {
  name: 'callbacks',
  from: 'callbacks b',
  alias: 'b',
  where: 'b.company_id = $1',
  item: ITEM,
  joins: JOINS,
  sorts: {
    dueAt: { expression: 'b.due_at', type: 'timestamptz' },
    createdAt: { expression: 'b.created_at', type: 'timestamptz' },
  },
  filters: {
    status: 'b.status = $?',
    assignedToId: 'b.assigned_to_id = $?',
    queue: 'b.queue = $?',
    phone: 'b.phone = $?',
    callId: 'b.call_id = $?',
  },
}

export async function findCallback(
  executor: Executor,
  companyId: string,
  id: string,
): Promise<StoredCallback | undefined> {
  return runOne(executor, find, [companyId, id])
}

const find = statement(
  'find_callback',
  `SELECT ${ANSWER} FROM callbacks b ${JOINS} WHERE b.company_id = $1 AND b.id = $2`,
)

export async function lockCallback(
  tx: Tx,
  companyId: string,
  id: string,
): Promise<Pick<StoredCallback, 'id' | 'version' | 'status'> | undefined> {
  return runOne(tx, lock, [companyId, id])
}

const lock = statement(
  'lock_callback',
  'SELECT id, version, status FROM callbacks WHERE company_id = $1 AND id = $2 FOR UPDATE',
)

export async function assignCallbackRow(
  tx: Tx,
  companyId: string,
  { id, assignedToId }: { id: string; assignedToId: string },
): Promise<StoredCallback | undefined> {
  return runOne(tx, assign, [companyId, id, assignedToId])
}

const assign = statement(
  'assign_callback',
  `WITH saved AS (
     UPDATE callbacks SET status = 'ASSIGNED', assigned_to_id = $3, version = version + 1, updated_at = now()
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${ANSWER} FROM saved b ${JOINS}`,
)

export async function completeCallbackRow(
  tx: Tx,
  companyId: string,
  { id, note }: { id: string; note: string | undefined },
): Promise<StoredCallback | undefined> {
  return runOne(tx, complete, [companyId, id, note ?? null])
}

const complete = statement(
  'complete_callback',
  `WITH saved AS (
     UPDATE callbacks SET status = 'DONE', note = coalesce($3, note), settled_until = now(), version = version + 1, updated_at = now()
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${ANSWER} FROM saved b ${JOINS}`,
)

/** A number with which something was ended, and the id of the callback that it may open. */
export type EndedNumber = { readonly company_id: string; readonly phone: string; readonly id: string }

type CallbackState = EventData<typeof callbackOpened>['callback']

export type Settled = { readonly companyId: string; readonly isNew: boolean; readonly state: CallbackState }

/** Closes callbacks of numbers that were spoken with since. */
export async function resolveCallbacks(tx: Tx, numbers: readonly EndedNumber[]): Promise<Settled[]> {
  return run(tx, resolve, [JSON.stringify(numbers)])
}

/** Opens a callback for numbers with calls missed since they were last dealt with, or counts them on the one that is open. */
export async function openCallbacks(tx: Tx, numbers: readonly EndedNumber[]): Promise<Settled[]> {
  return run(tx, open, [JSON.stringify(numbers)])
}

/** Locked in one order: two batches with the same numbers settle them one after the other. */
export async function lockNumbers(tx: Tx, numbers: readonly EndedNumber[]): Promise<void> {
  await run(tx, lockEach, [numbers.map(({ company_id, phone }) => `${company_id} ${phone}`)])
}

const lockEach = statement(
  'lock_callback_numbers',
  `SELECT count(pg_advisory_xact_lock(key))
   FROM (SELECT DISTINCT hashtextextended(name, 7413) AS key FROM unnest($1::text[]) AS given(name) ORDER BY key OFFSET 0) AS sorted`,
)

/** Older calls come from an import: nobody waits to be called back about them. */
const RECENT = `interval '7 days'`
const GIVEN = `json_to_recordset($1::json) AS g(company_id uuid, phone text, id uuid)`
/** When the number was last spoken with, either way: of one number `g`, since only few of those that ended a call need it. */
const SPOKEN_AT = `(SELECT max(c.started_at) FROM calls c
     WHERE c.company_id = g.company_id AND c.remote_e164 = g.phone AND c.merged_into_id IS NULL
       AND c.answered_at IS NOT NULL AND c.direction <> 'INTERNAL' AND c.started_at > now() - ${RECENT})`
const IS_MISSED = `c.company_id = g.company_id AND c.remote_e164 = g.phone AND c.merged_into_id IS NULL
       AND c.direction = 'INBOUND' AND c.status IN ('MISSED', 'ABANDONED')`

const resolve = statement(
  'resolve_callbacks',
  `WITH spoken AS (
     SELECT b.company_id, b.id, ${SPOKEN_AT} AS at FROM ${GIVEN}
     JOIN callbacks b ON b.company_id = g.company_id AND b.phone = g.phone AND b.status IN ('OPEN', 'ASSIGNED')
   ), saved AS (
     UPDATE callbacks b SET status = 'AUTO_RESOLVED', settled_until = s.at, version = b.version + 1, updated_at = now()
     FROM spoken s WHERE b.company_id = s.company_id AND b.id = s.id
       AND b.status IN ('OPEN', 'ASSIGNED') AND s.at >= b.last_missed_at
     RETURNING b.*
   ) SELECT b.company_id AS "companyId", false AS "isNew", json_build_object(${STATE}) AS state FROM saved b`,
)

const open = statement(
  'open_callbacks',
  `WITH settled AS (
     SELECT g.*, greatest(coalesce(${SPOKEN_AT}, '-infinity'), coalesce((SELECT max(b.settled_until) FROM callbacks b
       WHERE b.company_id = g.company_id AND b.phone = g.phone), '-infinity'), now() - ${RECENT}) AS until
     FROM ${GIVEN} WHERE (SELECT true FROM calls c WHERE ${IS_MISSED} AND c.started_at > now() - ${RECENT} LIMIT 1)
   ), missed AS (
     SELECT g.company_id, g.phone, g.id, m.* FROM settled g CROSS JOIN LATERAL (
       SELECT count(*)::int AS missed_count, max(c.started_at) AS last_missed_at, min(coalesce(c.ended_at, c.started_at)) AS first_ended_at,
         (array_agg(c.id ORDER BY c.started_at DESC, c.id DESC))[1] AS call_id,
         (array_agg(c.queue ORDER BY c.started_at DESC, c.id DESC))[1] AS queue
       FROM calls c WHERE ${IS_MISSED} AND c.started_at > g.until HAVING count(*) > 0
     ) m
   ), saved AS (
     INSERT INTO callbacks AS b (company_id, id, phone, call_id, queue, missed_count, last_missed_at, due_at)
     SELECT company_id, id, phone, call_id, queue, missed_count, last_missed_at, first_ended_at + make_interval(mins => coalesce(
       (SELECT q.callback_due_minutes FROM queues q WHERE q.company_id = missed.company_id AND q.key = missed.queue AND q.deleted_at IS NULL), 60))
     FROM missed
     ON CONFLICT (company_id, phone) WHERE status IN ('OPEN', 'ASSIGNED') DO UPDATE SET call_id = excluded.call_id,
       queue = excluded.queue, missed_count = excluded.missed_count, last_missed_at = excluded.last_missed_at,
       version = b.version + 1, updated_at = now()
     WHERE (b.call_id, b.missed_count, b.last_missed_at) IS DISTINCT FROM (excluded.call_id, excluded.missed_count, excluded.last_missed_at)
     RETURNING b.*
   ) SELECT b.company_id AS "companyId", b.version = 1 AS "isNew", json_build_object(${STATE}) AS state FROM saved b`,
)
