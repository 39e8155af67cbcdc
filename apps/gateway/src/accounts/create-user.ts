import { type Actor, type BodyOf, type createUserRoute, userCreated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { append, newId } from '@dealwire/messaging'
import { ensureMayGrant } from '../access/ensure-may-grant.ts'
import { rightsOf } from '../access/principal.ts'
import { findRoleByKey, type GivenRole, insertUser, type User } from './users.repository.ts'

type CreateUserInput = Omit<BodyOf<typeof createUserRoute>, 'password'> & { readonly passwordHash: string | null }

/** Adds a user to the caller's company. */
export async function createUser(tx: Tx, actor: Actor, input: CreateUserInput): Promise<User> {
  const role = await getRole(tx, actor.companyId, input.role)
  ensureMayGrant(actor, rightsOf(role))
  const user = await insertUser(tx, actor.companyId, {
    ...input,
    id: newId(),
    roleId: role.id,
    teamId: input.teamId ?? null,
  })
  if (user === undefined) throw emailTaken(input.email)
  append(tx, actor, userCreated, user, userReference(user))
  return user
}

export async function getRole(tx: Tx, companyId: string, key: string): Promise<GivenRole> {
  const role = await findRoleByKey(tx, companyId, key)
  if (role !== undefined) return role
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
