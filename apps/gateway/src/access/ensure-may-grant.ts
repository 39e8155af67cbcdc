import type { Actor } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'

/** Nobody hands out, to another or to a key, what they may not do themselves. */
export function ensureMayGrant(
  actor: Pick<Actor, 'permissions' | 'scope'>,
  granted: { readonly permissions: Iterable<string>; readonly scope?: string },
): void {
  const held: ReadonlySet<string> = actor.permissions
  const missing = [...granted.permissions].filter((permission) => !held.has(permission))
  if (missing.length > 0)
    throw new AppError(
      'forbidden',
      'forbidden',
      `You cannot grant what you may not do yourself: ${missing.slice(0, 5).join(', ')}.`,
    )
  if (granted.scope === 'all' && actor.scope === 'own')
    throw new AppError('forbidden', 'forbidden', "You cannot grant the scope 'all', which you do not have yourself.")
}
