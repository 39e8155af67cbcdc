import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { lockConnection, replaceSecret, type StoredConnection } from './connections.repository.ts'
import { newSecret, type SecretBox } from './secret-box.ts'

type RotateSecretInput = {
  readonly id: string
  readonly ifMatch: number | undefined
  readonly secret?: string | undefined
  readonly graceSeconds: number
  readonly box: SecretBox
}

/** Replaces the secret; the one before it is accepted for `graceSeconds` more. */
export async function rotateSecret(
  tx: Tx,
  actor: Actor,
  input: RotateSecretInput,
): Promise<{ connection: StoredConnection; secret: string }> {
  const { id, graceSeconds, box } = input
  const before = await lockConnection(tx, actor.companyId, id)
  if (before === undefined) throw notFound('connection', id)
  ensureVersion(before, input.ifMatch)
  const secret = input.secret ?? newSecret()
  const connection = await replaceSecret(tx, actor.companyId, { id, secret: box.seal(secret, id), graceSeconds })
  return { connection, secret }
}
