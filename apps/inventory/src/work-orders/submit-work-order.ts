import { type Actor, workOrderSubmitted } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { openWorkOrder, type Target } from './open-work-order.ts'
import { saveWorkOrder } from './save-work-order.ts'
import type { StoredWorkOrder } from './work-orders.repository.ts'

export async function submitWorkOrder(tx: Tx, actor: Actor, target: Target): Promise<StoredWorkOrder> {
  const order = await openWorkOrder(tx, actor, target, 'submitted')
  const after = { ...order, status: 'SUBMITTED', submittedAt: new Date().toISOString() } as const
  return saveWorkOrder(tx, actor, after, { step: 'submitted', details: {}, events: [workOrderSubmitted] })
}
