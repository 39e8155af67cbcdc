import type { Executor } from '@dealwire/db/client'
import type { Principal } from './principal.ts'
import { listPrincipals } from './principals.repository.ts'

/** Who stands behind these callers of a company now, in one query; those behind whom nobody stands any more are left out. */
export async function readPrincipals(
  executor: Executor,
  companyId: string,
  callers: readonly Principal[],
): Promise<Principal[]> {
  const sessionIds = new Set(callers.map(({ sessionId }) => sessionId).filter((id) => id !== null))
  const apiKeyIds = new Set(callers.map(({ apiKeyId }) => apiKeyId).filter((id) => id !== null))
  return listPrincipals(executor, companyId, [...sessionIds], [...apiKeyIds])
}
