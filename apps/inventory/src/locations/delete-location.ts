import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion, notFound } from '@dealwire/errors'
import { deleteLocationRow, lockLocation, lockLocationStock } from './locations.repository.ts'

/** Deletes a location that is empty. Stock cannot come in meanwhile. */
export async function deleteLocation(
  tx: Tx,
  actor: Actor,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<void> {
  const before = await lockLocation(tx, actor.companyId, id)
  if (before === undefined) throw notFound('location', id)
  ensureVersion(before, ifMatch)
  if (before.isDefault) {
    throw new AppError(
      'conflict',
      'default_location',
      `Location '${before.key}' is the default one; stock without a named location goes there.`,
    )
  }
  if (await lockLocationStock(tx, actor.companyId, id)) {
    throw new AppError(
      'conflict',
      'location_has_stock',
      `Location '${before.key}' still has stock; move or adjust it first.`,
    )
  }
  await deleteLocationRow(tx, actor.companyId, id)
}
