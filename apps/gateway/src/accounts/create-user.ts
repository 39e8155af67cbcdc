import { type Actor, type BodyOf, type createUserRoute, userCreated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, notFound } from '@dealwire/errors'
import { append, newId } from '@dealwire/messaging'
import { ensureMayGrant } from '../access/ensure-may-grant.ts'
import { rightsOf } from '../access/principal.ts'
import {
  findDefaultRole,
  findRoleByKey,
  type GivenRole,
  insertUser,
  missingReference,
  type User,
} from './users.repository.ts'

type CreateUserInput = Omit<BodyOf<typeof createUserRoute>, 'password'> & { readonly passwordHash: string | null }

/** Adds a user to the caller's company. */
export async function createUser(tx: Tx, actor: Actor, input: CreateUserInput): Promise<User> {
  const role = await getRole(tx, actor.companyId, input.role ?? (await defaultRole(tx, actor, input.positionId)))
  ensureMayGrant(actor, rightsOf(role))
  const { departmentId = null, positionId = null, teamId = null } = input
  const row = { ...input, id: newId(), roleId: role.id, teamId, departmentId, positionId }
  const user = await withReferences(row, () => insertUser(tx, actor.companyId, row))
  if (user === undefined) throw emailTaken(input.email)
  append(tx, actor, userCreated, user, userReference(user))
  return user
}

async function defaultRole(tx: Tx, actor: Actor, positionId: string | null | undefined): Promise<string> {
  if (positionId === null || positionId === undefined) return 'EMPLOYEE'
  const role = await findDefaultRole(tx, actor.companyId, positionId)
  if (role === undefined) throw notFound('position', positionId)
  return role
}

type References = { readonly departmentId: string | null; readonly positionId: string | null }

/** A department or position that the company does not have is not found. */
export async function withReferences<T>(row: References, save: () => Promise<T>): Promise<T> {
  try {
    return await save()
  } catch (error) {
    const missing = missingReference(error)
    if (missing === undefined) throw error
    throw notFound(missing, (missing === 'department' ? row.departmentId : row.positionId) ?? '')
  }
}

export async function getRole(tx: Tx, companyId: string, key: string, path = 'role'): Promise<GivenRole> {
  const role = await findRoleByKey(tx, companyId, key)
  if (role !== undefined) return role
  const message = `There is no role '${key}'.`
  throw new AppError('invalid', 'validation_failed', message, { errors: [{ path, message }] })
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
