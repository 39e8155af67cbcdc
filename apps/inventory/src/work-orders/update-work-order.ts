import {
  type Actor,
  type BodyOf,
  type updateWorkOrderRoute,
  workOrderAssigned,
  workOrderScheduled,
  workOrderUpdated,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { changedFields, isEmpty, merged } from '@dealwire/messaging'
import { ensureParent } from './ensure-parent.ts'
import { getWorkOrder } from './get-work-order.ts'
import { openWorkOrder, type Target } from './open-work-order.ts'
import { saveWorkOrder } from './save-work-order.ts'
import { ensureOrdered } from './work-order.ts'
import type { StoredWorkOrder } from './work-orders.repository.ts'

/** Changes the given fields of a work order. */
export async function updateWorkOrder(
  tx: Tx,
  actor: Actor,
  { changes, ...target }: Target & { readonly changes: BodyOf<typeof updateWorkOrderRoute> },
): Promise<StoredWorkOrder> {
  const before = await openWorkOrder(tx, actor, target, 'updated')
  const after = merged(before, changes)
  const change = changedFields(before, after, Object.keys(changes))
  if (isEmpty(change)) return getWorkOrder(tx, actor, target.id)

  ensureOrdered(after)
  if (typeof changes.parentId === 'string') await ensureParent(tx, actor, { id: target.id, parentId: changes.parentId })
  return saveWorkOrder(tx, actor, after, {
    step: 'updated',
    details: change,
    events: [
      workOrderUpdated,
      ...('assigneeIds' in change.after ? [workOrderAssigned] : []),
      ...('scheduledStart' in change.after || 'scheduledEnd' in change.after ? [workOrderScheduled] : []),
    ],
  })
}
