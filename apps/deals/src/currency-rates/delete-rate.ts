import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { deleteRateRow, lockRate } from './rates.repository.ts'

export async function deleteRate(
  tx: Tx,
  actor: Actor,
  { id, ifMatch }: { readonly id: string; readonly ifMatch: number | undefined },
): Promise<void> {
  const before = await lockRate(tx, actor.companyId, id)
  if (before === undefined) throw notFound('currency rate', id)
  ensureVersion(before, ifMatch)
  await deleteRateRow(tx, actor.companyId, id)
}
