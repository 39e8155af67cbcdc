import { createHmac, hkdfSync } from 'node:crypto'
import type { Actor } from '@dealwire/contracts'
import { run, runOne, statement, type Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import type { Answer } from './answer.ts'
import { problemOf } from './problems.ts'

/** A caller's key, and what it was first used for: method, path and body compared by meaning. */
export type Idempotency = { readonly actor: Actor; readonly key: string; readonly fingerprint: string }

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Fingerprints are stored, and bodies may hold a password: without this key nobody can try which one it was. */
export function fingerprintKey(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'dealwire idempotency fingerprints', 32))
}

type Keyed = Pick<Idempotency, 'actor' | 'key'> & { readonly fingerprintKey: Uint8Array }
type Asked = { readonly method: string; readonly url: string; readonly body: unknown }

export function idempotencyOf(keyed: Keyed, { method, url, body }: Asked): Idempotency {
  const seal = createHmac('sha256', keyed.fingerprintKey)
  const fingerprint = seal.update(`${method} ${url} ${canonical(body)}`).digest('base64url')
  return { actor: keyed.actor, key: keyed.key, fingerprint }
}

/** JSON with sorted keys: the same meaning gives the same text. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      inner !== null && typeof inner === 'object' && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? ''
  )
}

/**
 * Runs `work` once per key. The answer is stored in the effect's own transaction, so either both exist or neither does.
 * An expected refusal (4xx) undoes the effect, and is stored as the answer as well.
 */
export async function once(tx: Tx, idempotency: Idempotency | undefined, work: () => Promise<Answer>): Promise<Answer> {
  if (idempotency === undefined) return work()
  const stored = await claim(tx, idempotency)
  if (stored !== undefined) return replay(stored, idempotency)
  const answer = await attempt(tx, idempotency, work)
  await run(tx, insertAnswer, [
    ...keyOf(idempotency),
    idempotency.fingerprint,
    answer.status,
    JSON.stringify(answer.headers ?? {}),
    typeof answer.body === 'string' ? answer.body : (JSON.stringify(answer.body) ?? ''),
  ])
  return answer
}

function keyOf({ actor, key }: Idempotency): [string, string, string] {
  return [actor.companyId, actor.userId ?? NOBODY, key]
}

type Stored = { fingerprint: string; status: number; headers: Record<string, string>; body: string }

async function claim(tx: Tx, idempotency: Idempotency): Promise<Stored | undefined> {
  const lock = await runOne<{ locked: boolean }>(tx, lockKey, [keyOf(idempotency).join(' ')])
  if (lock?.locked !== true) {
    throw new AppError(
      'conflict',
      'idempotency_in_progress',
      `The request with Idempotency-Key '${idempotency.key}' is still running.`,
      { retryAfterSeconds: 1 },
    )
  }
  // A statement of its own: its snapshot must be younger than the lock, or it could miss the answer just committed.
  return runOne<Stored>(tx, findAnswer, keyOf(idempotency))
}

function replay(stored: Stored, idempotency: Idempotency): Answer {
  if (stored.fingerprint !== idempotency.fingerprint) {
    throw new AppError(
      'idempotency_key_reused',
      'idempotency_key_reused',
      `Idempotency-Key '${idempotency.key}' was used for another request; choose a new key.`,
    )
  }
  const headers = { ...stored.headers, 'idempotency-replayed': 'true' }
  return stored.body === '' ? { status: stored.status, headers } : { status: stored.status, body: stored.body, headers }
}

async function attempt(tx: Tx, idempotency: Idempotency, work: () => Promise<Answer>): Promise<Answer> {
  await tx.client.query('SAVEPOINT effect')
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError) || error.retryAfterSeconds !== undefined) throw error
    const problem = problemOf(error, idempotency.actor.requestId)
    if (problem.status >= 500) throw error
    await tx.client.query('ROLLBACK TO SAVEPOINT effect')
    tx.discardHooks()
    return { status: problem.status, body: problem, headers: { 'content-type': 'application/problem+json' } }
  }
}

const lockKey = statement(
  'lock_idempotency_key',
  "SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || ' ' || $1, 7411)) AS locked",
)

const findAnswer = statement(
  'find_idempotent_answer',
  `SELECT fingerprint, status, headers, body FROM idempotency_keys
   WHERE company_id = $1 AND user_id = $2 AND key = $3 AND created_at > now() - interval '24 hours'`,
)

const insertAnswer = statement(
  'insert_idempotent_answer',
  `INSERT INTO idempotency_keys (company_id, user_id, key, fingerprint, status, headers, body) VALUES ($1, $2, $3, $4, $5, $6, $7)
   ON CONFLICT (company_id, user_id, key) DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status,
     headers = excluded.headers, body = excluded.body, created_at = now()`,
)
