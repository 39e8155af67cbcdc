import { type Actor, apiKeyCreated, type BodyOf, type createApiKeyRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { append, newId } from '@dealwire/messaging'
import { ensureMayGrant } from '../access/ensure-may-grant.ts'
import { makeKey } from './api-key.ts'
import { type ApiKey, insertApiKey } from './api-keys.repository.ts'

/** Makes a key that acts for the caller. The key itself is in the answer and nowhere else. */
export async function createApiKey(
  tx: Tx,
  actor: Actor,
  input: BodyOf<typeof createApiKeyRoute>,
): Promise<{ apiKey: ApiKey; key: string }> {
  ensureMayGrant(actor, input)
  const expiresAt = input.expiresAt ?? null
  if (expiresAt !== null && Date.parse(expiresAt) <= Date.now()) throw inThePast(expiresAt)

  const { key, ...parts } = makeKey()
  const row = { id: newId(), name: input.name, permissions: input.permissions, expiresAt, createdById: actor.userId }
  const apiKey = await insertApiKey(tx, actor.companyId, row, parts)
  append(tx, actor, apiKeyCreated, apiKey, apiKeyReference(apiKey))
  return { apiKey, key }
}

export function apiKeyReference({ id, name, prefix, permissions, expiresAt }: ApiKey) {
  return { apiKeyId: id, name, prefix, permissions, expiresAt }
}

function inThePast(expiresAt: string): AppError {
  const message = `must be in the future, not ${expiresAt}`
  return new AppError('invalid', 'validation_failed', `The body is not valid: 'expiresAt': ${message}.`, {
    errors: [{ path: 'expiresAt', message }],
  })
}
