import type { Actor, Route } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'

type Caller = Pick<Actor, 'role' | 'permissions'>

/** Why a route is not for this caller, or undefined when it is. Null: nobody is signed in. */
export function permissionProblem(
  { permission }: Pick<Route, 'permission'>,
  caller: Caller | null,
): AppError | undefined {
  if (permission === 'public' || permission === 'webhook') return undefined
  if (caller === null) return new AppError('unauthenticated', 'unauthenticated', 'Sign in first.')
  if (permission === 'any' || caller.permissions.has(permission)) return undefined
  return new AppError(
    'forbidden',
    'forbidden',
    `This needs the permission '${permission}', which the role ${caller.role} does not have.`,
  )
}
