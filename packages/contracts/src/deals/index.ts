import type { EventSpec } from '../core/event.ts'
import type { Route } from '../core/route.ts'
import * as activities from './activities.ts'
import * as approval from './approval.ts'
import * as bulk from './bulk.ts'
import * as contacts from './contacts.ts'
import * as rates from './currency-rates.ts'
import * as customFields from './custom-fields.ts'
import * as customers from './customers.ts'
import * as stats from './deal-stats.ts'
import * as deals from './deals.ts'
import * as events from './events.ts'
import * as exportEvents from './export-events.ts'
import * as exports from './exports.ts'
import * as importEvents from './import-events.ts'
import * as imports from './imports.ts'
import * as leadScore from './lead-score.ts'
import * as lineItems from './line-items.ts'
import * as pipelines from './pipelines.ts'
import * as plans from './sales-plans.ts'

export * from './activities.ts'
export * from './approval.ts'
export * from './bulk.ts'
export * from './contacts.ts'
export * from './currency-rates.ts'
export * from './custom-fields.ts'
export * from './customers.ts'
export * from './deal-stats.ts'
export * from './deals.ts'
export * from './events.ts'
export * from './export-events.ts'
export * from './exports.ts'
export * from './import-events.ts'
export * from './imports.ts'
export * from './lead-score.ts'
export * from './line-items.ts'
export * from './pipelines.ts'
export * from './sales-plans.ts'

export const dealsRoutes: readonly Route[] = [
  customers.listCustomersRoute,
  customers.createCustomerRoute,
  customers.getCustomerRoute,
  customers.updateCustomerRoute,
  customers.deleteCustomerRoute,
  customers.mergeCustomerRoute,
  contacts.listContactsRoute,
  contacts.createContactRoute,
  contacts.getContactRoute,
  contacts.updateContactRoute,
  contacts.deleteContactRoute,
  contacts.mergeContactRoute,
  pipelines.listPipelinesRoute,
  pipelines.createPipelineRoute,
  pipelines.getPipelineRoute,
  pipelines.updatePipelineRoute,
  pipelines.replaceStagesRoute,
  rates.listCurrencyRatesRoute,
  rates.createCurrencyRateRoute,
  rates.getCurrencyRateRoute,
  rates.updateCurrencyRateRoute,
  rates.deleteCurrencyRateRoute,
  customFields.listCustomFieldsRoute,
  customFields.createCustomFieldRoute,
  customFields.getCustomFieldRoute,
  customFields.updateCustomFieldRoute,
  customFields.deleteCustomFieldRoute,
  deals.listDealsRoute,
  deals.createDealRoute,
  stats.pipelineStatsRoute,
  stats.myDealsRoute,
  stats.dealBoardRoute,
  deals.getDealRoute,
  deals.updateDealRoute,
  deals.deleteDealRoute,
  deals.listDealHistoryRoute,
  activities.listDealActivitiesRoute,
  activities.createActivityRoute,
  activities.getActivityRoute,
  activities.updateActivityRoute,
  activities.deleteActivityRoute,
  activities.listActivitiesRoute,
  lineItems.listLineItemsRoute,
  lineItems.createLineItemRoute,
  lineItems.getLineItemRoute,
  lineItems.updateLineItemRoute,
  lineItems.deleteLineItemRoute,
  approval.submitDealRoute,
  approval.approveDealRoute,
  approval.unlockDealRoute,
  approval.cancelDealRoute,
  bulk.bulkUpdateDealsRoute,
  bulk.bulkDeleteDealsRoute,
  exports.exportDealsCsvRoute,
  exports.listExportsRoute,
  exports.createExportRoute,
  exports.getExportRoute,
  exports.downloadExportRoute,
  imports.createImportRoute,
  imports.listImportsRoute,
  imports.getImportRoute,
  imports.listImportErrorsRoute,
  imports.downloadImportErrorsRoute,
  imports.cancelImportRoute,
  imports.revertImportRoute,
  leadScore.getLeadScoreWeightsRoute,
  leadScore.setLeadScoreWeightsRoute,
  plans.listSalesPlansRoute,
  plans.createSalesPlanRoute,
  plans.planProgressRoute,
  plans.teamProgressRoute,
  plans.getSalesPlanRoute,
  plans.updateSalesPlanRoute,
  plans.deleteSalesPlanRoute,
]

export const dealsEvents: readonly EventSpec[] = [
  events.dealCreated,
  events.dealUpdated,
  events.dealStageChanged,
  events.dealWon,
  events.dealLost,
  events.dealReopened,
  events.dealAssigned,
  events.dealDeleted,
  events.dealSubmitted,
  events.dealApproved,
  events.dealUnlocked,
  events.dealCancelled,
  events.dealRotting,
  events.activityCreated,
  events.activityCompleted,
  events.activityUpdated,
  events.activityDeleted,
  events.activityOverdue,
  events.customFieldCreated,
  events.customFieldUpdated,
  events.customFieldDeleted,
  events.lineItemCreated,
  events.lineItemUpdated,
  events.lineItemDeleted,
  events.pipelineCreated,
  events.pipelineUpdated,
  events.contactCreated,
  events.contactUpdated,
  events.contactDeleted,
  events.contactMerged,
  events.customerCreated,
  events.customerUpdated,
  events.customerDeleted,
  events.customerMerged,
  exportEvents.exportCompleted,
  exportEvents.exportFailed,
  importEvents.importCompleted,
  events.leadScoreUpdated,
  events.planCreated,
  events.planUpdated,
  events.planDeleted,
]
