import type { Actor } from '@dealwire/contracts'

/** Filters of a list of what users have made: nobody but an ADMIN sees more than their own by asking for somebody else's, since both must hold. */
export function madeBy(actor: Actor, createdById: string | undefined) {
  return {
    createdById: createdById === 'me' ? actor.userId : createdById,
    visibleTo: actor.role === 'ADMIN' ? undefined : actor.userId,
  }
}
