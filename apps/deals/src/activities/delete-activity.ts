import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { touchDeal } from '../deals/touch-deal.ts'
import { deleteActivityRow, lockActivity } from './activities.repository.ts'

type Input = { readonly dealId: string; readonly id: string; readonly ifMatch: number | undefined }

export async function deleteActivity(tx: Tx, actor: Actor, { dealId, id, ifMatch }: Input): Promise<void> {
  await touchDeal(tx, actor, dealId)
  const place = { companyId: actor.companyId, dealId, id }
  const before = await lockActivity(tx, place)
  if (before === undefined) throw notFound('activity', id)
  ensureVersion(before, ifMatch)
  await deleteActivityRow(tx, place)
}
