import { type Actor, type BodyOf, roleUpdated, type updateRoleRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion, notFound } from '@dealwire/errors'
import { append, changedFields, isEmpty, merged } from '@dealwire/messaging'
import { ensureMayGrant } from '../access/ensure-may-grant.ts'
import { roleReference } from './create-role.ts'
import { lockRole, type Role, updateRoleRow } from './roles.repository.ts'

type UpdateRoleInput = {
  readonly id: string
  readonly ifMatch: number | undefined
  readonly changes: BodyOf<typeof updateRoleRoute>
}

const FIELDS = ['name', 'permissions', 'scope'] as const

/** Changes a role of the company's own. Its users keep their sessions. */
export async function updateRole(tx: Tx, actor: Actor, { id, ifMatch, changes }: UpdateRoleInput): Promise<Role> {
  const before = await getCustomRole(tx, actor, id)
  ensureVersion(before, ifMatch)

  const after = merged(before, changes)
  const change = changedFields(before, after, FIELDS)
  if (isEmpty(change)) return before
  ensureMayGrant(actor, after)

  const saved = await updateRoleRow(tx, actor.companyId, after)
  append(tx, actor, roleUpdated, saved, { ...roleReference(saved), ...change })
  return saved
}

/** Locks the role; the built-in ones are the same in every company and stay as they are. */
export async function getCustomRole(tx: Tx, actor: Actor, id: string): Promise<Role> {
  const role = await lockRole(tx, actor.companyId, id)
  if (role === undefined) throw notFound('role', id)
  if (role.builtIn)
    throw new AppError('conflict', 'role_built_in', `'${role.key}' is built in; add a role of your own instead.`)
  return role
}
