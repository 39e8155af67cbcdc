import { type Actor, planDeleted } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { lockPlanFor } from './lock-plan-for.ts'
import { deletePlanRow } from './sales-plans.repository.ts'

type Input = { readonly id: string; readonly ifMatch: number | undefined }

export async function deletePlan(tx: Tx, actor: Actor, { id, ifMatch }: Input): Promise<void> {
  const before = await lockPlanFor(tx, actor, id)
  ensureVersion(before, ifMatch)
  await deletePlanRow(tx, actor.companyId, id)
  append(tx, actor, planDeleted, { id, version: before.version + 1 }, { plan: before })
}
