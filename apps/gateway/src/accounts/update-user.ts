import { type Actor, type BodyOf, type updateUserRoute, userDeactivated, userUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion, notFound } from '@dealwire/errors'
import { append, changedFields, isEmpty, merged } from '@dealwire/messaging'
import { ensureMayGrant } from '../access/ensure-may-grant.ts'
import { rightsOf } from '../access/principal.ts'
import { revokeSessions } from '../sessions/revoke-sessions.ts'
import { emailTaken, getRole, userReference, withReferences } from './create-user.ts'
import { countOtherAdmins, type GivenRole, lockUser, type User, updateUserRow } from './users.repository.ts'

type UpdateUserInput = {
  readonly id: string
  readonly ifMatch: number | undefined
  readonly changes: Omit<BodyOf<typeof updateUserRoute>, 'password'>
  readonly passwordHash: string | null
}

const FIELDS = ['name', 'email', 'role', 'teamId', 'departmentId', 'positionId', 'active'] as const

/** Changes a user. Deactivating, or a new password, ends the user's sessions; the last administrator stays one. */
export async function updateUser(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, changes, passwordHash }: UpdateUserInput,
): Promise<User> {
  const before = await lockUser(tx, actor.companyId, id)
  if (before === undefined) throw notFound('user', id)
  ensureVersion(before, ifMatch)

  const after = merged(before, changes)
  const change = changedFields(before, after, FIELDS)
  if (isEmpty(change) && passwordHash === null) return before
  await ensureAdminStays(tx, actor.companyId, before, after)

  const role = await getRole(tx, actor.companyId, after.role)
  await ensureMayChange(tx, actor, before, role)
  const row = { ...after, roleId: role.id, passwordHash }
  const saved = await withReferences(row, () => updateUserRow(tx, actor.companyId, row))
  if (saved === undefined) throw emailTaken(after.email)

  append(tx, actor, userUpdated, saved, { ...userReference(saved), ...change })
  await endSessionsIfDue(tx, actor, before, saved, passwordHash !== null)
  return saved
}

/**
 * Whoever changes a user could sign in as that user afterwards: so may do all that the user may, before and after. A user's own
 * account is no exception: a key acts for its creator with fewer permissions, and a new password would give it the others.
 */
async function ensureMayChange(tx: Tx, actor: Actor, before: User, role: GivenRole): Promise<void> {
  ensureMayGrant(actor, rightsOf(role))
  if (before.role !== role.key) ensureMayGrant(actor, rightsOf(await getRole(tx, actor.companyId, before.role)))
}

async function ensureAdminStays(tx: Tx, companyId: string, before: User, after: User): Promise<void> {
  const wasAdmin = before.role === 'ADMIN' && before.active
  const staysAdmin = after.role === 'ADMIN' && after.active
  if (!wasAdmin || staysAdmin) return
  if ((await countOtherAdmins(tx, companyId, before.id)) > 0) return
  throw new AppError(
    'conflict',
    'last_admin',
    `'${before.name}' is the last active administrator; make another user ADMIN first.`,
  )
}

async function endSessionsIfDue(
  tx: Tx,
  actor: Actor,
  before: User,
  saved: User,
  hasNewPassword: boolean,
): Promise<void> {
  if (before.active && !saved.active) {
    append(tx, actor, userDeactivated, saved, { userId: saved.id, name: saved.name })
    await revokeSessions(tx, actor, { userId: saved.id, sessionId: null, reason: 'deactivated' })
  } else if (hasNewPassword) {
    await revokeSessions(tx, actor, { userId: saved.id, sessionId: null, reason: 'password_changed' })
  }
}
