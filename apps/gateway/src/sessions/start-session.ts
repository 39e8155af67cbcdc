import { randomBytes } from 'node:crypto'
import type { Executor } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import { refreshToken } from './refresh-tokens.ts'
import { insertSession } from './sessions.repository.ts'

/** A session ends when its refresh token has not been used for this long. */
export const SESSION_DAYS = 30

/** Where a sign-in came from, for the list of sessions. */
export type Origin = { readonly userAgent: string | null; readonly address: string }
export type StartedSession = { readonly sessionId: string; readonly refreshToken: string }

/** Starts a session; undefined when the user may not sign in. */
export async function startSession(
  executor: Executor,
  user: { readonly companyId: string; readonly userId: string },
  origin: Origin,
  tokenKey: Uint8Array,
): Promise<StartedSession | undefined> {
  const session = { id: newId(), seed: randomBytes(32), ...origin }
  const started = await insertSession(executor, user.companyId, user.userId, session, SESSION_DAYS)
  if (!started) return undefined
  const token = refreshToken(
    { companyId: user.companyId, sessionId: session.id, generation: 1 },
    session.seed,
    tokenKey,
  )
  return { sessionId: session.id, refreshToken: token }
}
