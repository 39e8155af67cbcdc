import type { Executor } from '@dealwire/db/client'
import { unauthenticated } from '../keys/access-tokens.ts'
import type { Principal } from './principal.ts'
import { findPrincipal } from './principals.repository.ts'

/** Throws `unauthenticated` once the session has ended or the user may no longer sign in. */
export async function readPrincipal(executor: Executor, companyId: string, sessionId: string): Promise<Principal> {
  const principal = await findPrincipal(executor, companyId, sessionId)
  if (principal === undefined) throw unauthenticated('The session has ended; sign in again.')
  return principal
}
