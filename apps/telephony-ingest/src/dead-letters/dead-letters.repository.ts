import { hash } from 'node:crypto'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'
import { newId } from '@dealwire/messaging'
import type { NewDeadLetter } from './dead-letter.ts'

const ITEM = `json_build_object('id', l.id, 'connectionId', l.connection_id, 'code', l.code, 'message', l.message,
  'excerpt', left(encode(substr(l.body, 1, 2000), 'escape'), 2000), 'bytes', length(l.body),
  'seenCount', l.seen_count, 'attempts', l.attempts, 'createdAt', iso(l.created_at), 'resolvedAt', iso(l.resolved_at))`

function lettersWhere(name: string, condition: string): ListSpec {
  return {
    name,
    from: 'webhook_dead_letters l',
    alias: 'l',
    where: `l.company_id = $1 AND l.resolved_at ${condition}`,
    item: ITEM,
    sorts: { createdAt: { expression: 'l.created_at', type: 'timestamptz' } },
    filters: { connectionId: 'l.connection_id = $?', code: 'l.code = $?' },
  }
}

export const deadLetterLists = {
  open: lettersWhere('open_webhook_dead_letters', 'IS NULL'),
  resolved: lettersWhere('resolved_webhook_dead_letters', 'IS NOT NULL'),
} as const

export async function insertDeadLetters(tx: Tx, letters: readonly NewDeadLetter[]): Promise<void> {
  const rows = new Map<string, unknown>()
  for (const letter of letters) {
    const sha256 = hash('sha256', letter.body, 'hex')
    rows.set(`${letter.connectionId} ${sha256}`, {
      company_id: letter.companyId,
      id: newId(),
      connection_id: letter.connectionId,
      code: letter.code,
      message: letter.message,
      raw_query: letter.rawQuery,
      body: Buffer.from(letter.body).toString('hex'),
      body_sha256: sha256,
    })
  }
  await run(tx, insert, [JSON.stringify([...rows.values()])])
}

const insert = statement(
  'insert_webhook_dead_letters',
  `INSERT INTO webhook_dead_letters AS l (company_id, id, connection_id, code, message, raw_query, body, body_sha256)
   SELECT company_id, id, connection_id, code, message, raw_query, decode(body, 'hex'), decode(body_sha256, 'hex')
   FROM json_to_recordset($1::json) AS g(company_id uuid, id uuid, connection_id uuid, code text, message text, raw_query text,
     body text, body_sha256 text)
   ON CONFLICT (company_id, connection_id, body_sha256) WHERE resolved_at IS NULL
   DO UPDATE SET seen_count = l.seen_count + 1, code = excluded.code, message = excluded.message`,
)

export type LockedLetter = NewDeadLetter & {
  readonly id: string
  readonly isResolved: boolean
  readonly createdAt: Date
}

/** Locks a dead letter, so that two retries at a time do not both work on it. */
export async function lockDeadLetter(tx: Tx, companyId: string, id: string): Promise<LockedLetter | undefined> {
  return runOne<LockedLetter>(tx, lock, [companyId, id])
}

const lock = statement(
  'lock_webhook_dead_letter',
  `SELECT company_id AS "companyId", id, connection_id AS "connectionId", code, message, raw_query AS "rawQuery", body,
     resolved_at IS NOT NULL AS "isResolved", created_at AS "createdAt"
   FROM webhook_dead_letters WHERE company_id = $1 AND id = $2 FOR UPDATE`,
)

/** Notes an attempt: resolved without a problem, else open with the problem as its message. */
export async function noteAttempt(tx: Tx, companyId: string, id: string, problem: string | undefined): Promise<string> {
  const row = await runOne<{ json: string }>(tx, note, [companyId, id, problem ?? null])
  if (row === undefined) throw new Error(`The locked dead letter '${id}' is gone`)
  return row.json
}

const note = statement(
  'note_webhook_dead_letter_attempt',
  `WITH noted AS (
     UPDATE webhook_dead_letters SET attempts = attempts + 1, message = coalesce($3, message),
       resolved_at = CASE WHEN $3::text IS NULL THEN now() END
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${ITEM}::text AS json FROM noted l`,
)

/** Calls whose fold failed and is worth another try. */
export async function listFoldFailures(
  executor: Executor,
  limit: number,
): Promise<{ companyId: string; id: string }[]> {
  return run(executor, foldFailures, [limit])
}

const foldFailures = statement(
  'list_fold_failures',
  `SELECT company_id AS "companyId", id FROM webhook_dead_letters
   WHERE code = 'fold_failed' AND resolved_at IS NULL AND attempts < 10 ORDER BY created_at LIMIT $1`,
)

export async function findDeadLetterConnection(
  executor: Executor,
  companyId: string,
  id: string,
): Promise<string | undefined> {
  const row = await runOne<{ connectionId: string }>(executor, findConnectionOf, [companyId, id])
  return row?.connectionId
}

const findConnectionOf = statement(
  'find_dead_letter_connection',
  `SELECT connection_id AS "connectionId" FROM webhook_dead_letters WHERE company_id = $1 AND id = $2`,
)
