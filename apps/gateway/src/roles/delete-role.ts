import { type Actor, roleDeleted } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { roleReference } from './create-role.ts'
import { removeRole } from './roles.repository.ts'
import { getCustomRole } from './update-role.ts'

/** Deletes a role that nobody has. A user being given it at this moment either keeps it from going or does not get it. */
export async function deleteRole(
  tx: Tx,
  actor: Actor,
  { id, ifMatch }: { readonly id: string; readonly ifMatch: number | undefined },
): Promise<void> {
  const role = await getCustomRole(tx, actor, id)
  ensureVersion(role, ifMatch)
  if (!(await removeRole(tx, actor.companyId, id)))
    throw new AppError(
      'conflict',
      'role_in_use',
      `Users or positions have the role '${role.key}'; give them another one first.`,
    )
  append(tx, actor, roleDeleted, { id, version: role.version + 1 }, roleReference(role))
}
