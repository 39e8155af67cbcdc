import type { Actor, SalesPlan } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { ensureMayPlan } from './may-plan.ts'
import { lockPlan } from './sales-plans.repository.ts'

/** The plan under its lock, for somebody who may change it. */
export async function lockPlanFor(tx: Tx, actor: Actor, id: string): Promise<SalesPlan> {
  const plan = await lockPlan(tx, actor.companyId, id)
  if (plan === undefined) throw notFound('sales plan', id)
  ensureMayPlan(actor, plan)
  return plan
}
