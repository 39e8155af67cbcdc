import { type Actor, type BodyOf, type createWorkOrderRoute, workOrderCreated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import { ensureParent } from './ensure-parent.ts'
import { tellWorkOrder } from './save-work-order.ts'
import { ensureOrdered } from './work-order.ts'
import { insertWorkOrder, type StoredWorkOrder } from './work-orders.repository.ts'

/** Drafts a work order with the next number of the company and year. */
export async function createWorkOrder(
  tx: Tx,
  actor: Actor,
  input: BodyOf<typeof createWorkOrderRoute>,
): Promise<StoredWorkOrder> {
  const order = {
    id: newId(),
    title: input.title,
    description: input.description ?? null,
    kind: input.kind ?? 'JOB',
    priority: input.priority ?? 'MEDIUM',
    customerId: input.customerId ?? null,
    dealId: input.dealId ?? null,
    parentId: input.parentId ?? null,
    address: input.address ?? null,
    scheduledStart: input.scheduledStart ?? null,
    scheduledEnd: input.scheduledEnd ?? null,
    assigneeIds: input.assigneeIds ?? [],
    createdById: actor.userId,
    correlationId: null,
  }
  ensureOrdered(order)
  if (order.parentId !== null) await ensureParent(tx, actor, { id: order.id, parentId: order.parentId })
  await insertWorkOrder(tx, actor.companyId, actor.company.timeZone, order)
  return tellWorkOrder(tx, actor, order.id, { step: 'created', details: {}, events: [workOrderCreated] })
}
