import type { Actor } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'

/** Whose figures the actor sees: only the own ones, or (null) the company's. */
export function ownFiguresOf(actor: Actor): string | null {
  return actor.scope === 'own' ? actor.userId : null
}

/** The agent to filter by. Refuses another agent's figures to an actor who sees only own ones. */
export function ownAgent(actor: Actor, asked: string | undefined): string | null {
  const own = ownFiguresOf(actor)
  if (own !== null && asked !== undefined && asked !== own) {
    throw new AppError('forbidden', 'forbidden', `Your role sees only your own figures, not those of agent '${asked}'.`)
  }
  return own ?? asked ?? null
}

/** For figures that exist of the whole company only. */
export function refuseOwnScope(actor: Actor): void {
  if (ownFiguresOf(actor) !== null)
    throw new AppError('forbidden', 'forbidden', 'Your role sees only your own figures; these are the company’s.')
}
