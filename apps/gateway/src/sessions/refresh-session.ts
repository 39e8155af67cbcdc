import type { Tx } from '@dealwire/db/client'
import type { Origin } from './origin.ts'
import { isGenuine, parseRefreshToken, refreshToken } from './refresh-tokens.ts'
import { revokeSessions } from './revoke-sessions.ts'
import { lockSession, rotateSession } from './sessions.repository.ts'
import { SESSION_DAYS } from './start-session.ts'

/** For this long the token before the current one still gets the current one: its answer may have been lost. */
const GRACE_SECONDS = 10

export type Refreshed =
  | {
      readonly outcome: 'refreshed'
      readonly companyId: string
      readonly sessionId: string
      readonly refreshToken: string
    }
  /** An old token came back: it was stolen, or its successor was. The session is over. */
  | { readonly outcome: 'reused'; readonly companyId: string }
  | { readonly outcome: 'invalid' }

type RefreshInput = {
  readonly token: string
  readonly origin: Origin
  readonly requestId: string
  readonly tokenKey: Uint8Array
}

/** Exchanges a refresh token. A refusal is an outcome, not an error: the end of a stolen session must be committed. */
export async function refreshSession(tx: Tx, { token, origin, requestId, tokenKey }: RefreshInput): Promise<Refreshed> {
  const given = parseRefreshToken(token)
  if (given === undefined) return { outcome: 'invalid' }
  const { companyId, sessionId, generation } = given

  const session = await lockSession(tx, companyId, sessionId)
  if (session === undefined || session.ended || !isGenuine(given, session.seed, tokenKey)) return { outcome: 'invalid' }

  const tokenOf = (link: number) => refreshToken({ companyId, sessionId, generation: link }, session.seed, tokenKey)
  if (generation === session.generation) {
    await rotateSession(tx, companyId, sessionId, SESSION_DAYS)
    return { outcome: 'refreshed', companyId, sessionId, refreshToken: tokenOf(generation + 1) }
  }
  if (generation === session.generation - 1 && session.secondsSinceRotation < GRACE_SECONDS) {
    return { outcome: 'refreshed', companyId, sessionId, refreshToken: tokenOf(session.generation) }
  }
  await revokeSessions(
    tx,
    { companyId, userId: session.userId, requestId },
    { userId: session.userId, sessionId, reason: 'refresh_reused', origin },
  )
  return { outcome: 'reused', companyId }
}
