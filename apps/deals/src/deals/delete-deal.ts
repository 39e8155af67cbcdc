import { type Actor, dealDeleted } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { ensureMayChange } from '../access/ensure-may-change.ts'
import { ensureUnlocked } from './deal.ts'
import { deleteDealRow } from './deals.repository.ts'
import { lockDeal } from './stored-deal.ts'

export async function deleteDeal(
  tx: Tx,
  actor: Actor,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<void> {
  const before = await lockDeal(tx, actor.companyId, id)
  if (before === undefined) throw notFound('deal', id)
  ensureMayChange(actor, before)
  ensureVersion(before, ifMatch)
  ensureUnlocked(before)

  const deleted = await deleteDealRow(tx, actor.companyId, id)
  if (deleted === undefined) throw notFound('deal', id)
  const { deal } = deleted
  append(tx, actor, dealDeleted, deal, { deal })
}
