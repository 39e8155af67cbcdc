import type { Actor } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'

type Owned = { readonly assigneeIds: readonly string[]; readonly createdById: string | null }

/** Scope `own`: what is assigned to the caller, or was created by the caller and is assigned to nobody. */
export function mayChange(actor: Actor, entity: Owned): boolean {
  if (actor.scope === 'all') return true
  if (actor.userId === null) return false
  if (entity.assigneeIds.length === 0) return entity.createdById === actor.userId
  return entity.assigneeIds.includes(actor.userId)
}

export function ensureMayChange(actor: Actor, entity: Owned): void {
  if (mayChange(actor, entity)) return
  throw new AppError(
    'forbidden',
    'forbidden',
    `The role ${actor.role} may change only its own records; this one is another user's.`,
  )
}
