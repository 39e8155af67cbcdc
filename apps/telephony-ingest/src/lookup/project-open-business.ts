import {
  dealAssigned,
  dealCreated,
  dealDeleted,
  dealLost,
  dealReopened,
  dealStageChanged,
  dealUpdated,
  dealWon,
  defineEvent,
} from '@dealwire/contracts'
import { onBatch } from '@dealwire/messaging'
import { z } from 'zod'
import { putOpenBusiness } from './lookup.repository.ts'

const dealEvents = [
  dealCreated,
  dealUpdated,
  dealStageChanged,
  dealWon,
  dealLost,
  dealReopened,
  dealAssigned,
  dealDeleted,
] as const

/** The open deals of contacts and customers, for the screen pop. */
export const projectDeals = onBatch(dealEvents, (tx, events) =>
  putOpenBusiness(
    tx,
    events.map(({ companyid, type, aggregateversion, data: { deal } }) => ({
      company_id: companyid,
      kind: 'deal',
      id: deal.id,
      contact_id: deal.contactId,
      customer_id: deal.customerId,
      deal_id: null,
      is_open: deal.stageKind === 'OPEN' && type !== dealDeleted.type,
      details: { id: deal.id, title: deal.title, status: deal.stage, value: deal.value, currency: deal.currency },
      version: aggregateversion,
    })),
  ),
)

/** What telephony reads of a work order. */
const workOrderFact = z.looseObject({
  workOrder: z.looseObject({
    id: z.uuid(),
    title: z.string().nullish(),
    number: z.string().nullish(),
    status: z.string(),
    contactId: z.uuid().nullish(),
    customerId: z.uuid().nullish(),
    dealId: z.uuid().nullish(),
  }),
})
const summary = 'A work order as it is after a change.'
const workOrderEvents = [
  defineEvent('crm.inventory.work-order.created', summary, workOrderFact),
  defineEvent('crm.inventory.work-order.updated', summary, workOrderFact),
  defineEvent('crm.inventory.work-order.assigned', summary, workOrderFact),
  defineEvent('crm.inventory.work-order.scheduled', summary, workOrderFact),
  defineEvent('crm.inventory.work-order.started', summary, workOrderFact),
  defineEvent('crm.inventory.work-order.submitted', summary, workOrderFact),
  defineEvent('crm.inventory.work-order.approved', summary, workOrderFact),
  defineEvent('crm.inventory.work-order.returned', summary, workOrderFact),
  defineEvent('crm.inventory.work-order.cancelled', summary, workOrderFact),
] as const

const closed = new Set(['APPROVED', 'CANCELLED', 'RETURNED'])

/** The open work orders of customers, for the screen pop. */
export const projectWorkOrders = onBatch(workOrderEvents, (tx, events) =>
  putOpenBusiness(
    tx,
    events.map(({ companyid, aggregateversion, data: { workOrder } }) => ({
      company_id: companyid,
      kind: 'work_order',
      id: workOrder.id,
      contact_id: workOrder.contactId ?? null,
      customer_id: workOrder.customerId ?? null,
      deal_id: workOrder.dealId ?? null,
      is_open: !closed.has(workOrder.status),
      details: {
        id: workOrder.id,
        title: workOrder.title ?? null,
        status: workOrder.status,
        number: workOrder.number ?? null,
      },
      version: aggregateversion,
    })),
  ),
)
