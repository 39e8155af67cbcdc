import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, notFound } from '@dealwire/errors'
import { findFamily, lockWorkOrderRow } from './work-orders.repository.ts'

/**
 * Orders have parts, parts have none: so there is no circle, and a list of parts is all of them. The parent stays locked: while it
 * gets a part it is neither deleted, nor approved, nor made a part itself.
 */
export async function ensureParent(
  tx: Tx,
  actor: Actor,
  { id, parentId }: { id: string; parentId: string },
): Promise<void> {
  await lockWorkOrderRow(tx, actor.companyId, parentId)
  const parent = await findFamily(tx, actor.companyId, parentId)
  if (parent === undefined) throw notFound('work order', parentId)
  const own = await findFamily(tx, actor.companyId, id)
  if (parentId !== id && !parent.isPart && (own?.parts ?? 0) === 0) return
  throw new AppError(
    'conflict',
    'nested_work_order',
    `Work order '${id}' cannot be a part of '${parentId}': a part has no parts, and no order is a part of itself.`,
  )
}
