import { randomBytes } from 'node:crypto'
import { type EventData, sessionCreated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import type { Account } from './check-credentials.ts'
import type { Origin } from './origin.ts'
import { refreshToken } from './refresh-tokens.ts'
import { insertSession } from './sessions.repository.ts'

/** A session ends when its refresh token has not been used for this long. */
export const SESSION_DAYS = 30

export type StartedSession = { readonly sessionId: string; readonly refreshToken: string }

type SignIn = {
  readonly account: Account
  readonly method: EventData<typeof sessionCreated>['method']
  readonly origin: Origin
  readonly requestId: string
  readonly tokenKey: Uint8Array
}

/** Starts a session; undefined when the user may not sign in. */
export async function startSession(tx: Tx, signIn: SignIn): Promise<StartedSession | undefined> {
  const { account, method, origin, requestId, tokenKey } = signIn
  const { companyId, userId } = account
  const session = { id: newId(), seed: randomBytes(32), ...origin }
  const started = await insertSession(tx, companyId, userId, session, SESSION_DAYS)
  if (!started) return undefined

  const entity = { id: session.id, version: 1 }
  append(tx, { ...account, requestId }, sessionCreated, entity, { userId, sessionId: session.id, method, ...origin })
  const link = { companyId, sessionId: session.id, generation: 1 }
  return { sessionId: session.id, refreshToken: refreshToken(link, session.seed, tokenKey) }
}
