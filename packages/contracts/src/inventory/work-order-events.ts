import { z } from 'zod'
import { defineEvent } from '../core/event.ts'
import { workOrderDetail } from './work-orders.ts'

/** The work order as it is after the change, without the names that others own. */
const workOrderFact = z.object({
  workOrder: z.object(workOrderDetail.shape).omit({
    customerName: true,
    dealTitle: true,
    assignees: true,
    conflicts: true,
  }),
})

export const workOrderCreated = defineEvent(
  'crm.inventory.work-order.created',
  'A work order was drafted: by a person, or because a deal was won.',
  workOrderFact,
)
export const workOrderUpdated = defineEvent(
  'crm.inventory.work-order.updated',
  'Fields or products of a work order changed.',
  workOrderFact,
)
export const workOrderAssigned = defineEvent(
  'crm.inventory.work-order.assigned',
  'Others are to do a work order.',
  workOrderFact,
)
export const workOrderScheduled = defineEvent(
  'crm.inventory.work-order.scheduled',
  'A work order has another time.',
  workOrderFact,
)
export const workOrderStarted = defineEvent('crm.inventory.work-order.started', 'The work has begun.', workOrderFact)
export const workOrderSubmitted = defineEvent(
  'crm.inventory.work-order.submitted',
  'The work is reported as done.',
  workOrderFact,
)
export const workOrderApproved = defineEvent(
  'crm.inventory.work-order.approved',
  'The work was approved and its products were consumed.',
  workOrderFact,
)
export const workOrderReturned = defineEvent(
  'crm.inventory.work-order.returned',
  'Products of a work order came back into stock.',
  workOrderFact,
)
export const workOrderCancelled = defineEvent(
  'crm.inventory.work-order.cancelled',
  'A work order was cancelled; what it had reserved is free.',
  workOrderFact,
)
export const workOrderDeleted = defineEvent(
  'crm.inventory.work-order.deleted',
  'A work order was deleted.',
  z.object({ workOrder: z.object({ id: z.uuid(), number: z.string(), version: z.int() }) }),
)
