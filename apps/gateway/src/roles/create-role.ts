import { type Actor, type BodyOf, type createRoleRoute, roleCreated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { append, newId } from '@dealwire/messaging'
import { ensureMayGrant } from '../access/ensure-may-grant.ts'
import { insertRole, type Role } from './roles.repository.ts'

/** Adds a role of the company's own. */
export async function createRole(tx: Tx, actor: Actor, input: BodyOf<typeof createRoleRoute>): Promise<Role> {
  ensureMayGrant(actor, input)
  const role = await insertRole(tx, actor.companyId, { ...input, id: newId() })
  if (role === undefined)
    throw new AppError('conflict', 'role_key_taken', `A role '${input.key}' already exists; choose another key.`)
  append(tx, actor, roleCreated, role, roleReference(role))
  return role
}

export function roleReference({ id, key, name, permissions, scope }: Role) {
  return { roleId: id, key, name, permissions, scope }
}
