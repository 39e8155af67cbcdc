import { type Database, type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import { AppError, notFound } from '@dealwire/errors'
import { newId } from './new-id.ts'

export type NewDeadLetter = {
  readonly companyId: string
  readonly consumer: string
  readonly eventId: string
  readonly subject: string
  readonly message: string
  readonly error: unknown
  readonly deliveries: number
}

export type DeadLetter = {
  readonly id: string
  readonly consumer: string
  readonly eventId: string
  readonly subject: string
  readonly error: string
  readonly deliveries: number
  readonly createdAt: string
  readonly resolvedAt: string | null
}

/** Whose message it is when not even that can be read. */
export const UNKNOWN_COMPANY = '00000000-0000-0000-0000-000000000000'

const MAX_ERROR_CHARACTERS = 4_000

/** Sets a message aside, once per consumer and event: another failure of the same event updates the open row. */
export async function storeDeadLetter(executor: Executor, letter: NewDeadLetter): Promise<void> {
  await run(executor, upsert, [
    letter.companyId,
    newId(),
    letter.consumer,
    storable(letter.eventId),
    storable(letter.subject),
    storable(letter.message),
    describe(letter.error),
    letter.deliveries,
  ])
}

/** The open dead letters of a company, oldest first. `after` is the id of the last one seen. */
export async function listDeadLetters(
  executor: Executor,
  companyId: string,
  page: { readonly after?: string; readonly limit: number; readonly consumer?: string },
): Promise<DeadLetter[]> {
  return await run(executor, listOpen, [
    companyId,
    page.after ?? null,
    Math.min(page.limit, 100),
    page.consumer ?? null,
  ])
}

export type LockedLetter = {
  readonly id: string
  readonly subject: string
  readonly message: string
  readonly eventId: string
}

/** Locks an open dead letter for a retry; a second retry at the same time finds it resolved. */
export async function lockDeadLetter(tx: Tx, consumer: string, companyId: string, id: string): Promise<LockedLetter> {
  const letter = await runOne<LockedLetter & { resolved: boolean }>(tx, lock, [companyId, id, consumer])
  if (letter === undefined) throw notFound('dead letter', id)
  if (letter.resolved)
    throw new AppError('conflict', 'dead_letter_resolved', `Dead letter '${id}' has been dealt with already.`)
  return letter
}

export async function resolveDeadLetter(executor: Executor, companyId: string, id: string): Promise<void> {
  await run(executor, resolve, [companyId, id])
}

/** Why the latest retry failed, on the row that stays open. */
export async function noteFailedRetry(
  database: Database,
  consumer: string,
  companyId: string,
  id: string,
  error: unknown,
): Promise<void> {
  await run(database, noteFailure, [companyId, id, describe(error), consumer])
}

function describe(error: unknown): string {
  const text = error instanceof AppError ? `${error.kind} ${error.code}: ${error.message}` : String(error)
  return storable(text).slice(0, MAX_ERROR_CHARACTERS)
}

/** Postgres text holds no NUL, and a message that nobody could read may hold anything. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD').toWellFormed()
}

const upsert = statement(
  'store_dead_letter',
  `INSERT INTO dead_letter AS d (company_id, id, consumer, event_id, subject, message, error, deliveries)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
   ON CONFLICT (company_id, consumer, event_id) WHERE resolved_at IS NULL
   DO UPDATE SET error = excluded.error, deliveries = greatest(d.deliveries, excluded.deliveries)`,
)

const listOpen = statement(
  'list_dead_letters',
  `SELECT id, consumer, event_id AS "eventId", subject, error, deliveries, iso(created_at) AS "createdAt", iso(resolved_at) AS "resolvedAt"
   FROM dead_letter
   WHERE company_id = $1 AND resolved_at IS NULL AND ($2::uuid IS NULL OR id > $2) AND ($4::text IS NULL OR consumer = $4)
   ORDER BY id LIMIT $3`,
)

const lock = statement(
  'lock_dead_letter',
  `SELECT id, subject, message, event_id AS "eventId", resolved_at IS NOT NULL AS resolved
   FROM dead_letter WHERE company_id = $1 AND id = $2 AND consumer = $3 FOR UPDATE`,
)

const resolve = statement(
  'resolve_dead_letter',
  `UPDATE dead_letter SET resolved_at = now() WHERE company_id = $1 AND id = $2`,
)

const noteFailure = statement(
  'note_failed_retry',
  `UPDATE dead_letter SET error = $3, deliveries = deliveries + 1
   WHERE company_id = $1 AND id = $2 AND consumer = $4 AND resolved_at IS NULL`,
)
