import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'

export type NewSession = {
  readonly id: string
  readonly seed: Buffer
  readonly userAgent: string | null
  readonly address: string
}

/** Starts a session; false when the user was deactivated in the meantime. */
export async function insertSession(
  tx: Tx,
  companyId: string,
  userId: string,
  session: NewSession,
  days: number,
): Promise<boolean> {
  const values = [companyId, userId, session.id, session.seed, session.userAgent, session.address, days]
  return (await runOne(tx, insertStatement, values)) !== undefined
}

const insertStatement = statement(
  'insert_session',
  `INSERT INTO sessions (company_id, user_id, id, seed, user_agent, address, expires_at)
   SELECT u.company_id, u.id, $3, $4, $5, $6, now() + make_interval(days => $7)
   FROM users u WHERE u.company_id = $1 AND u.id = $2 AND u.active AND u.deleted_at IS NULL
   RETURNING id`,
)

export type Credentials = {
  readonly companyId: string
  readonly userId: string
  readonly passwordHash: string | null
  /** Where the user has signed in lately and nothing was wrong with it. */
  readonly addresses: readonly string[]
}

/** Whom an email signs in. Deactivated users are found as well: the caller learns that only after the password was right. */
export async function findCredentials(executor: Executor, email: string): Promise<Credentials | undefined> {
  return runOne<Credentials>(executor, credentialsStatement, [email])
}

const credentialsStatement = statement(
  'find_credentials',
  `SELECT u.company_id AS "companyId", u.id AS "userId", u.password_hash AS "passwordHash", ARRAY (
     SELECT s.address FROM sessions s
     WHERE s.company_id = u.company_id AND s.user_id = u.id AND s.address IS NOT NULL
       AND (s.revoked_at IS NULL OR s.revoked_reason = 'logout')
     ORDER BY s.id DESC LIMIT 50) AS addresses
   FROM sign_in_names n JOIN users u ON u.company_id = n.company_id AND u.id = n.user_id
   WHERE n.email = $1 AND u.deleted_at IS NULL`,
)

export type LockedSession = {
  readonly userId: string
  readonly seed: Buffer
  readonly generation: number
  readonly secondsSinceRotation: number
  readonly ended: boolean
}

/** Locks the session until the transaction ends: two refreshes at once take turns. */
export async function lockSession(tx: Tx, companyId: string, id: string): Promise<LockedSession | undefined> {
  return runOne<LockedSession>(tx, lockStatement, [companyId, id])
}

const lockStatement = statement(
  'lock_session',
  `SELECT user_id AS "userId", seed, generation, extract(epoch FROM clock_timestamp() - rotated_at)::float8 AS "secondsSinceRotation",
     (revoked_at IS NOT NULL OR expires_at <= now()) AS ended
   FROM sessions WHERE company_id = $1 AND id = $2 FOR UPDATE`,
)

/** Makes the next token of the session the current one. */
export async function rotateSession(tx: Tx, companyId: string, id: string, days: number): Promise<void> {
  await run(tx, rotateStatement, [companyId, id, days])
}

const rotateStatement = statement(
  'rotate_session',
  `UPDATE sessions SET generation = generation + 1, rotated_at = clock_timestamp(), expires_at = now() + make_interval(days => $3)
   WHERE company_id = $1 AND id = $2`,
)

/** Ends one session, or with `sessionId` null all of the user's. Returns those that had not ended before. */
export async function endSessions(
  tx: Tx,
  companyId: string,
  userId: string,
  sessionId: string | null,
  reason: string,
): Promise<string[]> {
  const ended = await run<{ id: string }>(tx, endStatement, [companyId, userId, sessionId, reason])
  return ended.map((session) => session.id)
}

const endStatement = statement(
  'end_sessions',
  `UPDATE sessions SET revoked_at = now(), revoked_reason = $4
   WHERE company_id = $1 AND user_id = $2 AND ($3::uuid IS NULL OR id = $3) AND revoked_at IS NULL RETURNING id`,
)

/** A refresh token that is used again after this is unknown instead of reused: refused either way. */
export async function deleteOldSessions(executor: Executor, keptDays: number, limit: number): Promise<number> {
  const row = await runOne<{ count: number }>(executor, deleteOldStatement, [keptDays, limit])
  return row?.count ?? 0
}

const deleteOldStatement = statement(
  'delete_old_sessions',
  `WITH gone AS (
     DELETE FROM sessions WHERE ctid = ANY (ARRAY (
       SELECT ctid FROM sessions WHERE expires_at < now() - make_interval(days => $1) ORDER BY expires_at LIMIT $2))
     RETURNING 1)
   SELECT count(*)::int AS count FROM gone`,
)
