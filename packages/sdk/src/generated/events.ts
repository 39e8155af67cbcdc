// Made from the published API by `pnpm sdk`. Do not edit: a test compares it with the contracts.

import type { AnalyticsForecastSnapshottedData, AnalyticsRebuildCompletedData, AnalyticsSnapshotCompletedData, DealsActivityCreatedData, DealsContactCreatedData, DealsContactMergedData, DealsContactUpdatedData, DealsCustomFieldCreatedData, DealsCustomFieldUpdatedData, DealsCustomerCreatedData, DealsCustomerMergedData, DealsCustomerUpdatedData, DealsDealCreatedData, DealsDealUpdatedData, DealsDealWonData, DealsExportCompletedData, DealsImportCompletedData, DealsLeadScoreUpdatedData, DealsLineItemCreatedData, DealsLineItemUpdatedData, DealsPipelineCreatedData, DealsPlanCreatedData, Envelope, IdentityApiKeyCreatedData, IdentityApiKeyRevokedData, IdentityCompanyCreatedData, IdentityCompanyUpdatedData, IdentityDepartmentCreatedData, IdentityDepartmentDeletedData, IdentityDepartmentUpdatedData, IdentityPositionCreatedData, IdentityPositionDeletedData, IdentityPositionUpdatedData, IdentityRoleCreatedData, IdentityRoleDeletedData, IdentityRoleUpdatedData, IdentitySessionCreatedData, IdentitySessionRefusedData, IdentitySessionRevokedData, IdentityUserCreatedData, IdentityUserDeactivatedData, IdentityUserUpdatedData, InventoryInvariantViolatedData, InventoryProductCreatedData, InventoryProductUpdatedData, InventoryPurchaseOrderCreatedData, InventoryPurchaseOrderReceivedData, InventoryPurchaseOrderUpdatedData, InventoryStockLowData, InventoryStockReceivedData, InventoryStockReservedData, InventoryWorkOrderCreatedData, InventoryWorkOrderDeletedData, TelephonyCallEndedData, TelephonyCallMergedData, TelephonyCallStartedData, TelephonyCallbackOpenedData, TelephonyConnectionSilentData, TelephonyQueueCreatedData, TelephonyRecordingAvailableData, TelephonyReviewCreatedData } from './schemas.ts'

/** The data of each event, by its type. */
export type EventData = {
  /** A company signed up */
  'crm.identity.company.created': IdentityCompanyCreatedData
  /** A company’s name or settings changed */
  'crm.identity.company.updated': IdentityCompanyUpdatedData
  /** A user was added */
  'crm.identity.user.created': IdentityUserCreatedData
  /** A user’s name, email, role, team or state changed */
  'crm.identity.user.updated': IdentityUserUpdatedData
  /** A user may no longer sign in, and every session ended */
  'crm.identity.user.deactivated': IdentityUserDeactivatedData
  /** Somebody signed in */
  'crm.identity.session.created': IdentitySessionCreatedData
  /** Somebody tried to sign in as a user, and was refused; attempts at accounts that do not exist belong to no company and cause no event */
  'crm.identity.session.refused': IdentitySessionRefusedData
  /** Sessions ended before their time; their access tokens are refused from now on */
  'crm.identity.session.revoked': IdentitySessionRevokedData
  /** A role was added */
  'crm.identity.role.created': IdentityRoleCreatedData
  /** A role’s name, permissions or scope changed */
  'crm.identity.role.updated': IdentityRoleUpdatedData
  /** A role was deleted */
  'crm.identity.role.deleted': IdentityRoleDeletedData
  /** An API key was made */
  'crm.identity.api-key.created': IdentityApiKeyCreatedData
  /** An API key was revoked; it is refused from now on */
  'crm.identity.api-key.revoked': IdentityApiKeyRevokedData
  /** A department was added */
  'crm.identity.department.created': IdentityDepartmentCreatedData
  /** A department’s name, place or head changed */
  'crm.identity.department.updated': IdentityDepartmentUpdatedData
  /** A department was deleted */
  'crm.identity.department.deleted': IdentityDepartmentDeletedData
  /** A position was added */
  'crm.identity.position.created': IdentityPositionCreatedData
  /** A position’s name, department or default role changed */
  'crm.identity.position.updated': IdentityPositionUpdatedData
  /** A position was deleted */
  'crm.identity.position.deleted': IdentityPositionDeletedData
  /** A deal was created. */
  'crm.deals.deal.created': DealsDealCreatedData
  /** Fields other than stage and assignee changed. */
  'crm.deals.deal.updated': DealsDealUpdatedData
  /** A deal moved to another stage or pipeline. */
  'crm.deals.deal.stage-changed': DealsDealUpdatedData
  /** A deal entered a WON stage. Inventory drafts a work order of its line items where the company wants that. */
  'crm.deals.deal.won': DealsDealWonData
  /** A deal entered a LOST stage. */
  'crm.deals.deal.lost': DealsDealCreatedData
  /** A closed deal went back to an open stage. */
  'crm.deals.deal.reopened': DealsDealCreatedData
  /** A deal got another assignee, or none. */
  'crm.deals.deal.assigned': DealsDealUpdatedData
  /** A deal was deleted. */
  'crm.deals.deal.deleted': DealsDealCreatedData
  /** A deal was submitted for approval. */
  'crm.deals.deal.submitted': DealsDealCreatedData
  /** A submitted deal was approved. */
  'crm.deals.deal.approved': DealsDealCreatedData
  /** A submitted or approved deal was taken back to work. */
  'crm.deals.deal.unlocked': DealsDealCreatedData
  /** A request for approval was withdrawn. */
  'crm.deals.deal.cancelled': DealsDealCreatedData
  /** Nothing has happened to an open deal for as long as its stage allows. Told once, until something happens again. */
  'crm.deals.deal.rotting': DealsDealCreatedData
  /** An activity was added to a deal. */
  'crm.deals.activity.created': DealsActivityCreatedData
  /** An activity was done. */
  'crm.deals.activity.completed': DealsActivityCreatedData
  /** Fields of an activity changed; not told where that completed it. */
  'crm.deals.activity.updated': DealsActivityCreatedData
  /** An activity was deleted. */
  'crm.deals.activity.deleted': DealsActivityCreatedData
  /** An activity was not done by its time. Told once for each time it is due. */
  'crm.deals.activity.overdue': DealsActivityCreatedData
  /** A custom field was defined. */
  'crm.deals.custom-field.created': DealsCustomFieldCreatedData
  /** The definition of a custom field changed. */
  'crm.deals.custom-field.updated': DealsCustomFieldUpdatedData
  /** A custom field was deleted; its values are erased in the next minutes. */
  'crm.deals.custom-field.deleted': DealsCustomFieldCreatedData
  /** A line item was added to a deal. */
  'crm.deals.line-item.created': DealsLineItemCreatedData
  /** Fields of a line item changed. */
  'crm.deals.line-item.updated': DealsLineItemUpdatedData
  /** A line item was deleted. */
  'crm.deals.line-item.deleted': DealsLineItemCreatedData
  /** A pipeline was created. */
  'crm.deals.pipeline.created': DealsPipelineCreatedData
  /** A pipeline got another name or other stages, or became the default one or ceased to be it. */
  'crm.deals.pipeline.updated': DealsPipelineCreatedData
  /** A contact was created. */
  'crm.deals.contact.created': DealsContactCreatedData
  /** Fields of a contact changed. */
  'crm.deals.contact.updated': DealsContactUpdatedData
  /** A contact was deleted. */
  'crm.deals.contact.deleted': DealsContactCreatedData
  /** A contact was merged into another one, which was not merged itself: it is gone, and what referred to it refers to that one. */
  'crm.deals.contact.merged': DealsContactMergedData
  /** A customer was created. */
  'crm.deals.customer.created': DealsCustomerCreatedData
  /** Fields of a customer changed. */
  'crm.deals.customer.updated': DealsCustomerUpdatedData
  /** A customer was deleted. */
  'crm.deals.customer.deleted': DealsCustomerCreatedData
  /** A customer was merged into another one, which was not merged itself: it is gone, and what referred to it refers to that one. */
  'crm.deals.customer.merged': DealsCustomerMergedData
  /** The file of an export can be downloaded. */
  'crm.deals.export.completed': DealsExportCompletedData
  /** An export was given up after its last attempt. */
  'crm.deals.export.failed': DealsExportCompletedData
  /** An import has ended: done, failed, cancelled or reverted, as `status` says. */
  'crm.deals.import.completed': DealsImportCompletedData
  /** The weights of the lead score were changed. */
  'crm.deals.lead-score.updated': DealsLeadScoreUpdatedData
  /** A sales plan was made. */
  'crm.deals.plan.created': DealsPlanCreatedData
  /** A sales plan got other targets. */
  'crm.deals.plan.updated': DealsPlanCreatedData
  /** A sales plan was deleted. */
  'crm.deals.plan.deleted': DealsPlanCreatedData
  /** A product was created. */
  'crm.inventory.product.created': InventoryProductCreatedData
  /** Fields of a product changed. */
  'crm.inventory.product.updated': InventoryProductUpdatedData
  /** A product was deleted. */
  'crm.inventory.product.deleted': InventoryProductCreatedData
  /** Goods of a purchase order came in. */
  'crm.inventory.stock.received': InventoryStockReceivedData
  /** Stock was taken out, oldest layers first. */
  'crm.inventory.stock.consumed': InventoryStockReceivedData
  /** Stock was corrected. */
  'crm.inventory.stock.adjusted': InventoryStockReceivedData
  /** Stock went from one location to another at the cost of its layers; there are lines of both. */
  'crm.inventory.stock.transferred': InventoryStockReceivedData
  /** Units that a work order had used came back, at the cost at which they had left. */
  'crm.inventory.stock.returned': InventoryStockReceivedData
  /** Stock was reserved. */
  'crm.inventory.stock.reserved': InventoryStockReservedData
  /** Reserved stock became available again, without having been used. */
  'crm.inventory.stock.released': InventoryStockReservedData
  /** The available stock of a product, over all locations, fell to its reorder level or below. Told once until it has recovered. */
  'crm.inventory.stock.low': InventoryStockLowData
  /** A purchase order was drafted. */
  'crm.inventory.purchase-order.created': InventoryPurchaseOrderCreatedData
  /** A purchase order went to the supplier. */
  'crm.inventory.purchase-order.submitted': InventoryPurchaseOrderCreatedData
  /** Goods of a purchase order were received, in part or in full. */
  'crm.inventory.purchase-order.received': InventoryPurchaseOrderReceivedData
  /** A purchase order was changed, or amended after it had gone out. */
  'crm.inventory.purchase-order.updated': InventoryPurchaseOrderUpdatedData
  /** A purchase order was closed: what is missing will not come. */
  'crm.inventory.purchase-order.closed': InventoryPurchaseOrderCreatedData
  /** A purchase order was cancelled before anything came. */
  'crm.inventory.purchase-order.cancelled': InventoryPurchaseOrderCreatedData
  /** The audit found products at locations whose ledger, layers, level and reservations do not agree. */
  'crm.inventory.invariant.violated': InventoryInvariantViolatedData
  /** A work order was drafted: by a person, or because a deal was won. */
  'crm.inventory.work-order.created': InventoryWorkOrderCreatedData
  /** Fields or products of a work order changed. */
  'crm.inventory.work-order.updated': InventoryWorkOrderCreatedData
  /** Others are to do a work order. */
  'crm.inventory.work-order.assigned': InventoryWorkOrderCreatedData
  /** A work order has another time. */
  'crm.inventory.work-order.scheduled': InventoryWorkOrderCreatedData
  /** The work has begun. */
  'crm.inventory.work-order.started': InventoryWorkOrderCreatedData
  /** The work is reported as done. */
  'crm.inventory.work-order.submitted': InventoryWorkOrderCreatedData
  /** The work was approved and its products were consumed. */
  'crm.inventory.work-order.approved': InventoryWorkOrderCreatedData
  /** Products of a work order came back into stock. */
  'crm.inventory.work-order.returned': InventoryWorkOrderCreatedData
  /** A work order was cancelled; what it had reserved is free. */
  'crm.inventory.work-order.cancelled': InventoryWorkOrderCreatedData
  /** A work order was deleted. */
  'crm.inventory.work-order.deleted': InventoryWorkOrderDeletedData
  /** A call began. */
  'crm.telephony.call.started': TelephonyCallStartedData
  /** A phone rings for a live call. */
  'crm.telephony.call.ringing': TelephonyCallStartedData
  /** A person answered the call. */
  'crm.telephony.call.answered': TelephonyCallStartedData
  /** A live call was put on hold. */
  'crm.telephony.call.held': TelephonyCallStartedData
  /** A live call was taken off hold. */
  'crm.telephony.call.resumed': TelephonyCallStartedData
  /** A call was handed on to somebody else. */
  'crm.telephony.call.transferred': TelephonyCallStartedData
  /** A call ended, or something about an ended call became known later. */
  'crm.telephony.call.ended': TelephonyCallEndedData
  /** A call ended without anybody serving the caller. */
  'crm.telephony.call.missed': TelephonyCallEndedData
  /** A caller gave up in a queue. */
  'crm.telephony.call.abandoned': TelephonyCallEndedData
  /** Nothing more is expected of an ended call: for whoever copies calls once. Late news comes as `call.ended`, and then this again. */
  'crm.telephony.call.finalized': TelephonyCallEndedData
  /** Two calls turned out to be one: the subject is no call of its own any more, `intoId` has all of it. */
  'crm.telephony.call.merged': TelephonyCallMergedData
  /** A recording of a call can be had. */
  'crm.telephony.recording.available': TelephonyRecordingAvailableData
  /** A number called in vain. */
  'crm.telephony.callback.opened': TelephonyCallbackOpenedData
  /** Somebody is to call a number back. */
  'crm.telephony.callback.assigned': TelephonyCallbackOpenedData
  /** A callback was done. */
  'crm.telephony.callback.completed': TelephonyCallbackOpenedData
  /** A later answered call with the number, either way, made a callback needless. */
  'crm.telephony.callback.resolved': TelephonyCallbackOpenedData
  /** A queue was named. */
  'crm.telephony.queue.created': TelephonyQueueCreatedData
  /** Settings of a queue changed. */
  'crm.telephony.queue.updated': TelephonyQueueCreatedData
  /** A queue was deleted. */
  'crm.telephony.queue.deleted': TelephonyQueueCreatedData
  /** A call was reviewed. */
  'crm.telephony.review.created': TelephonyReviewCreatedData
  /** A connection that is usually busy has gone quiet. */
  'crm.telephony.connection.silent': TelephonyConnectionSilentData
  /** The figures of agents were taken anew. */
  'crm.analytics.snapshot.completed': AnalyticsSnapshotCompletedData
  /** The forecast of a night was recorded. */
  'crm.analytics.forecast.snapshotted': AnalyticsForecastSnapshottedData
  /** Figures were made anew from the event logs and are shown; not told of a dry run. `differences` counts tables and months that were not as before. */
  'crm.analytics.rebuild.completed': AnalyticsRebuildCompletedData
}

export type EventType = keyof EventData

/** An event as it is published; a union that `type` tells apart. */
export type CrmEvent<Type extends EventType = EventType> = {
  [T in Type]: Omit<Envelope, 'type' | 'data'> & { type: T; data: EventData[T] }
}[Type]
