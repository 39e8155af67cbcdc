import type { EventSpec } from '../core/event.ts'
import type { Route } from '../core/route.ts'
import * as events from './events.ts'
import * as locations from './locations.ts'
import * as postings from './postings.ts'
import * as products from './products.ts'
import * as purchaseOrders from './purchase-orders.ts'
import * as reservations from './reservations.ts'
import * as settings from './settings.ts'
import * as stock from './stock.ts'
import * as stocktakes from './stocktakes.ts'
import * as workOrderEvents from './work-order-events.ts'
import * as workOrderViews from './work-order-views.ts'
import * as workOrders from './work-orders.ts'

export * from './events.ts'
export * from './locations.ts'
export * from './postings.ts'
export * from './products.ts'
export * from './purchase-orders.ts'
export * from './reservations.ts'
export * from './settings.ts'
export * from './stock.ts'
export * from './stocktakes.ts'
export * from './work-order-events.ts'
export * from './work-order-views.ts'
export * from './work-orders.ts'

export const inventoryRoutes: readonly Route[] = [
  products.listProductsRoute,
  products.createProductRoute,
  products.getProductRoute,
  products.updateProductRoute,
  products.deleteProductRoute,
  locations.listLocationsRoute,
  locations.createLocationRoute,
  locations.getLocationRoute,
  locations.updateLocationRoute,
  locations.deleteLocationRoute,
  stock.listStockRoute,
  stock.listBatchesRoute,
  stock.listTransactionsRoute,
  stock.getStockValueRoute,
  stock.auditStockRoute,
  postings.createDeductionRoute,
  postings.createAdjustmentRoute,
  postings.createTransferRoute,
  reservations.listReservationsRoute,
  reservations.createReservationRoute,
  reservations.getReservationRoute,
  reservations.releaseReservationRoute,
  purchaseOrders.listPurchaseOrdersRoute,
  purchaseOrders.createPurchaseOrderRoute,
  purchaseOrders.getPurchaseOrderRoute,
  purchaseOrders.updatePurchaseOrderRoute,
  purchaseOrders.closePurchaseOrderRoute,
  purchaseOrders.cancelPurchaseOrderRoute,
  purchaseOrders.listPurchaseReceiptsRoute,
  purchaseOrders.listPurchaseAmendmentsRoute,
  purchaseOrders.submitPurchaseOrderRoute,
  purchaseOrders.receivePurchaseOrderRoute,
  stocktakes.listStocktakesRoute,
  stocktakes.createStocktakeRoute,
  stocktakes.getStocktakeRoute,
  stocktakes.countStocktakeRoute,
  stocktakes.postStocktakeRoute,
  stocktakes.listReorderSuggestionsRoute,
  workOrders.listWorkOrdersRoute,
  workOrders.createWorkOrderRoute,
  workOrderViews.workOrderCalendarRoute,
  workOrders.getWorkOrderRoute,
  workOrders.updateWorkOrderRoute,
  workOrders.assignWorkOrderRoute,
  workOrders.startWorkOrderRoute,
  workOrders.addWorkOrderProductsRoute,
  workOrders.addWorkOrderDevicesRoute,
  workOrders.submitWorkOrderRoute,
  workOrders.approveWorkOrderRoute,
  workOrders.cancelWorkOrderRoute,
  workOrders.returnWorkOrderRoute,
  workOrderViews.listWorkOrderActivityRoute,
  workOrderViews.bulkDeleteWorkOrdersRoute,
  workOrderViews.listDeactivatedDevicesRoute,
  settings.getInventorySettingsRoute,
  settings.updateInventorySettingsRoute,
]

export const inventoryEvents: readonly EventSpec[] = [
  events.productCreated,
  events.productUpdated,
  events.productDeleted,
  events.stockReceived,
  events.stockConsumed,
  events.stockAdjusted,
  events.stockTransferred,
  events.stockReturned,
  events.stockReserved,
  events.stockReleased,
  events.stockLow,
  events.purchaseOrderCreated,
  events.purchaseOrderSubmitted,
  events.purchaseOrderReceived,
  events.purchaseOrderUpdated,
  events.purchaseOrderClosed,
  events.purchaseOrderCancelled,
  events.invariantViolated,
  workOrderEvents.workOrderCreated,
  workOrderEvents.workOrderUpdated,
  workOrderEvents.workOrderAssigned,
  workOrderEvents.workOrderScheduled,
  workOrderEvents.workOrderStarted,
  workOrderEvents.workOrderSubmitted,
  workOrderEvents.workOrderApproved,
  workOrderEvents.workOrderReturned,
  workOrderEvents.workOrderCancelled,
  workOrderEvents.workOrderDeleted,
]
