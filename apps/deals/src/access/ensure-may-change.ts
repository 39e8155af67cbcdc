import type { Actor } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'

type Owned = { readonly assignedToId?: string | null; readonly createdById: string | null }

/** Scope `own`: what is assigned to the caller, or was created by the caller and is assigned to nobody. */
export function mayChange(actor: Actor, entity: Owned): boolean {
  if (actor.scope === 'all') return true
  const owner = entity.assignedToId ?? entity.createdById
  return owner !== null && owner === actor.userId
}

export function ensureMayChange(actor: Actor, entity: Owned): void {
  if (mayChange(actor, entity)) return
  throw new AppError(
    'forbidden',
    'forbidden',
    `The role ${actor.role} may change only its own records; this one is another user's.`,
  )
}
