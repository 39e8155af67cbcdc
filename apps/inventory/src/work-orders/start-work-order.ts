import { type Actor, workOrderStarted } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { openWorkOrder, type Target } from './open-work-order.ts'
import { saveWorkOrder } from './save-work-order.ts'
import type { StoredWorkOrder } from './work-orders.repository.ts'

export async function startWorkOrder(tx: Tx, actor: Actor, target: Target): Promise<StoredWorkOrder> {
  const order = await openWorkOrder(tx, actor, target, 'started')
  const after = { ...order, status: 'IN_PROGRESS', startedAt: new Date().toISOString() } as const
  return saveWorkOrder(tx, actor, after, { step: 'started', details: {}, events: [workOrderStarted] })
}
