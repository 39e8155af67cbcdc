import {
  dealAssigned,
  dealCreated,
  dealDeleted,
  dealLost,
  dealReopened,
  dealStageChanged,
  dealUpdated,
  dealWon,
  workOrderApproved,
  workOrderAssigned,
  workOrderCancelled,
  workOrderCreated,
  workOrderDeleted,
  workOrderReturned,
  workOrderScheduled,
  workOrderStarted,
  workOrderSubmitted,
  workOrderUpdated,
} from '@dealwire/contracts'
import { onBatch } from '@dealwire/messaging'
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

const workOrderEvents = [
  workOrderCreated,
  workOrderUpdated,
  workOrderAssigned,
  workOrderScheduled,
  workOrderStarted,
  workOrderSubmitted,
  workOrderApproved,
  workOrderReturned,
  workOrderCancelled,
] as const

const closed = new Set(['APPROVED', 'CANCELLED'])

/** The open work orders of customers, for the screen pop. */
export const projectWorkOrders = onBatch(workOrderEvents, (tx, events) =>
  putOpenBusiness(
    tx,
    events.map(({ companyid, aggregateversion, data: { workOrder } }) => ({
      company_id: companyid,
      kind: 'work_order',
      id: workOrder.id,
      contact_id: null,
      customer_id: workOrder.customerId,
      deal_id: workOrder.dealId,
      is_open: !closed.has(workOrder.status),
      details: {
        id: workOrder.id,
        title: workOrder.title,
        status: workOrder.status,
        number: workOrder.number,
      },
      version: aggregateversion,
    })),
  ),
)

export const forgetWorkOrders = onBatch([workOrderDeleted], (tx, events) =>
  putOpenBusiness(
    tx,
    events.map(({ companyid, aggregateversion, data: { workOrder } }) => ({
      company_id: companyid,
      kind: 'work_order',
      id: workOrder.id,
      contact_id: null,
      customer_id: null,
      deal_id: null,
      is_open: false,
      details: { id: workOrder.id },
      version: aggregateversion,
    })),
  ),
)
