import { type Actor, activityDeleted } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { touchDeal } from '../deals/touch-deal.ts'
import { deleteActivityRow, lockActivity } from './activities.repository.ts'

type Input = { readonly dealId: string; readonly id: string; readonly ifMatch: number | undefined }

export async function deleteActivity(tx: Tx, actor: Actor, { dealId, id, ifMatch }: Input): Promise<void> {
  const { customerId } = await touchDeal(tx, actor, dealId)
  const place = { companyId: actor.companyId, dealId, id }
  const before = await lockActivity(tx, place)
  if (before === undefined) throw notFound('activity', id)
  ensureVersion(before, ifMatch)
  await deleteActivityRow(tx, place)
  const deleted = { ...before, version: before.version + 1 }
  append(tx, actor, activityDeleted, deleted, { activity: deleted, customerId })
}
