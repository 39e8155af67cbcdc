import type { Actor } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'
import type { Subject } from './sales-plans.repository.ts'

/** Scope `own`: figures and plans of the caller, not of others, of a team or of the company. */
export function mayPlan(actor: Actor, { userId }: Subject): boolean {
  return actor.scope === 'all' || (userId !== null && userId === actor.userId)
}

export function ensureMayPlan(actor: Actor, subject: Subject): void {
  if (mayPlan(actor, subject)) return
  throw new AppError('forbidden', 'forbidden', `The role ${actor.role} may see and change only its own plans.`)
}
