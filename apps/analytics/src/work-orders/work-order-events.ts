import { defineEvent } from '@dealwire/contracts'
import { z } from 'zod'

/** What analytics reads of a work order. */
const workOrderFact = z.looseObject({
  workOrder: z.looseObject({
    id: z.uuid(),
    number: z.string().nullish(),
    title: z.string().nullish(),
    kind: z.string(),
    status: z.string(),
    customerId: z.uuid().nullish(),
    dealId: z.uuid().nullish(),
    assigneeIds: z.array(z.uuid()).nullish(),
    createdById: z.uuid().nullish(),
    createdAt: z.iso.datetime(),
    approvedAt: z.iso.datetime().nullish(),
  }),
})

const summary = 'A work order as it is after a change.'

export const workOrderApproved = defineEvent('crm.inventory.work-order.approved', summary, workOrderFact)

export const workOrderChanges = [
  defineEvent('crm.inventory.work-order.created', summary, workOrderFact),
  defineEvent('crm.inventory.work-order.updated', summary, workOrderFact),
  defineEvent('crm.inventory.work-order.assigned', summary, workOrderFact),
  defineEvent('crm.inventory.work-order.scheduled', summary, workOrderFact),
  defineEvent('crm.inventory.work-order.started', summary, workOrderFact),
  defineEvent('crm.inventory.work-order.submitted', summary, workOrderFact),
  workOrderApproved,
  defineEvent('crm.inventory.work-order.returned', summary, workOrderFact),
  defineEvent('crm.inventory.work-order.cancelled', summary, workOrderFact),
] as const

export const workOrderDeleted = defineEvent(
  'crm.inventory.work-order.deleted',
  'A work order was deleted.',
  z.looseObject({}),
)
