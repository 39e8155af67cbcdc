import type { Actor, SalesPlan } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { mayPlan } from './may-plan.ts'
import { findPlan } from './sales-plans.repository.ts'

/** To scope `own` another user's plan is not there. */
export async function getPlan(db: Executor, actor: Actor, id: string): Promise<SalesPlan> {
  const plan = await findPlan(db, actor.companyId, id)
  if (plan === undefined || !mayPlan(actor, plan)) throw notFound('sales plan', id)
  return plan
}
