import { type Executor, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'

export type StoredQueue = { readonly json: string; readonly id: string; readonly version: number }

const ITEM = `json_build_object('id', q.id, 'key', q.key, 'name', q.name, 'slaThresholdSeconds', q.sla_threshold_seconds,
  'slaGoalPercent', q.sla_goal_percent, 'includeAbandoned', q.include_abandoned, 'shortAbandonSeconds', q.short_abandon_seconds,
  'callbackDueMinutes', q.callback_due_minutes,
  'version', q.version, 'createdAt', iso(q.created_at), 'updatedAt', iso(q.updated_at))`
const ANSWER = `${ITEM}::text AS json, q.id, q.version`

export const queueList: ListSpec = {
  name: 'queues',
  from: 'queues q',
  alias: 'q',
  where: 'q.company_id = $1 AND q.deleted_at IS NULL',
  item: ITEM,
  sorts: {
    name: { expression: 'lower(q.name COLLATE pg_c_utf8)', type: 'text' },
    createdAt: { expression: 'q.created_at', type: 'timestamptz' },
  },
  filters: {
    key: 'q.key = $?',
    q: 'strpos(lower(q.name COLLATE pg_c_utf8), lower($? COLLATE pg_c_utf8)) > 0',
  },
}

export type QueueFields = {
  readonly name: string
  readonly slaThresholdSeconds: number
  readonly slaGoalPercent: number
  readonly includeAbandoned: boolean
  readonly shortAbandonSeconds: number
  readonly callbackDueMinutes: number
}

export async function findQueue(executor: Executor, companyId: string, id: string): Promise<StoredQueue | undefined> {
  return runOne(executor, find, [companyId, id])
}

const find = statement(
  'find_queue',
  `SELECT ${ANSWER} FROM queues q WHERE q.company_id = $1 AND q.id = $2 AND q.deleted_at IS NULL`,
)

/** Undefined when the key is taken. */
export async function insertQueue(
  tx: Tx,
  companyId: string,
  queue: QueueFields & { id: string; key: string },
): Promise<StoredQueue | undefined> {
  return runOne(tx, insert, [companyId, queue.id, queue.key, ...figuresOf(queue)])
}

const insert = statement(
  'insert_queue',
  `WITH made AS (
     INSERT INTO queues (company_id, id, key, name, sla_threshold_seconds, sla_goal_percent, include_abandoned, short_abandon_seconds,
       callback_due_minutes)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (company_id, key) WHERE deleted_at IS NULL DO NOTHING RETURNING *
   ) SELECT ${ANSWER} FROM made q`,
)

export async function lockQueue(
  tx: Tx,
  companyId: string,
  id: string,
): Promise<(QueueFields & { version: number }) | undefined> {
  return runOne(tx, lock, [companyId, id])
}

const lock = statement(
  'lock_queue',
  `SELECT name, sla_threshold_seconds AS "slaThresholdSeconds", sla_goal_percent AS "slaGoalPercent",
     include_abandoned AS "includeAbandoned", short_abandon_seconds AS "shortAbandonSeconds",
     callback_due_minutes AS "callbackDueMinutes", version
   FROM queues WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL FOR UPDATE`,
)

export async function updateQueueRow(
  tx: Tx,
  companyId: string,
  id: string,
  queue: QueueFields,
): Promise<StoredQueue | undefined> {
  return runOne(tx, update, [companyId, id, ...figuresOf(queue)])
}

const update = statement(
  'update_queue',
  `WITH saved AS (
     UPDATE queues SET name = $3, sla_threshold_seconds = $4, sla_goal_percent = $5, include_abandoned = $6,
       short_abandon_seconds = $7, callback_due_minutes = $8, version = version + 1, updated_at = now()
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${ANSWER} FROM saved q`,
)

export async function deleteQueueRow(tx: Tx, companyId: string, id: string): Promise<StoredQueue | undefined> {
  return runOne(tx, remove, [companyId, id])
}

const remove = statement(
  'delete_queue',
  `WITH gone AS (
     UPDATE queues SET deleted_at = now(), updated_at = now(), version = version + 1
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${ANSWER} FROM gone q`,
)

function figuresOf(queue: QueueFields): unknown[] {
  return [
    queue.name,
    queue.slaThresholdSeconds,
    queue.slaGoalPercent,
    queue.includeAbandoned,
    queue.shortAbandonSeconds,
    queue.callbackDueMinutes,
  ]
}
