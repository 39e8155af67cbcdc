import { type Actor, type BodyOf, planUpdated, type SalesPlan, type updateSalesPlanRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { lockPlanFor } from './lock-plan-for.ts'
import { updatePlanRow } from './sales-plans.repository.ts'
import { targetsOf } from './targets-of.ts'

type Input = BodyOf<typeof updateSalesPlanRoute> & { readonly id: string; readonly ifMatch: number | undefined }

/** Sets other targets under the row lock. */
export async function updatePlan(tx: Tx, actor: Actor, { id, ifMatch, targets }: Input): Promise<SalesPlan> {
  const before = await lockPlanFor(tx, actor, id)
  ensureVersion(before, ifMatch)
  if (targets === undefined) return before
  const saved = await updatePlanRow(tx, actor.companyId, id, await targetsOf(tx, actor, targets))
  if (saved === undefined) throw new Error('A locked plan can be saved')
  append(tx, actor, planUpdated, saved, { plan: saved })
  return saved
}
