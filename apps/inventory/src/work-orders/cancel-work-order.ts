import { type Actor, workOrderCancelled } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { freeHolds, lockWorkOrderHolds } from '../reservations/work-order-holds.ts'
import { openWorkOrder, type Target } from './open-work-order.ts'
import { saveWorkOrder } from './save-work-order.ts'
import { tracedBy } from './traced-by.ts'
import type { StoredWorkOrder } from './work-orders.repository.ts'

/** Cancels an order and frees what it holds. What it has used already stays used until it is returned. */
export async function cancelWorkOrder(tx: Tx, actor: Actor, target: Target): Promise<StoredWorkOrder> {
  const order = await openWorkOrder(tx, actor, target, 'cancelled')
  const by = tracedBy(actor, order)
  await freeHolds(tx, by, await lockWorkOrderHolds(tx, actor.companyId, [target.id]))
  const after = { ...order, status: 'CANCELLED', cancelledAt: new Date().toISOString() } as const
  return saveWorkOrder(tx, by, after, { step: 'cancelled', details: {}, events: [workOrderCancelled] })
}
