import { type Actor, apiKeyRevoked } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { endApiKey, lockApiKey } from './api-keys.repository.ts'
import { apiKeyReference } from './create-api-key.ts'

/** Ends a key; one that has ended is not found. */
export async function revokeApiKey(
  tx: Tx,
  actor: Actor,
  { id, ifMatch }: { readonly id: string; readonly ifMatch: number | undefined },
): Promise<void> {
  const before = await lockApiKey(tx, actor.companyId, id)
  if (before === undefined) throw notFound('API key', id)
  ensureVersion(before, ifMatch)
  await endApiKey(tx, actor.companyId, id)
  append(tx, actor, apiKeyRevoked, { id, version: before.version + 1 }, apiKeyReference(before))
}
