import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { deleteConnectionRow, lockConnection } from './connections.repository.ts'

export async function deleteConnection(
  tx: Tx,
  actor: Actor,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<void> {
  const before = await lockConnection(tx, actor.companyId, id)
  if (before === undefined) throw notFound('connection', id)
  ensureVersion(before, ifMatch)
  await deleteConnectionRow(tx, actor.companyId, id)
}
