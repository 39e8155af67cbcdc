import { type Actor, type BodyOf, type createUserRoute, userCreated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { append, newId } from '@dealwire/messaging'
import { findRoleId, insertUser, type User } from './users.repository.ts'

type CreateUserInput = Omit<BodyOf<typeof createUserRoute>, 'password'> & { readonly passwordHash: string | null }

/** Adds a user to the caller's company. */
export async function createUser(tx: Tx, actor: Actor, input: CreateUserInput): Promise<User> {
  const roleId = await getRoleId(tx, actor.companyId, input.role)
  const user = await insertUser(tx, actor.companyId, { ...input, id: newId(), roleId, teamId: input.teamId ?? null })
  if (user === undefined) throw emailTaken(input.email)
  append(tx, actor, userCreated, user, userReference(user))
  return user
}

export async function getRoleId(tx: Tx, companyId: string, key: string): Promise<string> {
  const roleId = await findRoleId(tx, companyId, key)
  if (roleId !== undefined) return roleId
  const message = `There is no role '${key}'.`
  throw new AppError('invalid', 'validation_failed', message, { errors: [{ path: 'role', message }] })
}

export function emailTaken(email: string): AppError {
  return new AppError(
    'conflict',
    'email_taken',
    `'${email}' already belongs to a user; sign in with it, or take another.`,
  )
}

/** What other services keep of a user. */
export function userReference({ id, name, email, role, active, teamId }: User) {
  return { userId: id, name, email, role, active, teamId }
}
