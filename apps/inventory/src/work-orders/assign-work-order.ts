import {
  type Actor,
  type assignWorkOrderRoute,
  type BodyOf,
  workOrderAssigned,
  workOrderScheduled,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { changedFields, isEmpty, merged } from '@dealwire/messaging'
import { getWorkOrder } from './get-work-order.ts'
import { openWorkOrder, type Target } from './open-work-order.ts'
import { saveWorkOrder } from './save-work-order.ts'
import { ensureOrdered, statusAfterAssign } from './work-order.ts'
import type { StoredWorkOrder } from './work-orders.repository.ts'

/** Says who does it and when. Who is needed elsewhere at that time is shown in the answer, not refused: people swap. */
export async function assignWorkOrder(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, ...assignment }: Target & BodyOf<typeof assignWorkOrderRoute>,
): Promise<StoredWorkOrder> {
  const before = await openWorkOrder(tx, actor, { id, ifMatch }, 'assigned')
  const assigned = merged(before, assignment)
  ensureOrdered(assigned)
  const after = { ...assigned, status: statusAfterAssign(assigned) }
  const change = changedFields(before, after, ['assigneeIds', 'scheduledStart', 'scheduledEnd', 'status'])
  if (isEmpty(change)) return getWorkOrder(tx, actor, id)
  const isScheduled = 'scheduledStart' in change.after || 'scheduledEnd' in change.after || 'status' in change.after
  return saveWorkOrder(tx, actor, after, {
    step: 'assigned',
    details: change,
    events: [workOrderAssigned, ...(isScheduled ? [workOrderScheduled] : [])],
  })
}
