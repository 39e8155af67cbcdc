// Made from the published API by `pnpm sdk`. Do not edit: a test compares it with the contracts.

import { type CallOptions, type ChangeOptions, type FileBody, type Pages, pagesOf, type Send } from '../call.ts'
import type { Activity, AddWorkOrderDevicesRequest, AddWorkOrderProductsRequest, Agent, AgentFigures, AgentSnapshot, ApiKey, ApproveWorkOrderRequest, AssignCallbackRequest, AssignWorkOrderRequest, AuditEntry, AuditStockAnswer, Batch, BulkDeleteDealsRequest, BulkDeleteWorkOrdersAnswer, BulkDeleteWorkOrdersRequest, BulkUpdateDealsRequest, Call, CallDetail, CallDirection, CallEventBatch, CallEventBatchAnswer, CallStatus, Callback, Company, CompleteCallbackRequest, Connection, ConnectionWithSecret, Contact, CountStocktakeRequest, CreateActivityRequest, CreateAdjustmentRequest, CreateAgentRequest, CreateApiKeyAnswer, CreateApiKeyRequest, CreateConnectionRequest, CreateContactRequest, CreateCurrencyRateRequest, CreateCustomFieldRequest, CreateCustomerRequest, CreateDealRequest, CreateDeductionAnswer, CreateDeductionRequest, CreateDepartmentRequest, CreateExportRequest, CreateLineItemRequest, CreateLocationRequest, CreatePipelineRequest, CreatePositionRequest, CreateProductRequest, CreatePurchaseOrderRequest, CreateQualityReviewRequest, CreateQueueRequest, CreateReservationRequest, CreateRoleRequest, CreateSalesPlanRequest, CreateStocktakeRequest, CreateTransferRequest, CreateUserRequest, CreateWorkOrderRequest, Currency, CurrencyRate, CustomField, Customer, DeactivatedDevice, Deal, DealBoardAnswer, DealBulkAnswer, DealChange, DealExport, DealImport, Department, DepartmentTreeAnswer, GetCallOverviewAnswer, GetCustomerProfileAnswer, GetDashboardAnswer, GetForecastAnswer, GetForecastHistoryAnswer, GetFunnelAnswer, GetInventoryFiguresAnswer, GetRevenueAnswer, GetSourcesAnswer, GetStockValueAnswer, GetVelocityAnswer, ImportError, Instant, InstantInput, InventorySettings, LeadScoreWeights, LineItem, LiveCallStatus, Location, LoginRequest, LogoutRequest, LookupAnswer, MeAnswer, MergeContactRequest, MergeCustomerRequest, Money, MoneyInput, MyDealsAnswer, Pipeline, PipelineStatsAnswer, PlanProgressAnswer, Position, Product, PurchaseAmendment, PurchaseOrder, PurchaseReceipt, QualityReview, Queue, QueueFigures, Rebuild, ReceivePurchaseOrderRequest, RefreshRequest, RegisterRequest, ReorderSuggestion, ReplaceStagesRequest, Reservation, ReturnWorkOrderRequest, Role, RotateConnectionSecretRequest, SalesPlan, SetLeadScoreWeightsRequest, SignedIn, StartRebuildRequest, StockChange, StockLevel, StockTransaction, Stocktake, StocktakeDetail, TelephonyDeadLetter, TimelineEntry, UpdateActivityRequest, UpdateAgentRequest, UpdateCompanyRequest, UpdateConnectionRequest, UpdateContactRequest, UpdateCurrencyRateRequest, UpdateCustomFieldRequest, UpdateCustomerRequest, UpdateDealRequest, UpdateDepartmentRequest, UpdateInventorySettingsRequest, UpdateLineItemRequest, UpdateLocationRequest, UpdatePipelineRequest, UpdatePositionRequest, UpdateProductRequest, UpdatePurchaseOrderRequest, UpdateQualityReviewRequest, UpdateQueueRequest, UpdateRoleRequest, UpdateSalesPlanRequest, UpdateUserRequest, UpdateWorkOrderRequest, User, WindowEdge, WorkOrder, WorkOrderActivity, WorkOrderCalendarAnswer, WorkOrderDetail } from './schemas.ts'

export type ListUsersQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "name" | "-name" | "email" | "-email" | undefined
  /** Words to look for, ANDed; the shortest part of a word is two letters. */
  q?: string | undefined
  role?: string | undefined
  active?: "true" | "false" | undefined
  teamId?: string | undefined
  departmentId?: string | undefined
  positionId?: string | undefined
}

export type ListRolesQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "name" | "-name" | undefined
  /** Words to look for, ANDed; the shortest part of a word is two letters. */
  q?: string | undefined
  builtIn?: "true" | "false" | undefined
}

export type ListApiKeysQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "name" | "-name" | undefined
  /** Words to look for, ANDed; the shortest part of a word is two letters. */
  q?: string | undefined
  createdById?: string | undefined
}

export type ListAuditLogQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "occurredAt" | "-occurredAt" | undefined
  actorId?: string | undefined
  entity?: string | undefined
  entityId?: string | undefined
  action?: string | undefined
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
}

export type ListDepartmentsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "name" | "-name" | undefined
  /** Words to look for, ANDed; the shortest part of a word is two letters. */
  q?: string | undefined
  parentId?: string | undefined
  headId?: string | undefined
}

export type ListPositionsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "name" | "-name" | undefined
  /** Words to look for, ANDed; the shortest part of a word is two letters. */
  q?: string | undefined
  departmentId?: string | undefined
}

export type ListCustomersQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "updatedAt" | "-updatedAt" | "name" | "-name" | undefined
  kind?: "PERSON" | "ORGANIZATION" | undefined
  status?: "LEAD" | "ACTIVE" | "INACTIVE" | "BLOCKED" | undefined
  source?: string | undefined
  /** The id of a user, or `me`. */
  assignedToId?: "me" | string | undefined
  tag?: string | undefined
  duplicateOfId?: string | undefined
  /** Words to look for, ANDed; the shortest part of a word is two letters. */
  q?: string | undefined
}

export type CreateCustomerQuery = {
  /** `true` stores it although one like it exists, and links the two by `duplicateOfId`. */
  allowDuplicate?: "true" | "false" | undefined
}

export type ListContactsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "updatedAt" | "-updatedAt" | "name" | "-name" | undefined
  customerId?: string | undefined
  duplicateOfId?: string | undefined
  /** Words to look for, ANDed; the shortest part of a word is two letters. */
  q?: string | undefined
}

export type CreateContactQuery = {
  /** `true` stores it although one like it exists, and links the two by `duplicateOfId`. */
  allowDuplicate?: "true" | "false" | undefined
}

export type ListPipelinesQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "name" | "-name" | undefined
  /** Words to look for, ANDed; the shortest part of a word is two letters. */
  q?: string | undefined
}

export type ListCurrencyRatesQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "validFrom" | "-validFrom" | "createdAt" | "-createdAt" | undefined
  currency?: Currency | undefined
}

export type ListCustomFieldsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "key" | "-key" | undefined
  entity?: "deal" | "customer" | "contact" | undefined
  type?: "text" | "number" | "date" | "boolean" | "select" | "multiselect" | "url" | undefined
}

export type ListDealsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "updatedAt" | "-updatedAt" | "value" | "-value" | "leadScore" | "-leadScore" | "expectedCloseDate" | "-expectedCloseDate" | "title" | "-title" | undefined
  /** Words to look for, ANDed; the shortest part of a word is two letters. */
  q?: string | undefined
  pipelineId?: string | undefined
  stage?: string | undefined
  stageKind?: "OPEN" | "WON" | "LOST" | undefined
  priority?: "LOW" | "MEDIUM" | "HIGH" | "URGENT" | undefined
  /** The id of a user, or `me`. */
  assignedToId?: "me" | string | undefined
  contactId?: string | undefined
  customerId?: string | undefined
  leadSource?: "WEB" | "REFERRAL" | "PHONE" | "EMAIL" | "EVENT" | "ADS" | "PARTNER" | "OTHER" | undefined
  minValue?: MoneyInput | undefined
  maxValue?: MoneyInput | undefined
  createdFrom?: WindowEdge | undefined
  createdTo?: WindowEdge | undefined
  expectedCloseFrom?: WindowEdge | undefined
  expectedCloseTo?: WindowEdge | undefined
  rotten?: "true" | undefined
  tag?: string | undefined
}

export type PipelineStatsQuery = {
  pipelineId?: string | undefined
}

export type DealBoardQuery = {
  pipelineId?: string | undefined
  perStage?: number | undefined
}

export type ListDealHistoryQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "at" | "-at" | undefined
  field?: "stage" | "value" | "probability" | "expectedCloseDate" | "assignedToId" | "approvalStatus" | undefined
}

export type ListDealActivitiesQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "dueAt" | "-dueAt" | undefined
  kind?: "NOTE" | "CALL" | "MEETING" | "TASK" | "REMINDER" | "APPOINTMENT" | undefined
}

export type ListActivitiesQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "dueAt" | "-dueAt" | "createdAt" | "-createdAt" | undefined
  /** The id of a user, or `me`. */
  assignedToId?: "me" | string | undefined
  dealId?: string | undefined
  kind?: "NOTE" | "CALL" | "MEETING" | "TASK" | "REMINDER" | "APPOINTMENT" | undefined
  due?: "overdue" | "today" | "upcoming" | undefined
}

export type ListLineItemsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "position" | "-position" | "createdAt" | "-createdAt" | undefined
  productId?: string | undefined
}

export type CreateLineItemQuery = {
  updateValue?: "true" | "false" | undefined
}

export type UpdateLineItemQuery = {
  updateValue?: "true" | "false" | undefined
}

export type DeleteLineItemQuery = {
  updateValue?: "true" | "false" | undefined
}

export type ExportDealsCsvQuery = {
  /** Words to look for, ANDed; the shortest part of a word is two letters. */
  q?: string | undefined
  pipelineId?: string | undefined
  stage?: string | undefined
  stageKind?: "OPEN" | "WON" | "LOST" | undefined
  priority?: "LOW" | "MEDIUM" | "HIGH" | "URGENT" | undefined
  /** The id of a user, or `me`. */
  assignedToId?: "me" | string | undefined
  contactId?: string | undefined
  customerId?: string | undefined
  leadSource?: "WEB" | "REFERRAL" | "PHONE" | "EMAIL" | "EVENT" | "ADS" | "PARTNER" | "OTHER" | undefined
  minValue?: MoneyInput | undefined
  maxValue?: MoneyInput | undefined
  createdFrom?: WindowEdge | undefined
  createdTo?: WindowEdge | undefined
  expectedCloseFrom?: WindowEdge | undefined
  expectedCloseTo?: WindowEdge | undefined
  rotten?: "true" | undefined
  tag?: string | undefined
  bom?: "true" | "false" | undefined
}

export type ListExportsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | undefined
  createdById?: "me" | string | undefined
  status?: "queued" | "running" | "done" | "failed" | "expired" | undefined
}

export type CreateImportQuery = {
  entity?: "deal" | "contact" | "customer" | undefined
  dryRun?: "true" | "false" | undefined
  mapping?: string | undefined
  encoding?: "utf-8" | "utf-16le" | "windows-1250" | "windows-1251" | "windows-1252" | "windows-1256" | undefined
}

export type ListImportsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | undefined
  createdById?: "me" | string | undefined
  status?: "queued" | "running" | "done" | "failed" | "cancelled" | "reverting" | "reverted" | undefined
}

export type ListImportErrorsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "row" | "-row" | undefined
  code?: string | undefined
}

export type ListSalesPlansQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "periodStart" | "-periodStart" | "createdAt" | "-createdAt" | undefined
  userId?: "me" | string | undefined
  teamId?: string | undefined
  period?: string | undefined
}

export type PlanProgressQuery = {
  period?: string | undefined
  userId?: "me" | string | undefined
  teamId?: string | undefined
  company?: "true" | undefined
}

export type TeamProgressQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "name" | "-name" | undefined
  period?: string | undefined
  teamId?: string | undefined
}

export type ListProductsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "updatedAt" | "-updatedAt" | "name" | "-name" | "sku" | "-sku" | undefined
  sku?: string | undefined
  category?: string | undefined
  active?: "true" | "false" | undefined
  lowStock?: "true" | undefined
  /** Words to look for, ANDed; the shortest part of a word is two letters. */
  q?: string | undefined
}

export type ListLocationsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "name" | "-name" | "key" | "-key" | undefined
  kind?: "WAREHOUSE" | "VEHICLE" | "CUSTOMER" | undefined
}

export type ListStockQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | undefined
  productId?: string | undefined
  locationId?: string | undefined
  at?: InstantInput | undefined
}

export type ListBatchesQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "receivedAt" | "-receivedAt" | "createdAt" | "-createdAt" | undefined
  productId?: string | undefined
  locationId?: string | undefined
  purchaseOrderId?: string | undefined
  open?: "true" | undefined
}

export type ListTransactionsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "occurredAt" | "-occurredAt" | "createdAt" | "-createdAt" | undefined
  kind?: "RECEIPT" | "CONSUMPTION" | "RETURN" | "ADJUSTMENT" | "TRANSFER" | "SCRAP" | undefined
  productId?: string | undefined
  locationId?: string | undefined
  batchId?: string | undefined
  postingId?: string | undefined
  workOrderId?: string | undefined
  purchaseOrderId?: string | undefined
  actorId?: string | undefined
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
}

export type GetStockValueQuery = {
  at?: InstantInput | undefined
}

export type ListReservationsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | undefined
  status?: "OPEN" | "CONSUMED" | "RELEASED" | "EXPIRED" | undefined
  productId?: string | undefined
  dealId?: string | undefined
  workOrderId?: string | undefined
}

export type ListPurchaseOrdersQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "number" | "-number" | undefined
  status?: "DRAFT" | "SUBMITTED" | "PARTIALLY_RECEIVED" | "RECEIVED" | "CLOSED" | "CANCELLED" | undefined
  productId?: string | undefined
  /** Words to look for, ANDed; the shortest part of a word is two letters. */
  q?: string | undefined
}

export type ListPurchaseReceiptsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "occurredAt" | "-occurredAt" | undefined
}

export type ListPurchaseAmendmentsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "occurredAt" | "-occurredAt" | undefined
}

export type ListStocktakesQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | undefined
  status?: "OPEN" | "POSTED" | undefined
  locationId?: string | undefined
}

export type ListReorderSuggestionsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "name" | "-name" | "sku" | "-sku" | undefined
}

export type ListWorkOrdersQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "scheduledStart" | "-scheduledStart" | "number" | "-number" | undefined
  status?: "DRAFT" | "SCHEDULED" | "IN_PROGRESS" | "SUBMITTED" | "APPROVED" | "CANCELLED" | undefined
  kind?: "INSTALLATION" | "REPAIR" | "MAINTENANCE" | "JOB" | undefined
  priority?: "LOW" | "MEDIUM" | "HIGH" | "URGENT" | undefined
  /** The id of a user, or `me`. */
  assignedToId?: "me" | string | undefined
  customerId?: string | undefined
  dealId?: string | undefined
  parentId?: string | undefined
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
  /** Words to look for, ANDed; the shortest part of a word is two letters. */
  q?: string | undefined
}

export type WorkOrderCalendarQuery = {
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from: string
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to: string
  /** The id of a user, or `me`. */
  assignedToId?: "me" | string | undefined
}

export type ListWorkOrderActivityQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "occurredAt" | "-occurredAt" | undefined
}

export type ListDeactivatedDevicesQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | undefined
  workOrderId?: string | undefined
  productId?: string | undefined
  serial?: string | undefined
}

export type ListConnectionsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | "name" | "-name" | undefined
  /** Which provider’s form the request has. */
  provider?: "generic" | "asterisk" | "freeswitch" | "aircall" | "jambonz" | "kazoo" | "plivo" | "ringcentral" | "telnyx" | "threecx" | "twilio" | "vonage" | "zadarma" | "signalwire" | "dial9" | "hipcall" | undefined
  status?: "ACTIVE" | "SILENT" | "DISABLED" | undefined
  /** Words to look for, ANDed; the shortest part of a word is two letters. */
  q?: string | undefined
}

export type ListCallsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "startedAt" | "-startedAt" | "createdAt" | "-createdAt" | undefined
  status?: CallStatus | undefined
  direction?: CallDirection | undefined
  agentId?: "me" | string | undefined
  queue?: string | undefined
  phone?: string | undefined
  contactId?: string | undefined
  customerId?: string | undefined
  /** The id of a telephony connection. */
  connectionId?: string | undefined
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
}

export type ListLiveCallsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "startedAt" | "-startedAt" | undefined
  status?: LiveCallStatus | undefined
  direction?: CallDirection | undefined
  agentId?: "me" | string | undefined
  queue?: string | undefined
  phone?: string | undefined
  contactId?: string | undefined
  customerId?: string | undefined
  /** The id of a telephony connection. */
  connectionId?: string | undefined
}

export type GetRecordingQuery = {
  eventId?: string | undefined
}

export type ListQueuesQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "name" | "-name" | "createdAt" | "-createdAt" | undefined
  key?: string | undefined
  /** Words to look for, ANDed; the shortest part of a word is two letters. */
  q?: string | undefined
}

export type ListAgentsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | undefined
  userId?: string | undefined
  /** The id of a telephony connection. */
  connectionId?: string | undefined
}

export type ListTelephonyDeadLettersQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | undefined
  status?: "open" | "resolved" | undefined
  /** The id of a telephony connection. */
  connectionId?: string | undefined
  code?: string | undefined
}

export type ListCallbacksQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "dueAt" | "-dueAt" | "createdAt" | "-createdAt" | undefined
  status?: "OPEN" | "ASSIGNED" | "DONE" | "AUTO_RESOLVED" | undefined
  /** The id of a user, or `me`. */
  assignedToId?: "me" | string | undefined
  queue?: string | undefined
  phone?: string | undefined
  callId?: string | undefined
}

export type ListQualityReviewsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "createdAt" | "-createdAt" | undefined
  callId?: string | undefined
  reviewerId?: string | undefined
}

export type LookupQuery = {
  phone: string
}

export type GetDashboardQuery = {
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
}

export type GetFunnelQuery = {
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
  pipelineId?: string | undefined
  cohort?: "created" | "closed" | undefined
}

export type GetRevenueQuery = {
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
  granularity?: "day" | "week" | "month" | "quarter" | undefined
}

export type GetSourcesQuery = {
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
}

export type GetVelocityQuery = {
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
  pipelineId?: string | undefined
}

export type GetForecastQuery = {
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
  months?: number | undefined
}

export type GetForecastHistoryQuery = {
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
}

export type GetInventoryFiguresQuery = {
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
}

export type ListMarginsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "closedAt" | "-closedAt" | undefined
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
}

export type ListAgentSnapshotsQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "name" | "-name" | undefined
  windowDays?: "7" | "30" | "90" | undefined
  agentId?: string | undefined
}

export type GetLeaderboardQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "rank" | "-rank" | undefined
  windowDays?: "7" | "30" | "90" | undefined
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
}

export type ListCustomerTimelineQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "occurredAt" | "-occurredAt" | undefined
  kind?: string | undefined
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
}

export type GetCallOverviewQuery = {
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
  queue?: string | undefined
  agentId?: string | undefined
  direction?: "INBOUND" | "OUTBOUND" | "INTERNAL" | undefined
  formula?: "excluding_short_abandoned" | "all_offered" | "answered_only" | undefined
  granularity?: "hour" | "day" | undefined
}

export type ListAgentFiguresQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "name" | "-name" | undefined
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
  queue?: string | undefined
  agentId?: string | undefined
  direction?: "INBOUND" | "OUTBOUND" | "INTERNAL" | undefined
  granularity?: "hour" | "day" | undefined
}

export type ListQueueFiguresQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "queue" | "-queue" | undefined
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
  queue?: string | undefined
  agentId?: string | undefined
  direction?: "INBOUND" | "OUTBOUND" | "INTERNAL" | undefined
  granularity?: "hour" | "day" | undefined
  formula?: "excluding_short_abandoned" | "all_offered" | "answered_only" | undefined
}

export type ListDealsBehindQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "at" | "-at" | undefined
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
  figure?: "open" | "created" | "won" | "lost" | undefined
  source?: string | undefined
  stageKind?: "OPEN" | "WON" | "LOST" | undefined
  pipelineId?: string | undefined
}

export type ListDealsReachedQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "at" | "-at" | undefined
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
  pipelineId?: string | undefined
  cohort?: "created" | "closed" | undefined
  stage?: string | undefined
}

export type ListCallsBehindQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "at" | "-at" | undefined
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
  figure?: "total" | "answered" | "missed" | "abandoned" | undefined
  queue?: string | undefined
  agentId?: string | undefined
  direction?: "INBOUND" | "OUTBOUND" | "INTERNAL" | undefined
}

export type ListWorkOrdersBehindQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "at" | "-at" | undefined
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
  figure?: "open" | "approved" | undefined
  kind?: string | undefined
}

export type ListActivitiesBehindQuery = {
  /** How many items a page has at most. */
  limit?: number | undefined
  /** `page.nextCursor` of the page before, with the same sort and filters. */
  cursor?: string | undefined
  /** `exact` adds `page.total`: the number of all items that the filters let through. */
  count?: "exact" | undefined
  /** A field, ascending; with `-` before it, descending. */
  sort?: "at" | "-at" | undefined
  /** Begin of the window: a day of the company’s time zone, or an RFC 3339 time. */
  from?: WindowEdge | undefined
  /** End of the window: a day (inclusive) or an RFC 3339 time (exclusive). */
  to?: WindowEdge | undefined
  figure?: "created" | "done" | "overdue" | undefined
}

/** Every operation, in the order of its path: `client.inventory.purchaseOrders.receive(id, body)`. */
export function operationsOf(send: Send) {
  return {
    auth: {
      /**
       * Create a company; its first user is its administrator.
       *
       * Open to everyone.
       *
       * Refuses by its own rules with `signup_closed` (403), `email_taken` (409), `sign_in_busy` (503).
       *
       * At most 20 a minute (class `register`).
       *
       * `POST /v1/auth/register`
       */
      register: (body: RegisterRequest, options: CallOptions = {}): Promise<SignedIn> =>
        send({ method: 'POST', path: '/v1/auth/register', body, options }),
      /**
       * Sign in with email and password.
       *
       * Counted per account (10 a minute) and per address. An address from which the user has signed in before counts by itself, so that guesses from elsewhere keep nobody out. An unknown user takes as long as a wrong password.
       *
       * Open to everyone.
       *
       * Refuses by its own rules with `invalid_credentials` (401), `sign_in_busy` (503).
       *
       * At most 60 a minute (class `login`).
       *
       * `POST /v1/auth/login`
       */
      login: (body: LoginRequest, options: CallOptions = {}): Promise<SignedIn> =>
        send({ method: 'POST', path: '/v1/auth/login', body, options }),
      /**
       * Exchange a refresh token for new tokens; using an old one again ends the session.
       *
       * The predecessor of the current token is answered with the same successor for ten seconds, so that two tabs can refresh at once; used later it ends the session (`refresh_reused`).
       *
       * Open to everyone.
       *
       * Refuses by its own rules with `invalid_refresh_token` (401), `refresh_reused` (401).
       *
       * `POST /v1/auth/refresh`
       */
      refresh: (body: RefreshRequest, options: CallOptions = {}): Promise<SignedIn> =>
        send({ method: 'POST', path: '/v1/auth/refresh', body, options }),
      /**
       * End the session that the access token belongs to.
       *
       * Access tokens of the session are refused within two seconds.
       *
       * Needs a signed-in caller.
       *
       * `POST /v1/auth/logout`
       */
      logout: (body: LogoutRequest = {}, options: CallOptions = {}): Promise<void> =>
        send({ method: 'POST', path: '/v1/auth/logout', body, options }),
      /**
       * The signed-in user, permissions and company.
       *
       * Needs a signed-in caller.
       *
       * `GET /v1/auth/me`
       */
      getMe: (options: CallOptions = {}): Promise<MeAnswer> =>
        send({ method: 'GET', path: '/v1/auth/me', options }),
    },
    company: {
      /**
       * The company that the caller belongs to.
       *
       * Needs a signed-in caller.
       *
       * `GET /v1/company`
       */
      get: (options: CallOptions = {}): Promise<Company> =>
        send({ method: 'GET', path: '/v1/company', options }),
      /**
       * Change the company’s name and settings.
       *
       * `defaultRegion` is the region of phone numbers typed without a country code.
       *
       * Needs the permission `company:manage`.
       *
       * `PATCH /v1/company`
       */
      update: (body: UpdateCompanyRequest = {}, options: ChangeOptions = {}): Promise<Company> =>
        send({ method: 'PATCH', path: '/v1/company', body, options }),
    },
    users: {
      /**
       * List the company’s users.
       *
       * Needs the permission `user:read`.
       *
       * `GET /v1/users`
       */
      list: (query: ListUsersQuery = {}, options: CallOptions = {}): Pages<User> =>
        pagesOf(send, { method: 'GET', path: '/v1/users', query, options }),
      /**
       * Add a user; without a password the user cannot sign in until one is set.
       *
       * Needs the permission `user:manage`.
       *
       * Refuses by its own rules with `email_taken` (409), `sign_in_busy` (503).
       *
       * `POST /v1/users`
       */
      create: (body: CreateUserRequest, options: CallOptions = {}): Promise<User> =>
        send({ method: 'POST', path: '/v1/users', body, isIdempotent: true, options }),
      /**
       * One user.
       *
       * Needs the permission `user:read`.
       *
       * `GET /v1/users/{id}`
       */
      get: (id: string, options: CallOptions = {}): Promise<User> =>
        send({ method: 'GET', path: `/v1/users/${encodeURIComponent(id)}`, options }),
      /**
       * Change a user; deactivating or a new password ends the user’s sessions.
       *
       * A changed role keeps the sessions; its permissions hold within two seconds. The company keeps at least one active ADMIN.
       *
       * Needs the permission `user:manage`.
       *
       * Refuses by its own rules with `email_taken` (409), `last_admin` (409), `sign_in_busy` (503).
       *
       * `PATCH /v1/users/{id}`
       */
      update: (id: string, body: UpdateUserRequest = {}, options: ChangeOptions = {}): Promise<User> =>
        send({ method: 'PATCH', path: `/v1/users/${encodeURIComponent(id)}`, body, options }),
    },
    roles: {
      /**
       * List the built-in roles and the company’s own.
       *
       * Needs the permission `user:manage`.
       *
       * `GET /v1/roles`
       */
      list: (query: ListRolesQuery = {}, options: CallOptions = {}): Pages<Role> =>
        pagesOf(send, { method: 'GET', path: '/v1/roles', query, options }),
      /**
       * Add a role with permissions that the caller holds.
       *
       * Needs the permission `user:manage`.
       *
       * Refuses by its own rules with `role_key_taken` (409).
       *
       * `POST /v1/roles`
       */
      create: (body: CreateRoleRequest, options: CallOptions = {}): Promise<Role> =>
        send({ method: 'POST', path: '/v1/roles', body, isIdempotent: true, options }),
      /**
       * One role.
       *
       * Needs the permission `user:manage`.
       *
       * `GET /v1/roles/{id}`
       */
      get: (id: string, options: CallOptions = {}): Promise<Role> =>
        send({ method: 'GET', path: `/v1/roles/${encodeURIComponent(id)}`, options }),
      /**
       * Change a role; its users have the new permissions within two seconds and stay signed in.
       *
       * Needs the permission `user:manage`.
       *
       * Refuses by its own rules with `role_built_in` (409).
       *
       * `PATCH /v1/roles/{id}`
       */
      update: (id: string, body: UpdateRoleRequest = {}, options: ChangeOptions = {}): Promise<Role> =>
        send({ method: 'PATCH', path: `/v1/roles/${encodeURIComponent(id)}`, body, options }),
      /**
       * Delete a role that no user has.
       *
       * Needs the permission `user:manage`.
       *
       * Refuses by its own rules with `role_built_in` (409), `role_in_use` (409).
       *
       * `DELETE /v1/roles/{id}`
       */
      delete: (id: string, options: ChangeOptions = {}): Promise<void> =>
        send({ method: 'DELETE', path: `/v1/roles/${encodeURIComponent(id)}`, options }),
    },
    apiKeys: {
      /**
       * List the API keys that have not been revoked.
       *
       * Needs the permission `user:manage`.
       *
       * `GET /v1/api-keys`
       */
      list: (query: ListApiKeysQuery = {}, options: CallOptions = {}): Pages<ApiKey> =>
        pagesOf(send, { method: 'GET', path: '/v1/api-keys', query, options }),
      /**
       * Make an API key that acts for its creator with fewer permissions; it is shown this once.
       *
       * Needs the permission `user:manage`.
       *
       * `POST /v1/api-keys`
       */
      create: (body: CreateApiKeyRequest, options: CallOptions = {}): Promise<CreateApiKeyAnswer> =>
        send({ method: 'POST', path: '/v1/api-keys', body, isIdempotent: true, options }),
      /**
       * One API key, without the key itself.
       *
       * Needs the permission `user:manage`.
       *
       * `GET /v1/api-keys/{id}`
       */
      get: (id: string, options: CallOptions = {}): Promise<ApiKey> =>
        send({ method: 'GET', path: `/v1/api-keys/${encodeURIComponent(id)}`, options }),
      /**
       * Revoke an API key; it is refused everywhere within two seconds.
       *
       * Needs the permission `user:manage`.
       *
       * `DELETE /v1/api-keys/{id}`
       */
      delete: (id: string, options: ChangeOptions = {}): Promise<void> =>
        send({ method: 'DELETE', path: `/v1/api-keys/${encodeURIComponent(id)}`, options }),
    },
    auditLog: {
      /**
       * Every create, update, delete and security event of all services.
       *
       * Security events are those of `entity=session`: `created` (a sign-in), `refused` (a failed attempt at an account; `entityId` is the user), `revoked` (signed out, or ended because of a reused refresh token, a new password or a deactivation), each with address and user agent where there is one.
       *
       * Needs the permission `audit:read`.
       *
       * `GET /v1/audit-log`
       */
      list: (query: ListAuditLogQuery = {}, options: CallOptions = {}): Pages<AuditEntry> =>
        pagesOf(send, { method: 'GET', path: '/v1/audit-log', query, options }),
    },
    departments: {
      /**
       * List the departments.
       *
       * Needs the permission `user:read`.
       *
       * `GET /v1/departments`
       */
      list: (query: ListDepartmentsQuery = {}, options: CallOptions = {}): Pages<Department> =>
        pagesOf(send, { method: 'GET', path: '/v1/departments', query, options }),
      /**
       * Add a department.
       *
       * Needs the permission `user:manage`.
       *
       * Refuses by its own rules with `department_cycle` (409), `department_too_deep` (409).
       *
       * `POST /v1/departments`
       */
      create: (body: CreateDepartmentRequest, options: CallOptions = {}): Promise<Department> =>
        send({ method: 'POST', path: '/v1/departments', body, isIdempotent: true, options }),
      /**
       * The departments as a tree, each before those under it; the first 1,000.
       *
       * Needs the permission `user:read`.
       *
       * `GET /v1/departments/tree`
       */
      getTree: (options: CallOptions = {}): Promise<DepartmentTreeAnswer> =>
        send({ method: 'GET', path: '/v1/departments/tree', options }),
      /**
       * One department.
       *
       * Needs the permission `user:read`.
       *
       * `GET /v1/departments/{id}`
       */
      get: (id: string, options: CallOptions = {}): Promise<Department> =>
        send({ method: 'GET', path: `/v1/departments/${encodeURIComponent(id)}`, options }),
      /**
       * Rename or move a department, or name its head; it cannot come under itself.
       *
       * Needs the permission `user:manage`.
       *
       * Refuses by its own rules with `department_cycle` (409), `department_too_deep` (409).
       *
       * `PATCH /v1/departments/{id}`
       */
      update: (id: string, body: UpdateDepartmentRequest = {}, options: ChangeOptions = {}): Promise<Department> =>
        send({ method: 'PATCH', path: `/v1/departments/${encodeURIComponent(id)}`, body, options }),
      /**
       * Delete a department that has no users, positions or departments under it.
       *
       * Needs the permission `user:manage`.
       *
       * Refuses by its own rules with `department_in_use` (409).
       *
       * `DELETE /v1/departments/{id}`
       */
      delete: (id: string, options: ChangeOptions = {}): Promise<void> =>
        send({ method: 'DELETE', path: `/v1/departments/${encodeURIComponent(id)}`, options }),
    },
    positions: {
      /**
       * List the positions.
       *
       * Needs the permission `user:read`.
       *
       * `GET /v1/positions`
       */
      list: (query: ListPositionsQuery = {}, options: CallOptions = {}): Pages<Position> =>
        pagesOf(send, { method: 'GET', path: '/v1/positions', query, options }),
      /**
       * Add a position with the role that usually comes with it.
       *
       * Needs the permission `user:manage`.
       *
       * `POST /v1/positions`
       */
      create: (body: CreatePositionRequest, options: CallOptions = {}): Promise<Position> =>
        send({ method: 'POST', path: '/v1/positions', body, isIdempotent: true, options }),
      /**
       * One position.
       *
       * Needs the permission `user:read`.
       *
       * `GET /v1/positions/{id}`
       */
      get: (id: string, options: CallOptions = {}): Promise<Position> =>
        send({ method: 'GET', path: `/v1/positions/${encodeURIComponent(id)}`, options }),
      /**
       * Change a position; users in it keep their roles.
       *
       * Needs the permission `user:manage`.
       *
       * `PATCH /v1/positions/{id}`
       */
      update: (id: string, body: UpdatePositionRequest = {}, options: ChangeOptions = {}): Promise<Position> =>
        send({ method: 'PATCH', path: `/v1/positions/${encodeURIComponent(id)}`, body, options }),
      /**
       * Delete a position that no user is in.
       *
       * Needs the permission `user:manage`.
       *
       * Refuses by its own rules with `position_in_use` (409).
       *
       * `DELETE /v1/positions/{id}`
       */
      delete: (id: string, options: ChangeOptions = {}): Promise<void> =>
        send({ method: 'DELETE', path: `/v1/positions/${encodeURIComponent(id)}`, options }),
    },
    customers: {
      /**
       * List customers. `q` finds parts of name, e-mail and phone; its words are ANDed. `cf.<key>=value` filters by a custom field.
       *
       * Needs the permission `customer:read`.
       *
       * `GET /v1/customers`
       */
      list: (query: ListCustomersQuery = {}, options: CallOptions = {}): Pages<Customer> =>
        pagesOf(send, { method: 'GET', path: '/v1/customers', query, options }),
      /**
       * Create a customer. The same e-mail or phone again is 409 `duplicate` with `duplicateOfId`, unless `allowDuplicate=true`.
       *
       * A phone is normalised to E.164 with the company’s default region and kept as typed in `phoneRaw`; one that cannot be read as a number has `phone: null`. E-mails compare case-insensitively.
       *
       * Needs the permission `customer:create`.
       *
       * Refuses by its own rules with `duplicate` (409).
       *
       * `POST /v1/customers`
       */
      create: (body: CreateCustomerRequest, query: CreateCustomerQuery = {}, options: CallOptions = {}): Promise<Customer> =>
        send({ method: 'POST', path: '/v1/customers', query, body, isIdempotent: true, options }),
      /**
       * Get one customer; one that was merged is 308 to the one it lives on as.
       *
       * Needs the permission `customer:read`.
       *
       * `GET /v1/customers/{id}`
       */
      get: (id: string, options: CallOptions = {}): Promise<Customer> =>
        send({ method: 'GET', path: `/v1/customers/${encodeURIComponent(id)}`, options }),
      /**
       * Change fields of a customer; the others keep what concurrent changes gave them.
       *
       * Needs the permission `customer:update`.
       *
       * Refuses by its own rules with `duplicate` (409).
       *
       * `PATCH /v1/customers/{id}`
       */
      update: (id: string, body: UpdateCustomerRequest = {}, options: ChangeOptions = {}): Promise<Customer> =>
        send({ method: 'PATCH', path: `/v1/customers/${encodeURIComponent(id)}`, body, options }),
      /**
       * Delete a customer. Its contacts and deals stay and keep showing its name.
       *
       * Needs the permission `customer:delete`.
       *
       * `DELETE /v1/customers/{id}`
       */
      delete: (id: string, options: ChangeOptions = {}): Promise<void> =>
        send({ method: 'DELETE', path: `/v1/customers/${encodeURIComponent(id)}`, options }),
      /**
       * Merge this customer into another one: its deals and contacts become the survivor’s, which is answered. The merged id answers 308 from then on.
       *
       * The survivor keeps its own fields and takes from the merged one what it lacks, and its tags. Its custom fields likewise. When `intoId` was merged itself, the one it lives on as is meant. At most 2,000 deals and contacts move at once, else 409 `merge_too_large`; deals that wait for approval move too, since nothing of what is approved changes.
       *
       * Needs the permission `customer:update`.
       *
       * Refuses by its own rules with `merge_into_itself` (409), `merge_too_large` (409).
       *
       * `POST /v1/customers/{id}/merge`
       */
      merge: (id: string, body: MergeCustomerRequest, options: ChangeOptions = {}): Promise<Customer> =>
        send({ method: 'POST', path: `/v1/customers/${encodeURIComponent(id)}/merge`, body, isIdempotent: true, options }),
    },
    contacts: {
      /**
       * List contacts. `q` finds parts of name, e-mail and phone; its words are ANDed. `cf.<key>=value` filters by a custom field.
       *
       * Needs the permission `contact:read`.
       *
       * `GET /v1/contacts`
       */
      list: (query: ListContactsQuery = {}, options: CallOptions = {}): Pages<Contact> =>
        pagesOf(send, { method: 'GET', path: '/v1/contacts', query, options }),
      /**
       * Create a contact. The same e-mail or phone again is 409 `duplicate` with `duplicateOfId`, unless `allowDuplicate=true`.
       *
       * A phone is normalised to E.164 with the company’s default region and kept as typed in `phoneRaw`; one that cannot be read as a number has `phone: null`. E-mails compare case-insensitively.
       *
       * Needs the permission `contact:create`.
       *
       * Refuses by its own rules with `duplicate` (409).
       *
       * `POST /v1/contacts`
       */
      create: (body: CreateContactRequest, query: CreateContactQuery = {}, options: CallOptions = {}): Promise<Contact> =>
        send({ method: 'POST', path: '/v1/contacts', query, body, isIdempotent: true, options }),
      /**
       * Get one contact; one that was merged is 308 to the one it lives on as.
       *
       * Needs the permission `contact:read`.
       *
       * `GET /v1/contacts/{id}`
       */
      get: (id: string, options: CallOptions = {}): Promise<Contact> =>
        send({ method: 'GET', path: `/v1/contacts/${encodeURIComponent(id)}`, options }),
      /**
       * Change fields of a contact; the others keep what concurrent changes gave them.
       *
       * Needs the permission `contact:update`.
       *
       * Refuses by its own rules with `duplicate` (409).
       *
       * `PATCH /v1/contacts/{id}`
       */
      update: (id: string, body: UpdateContactRequest = {}, options: ChangeOptions = {}): Promise<Contact> =>
        send({ method: 'PATCH', path: `/v1/contacts/${encodeURIComponent(id)}`, body, options }),
      /**
       * Delete a contact. Its deals stay and keep showing its name.
       *
       * Needs the permission `contact:delete`.
       *
       * `DELETE /v1/contacts/{id}`
       */
      delete: (id: string, options: ChangeOptions = {}): Promise<void> =>
        send({ method: 'DELETE', path: `/v1/contacts/${encodeURIComponent(id)}`, options }),
      /**
       * Merge this contact into another one: its deals become the survivor’s, which is answered. The merged id answers 308 from then on.
       *
       * The survivor keeps its own fields and takes from the merged one what it lacks. Its custom fields likewise. When `intoId` was merged itself, the one it lives on as is meant. At most 2,000 deals move at once, else 409 `merge_too_large`; deals that wait for approval move too, since nothing of what is approved changes.
       *
       * Needs the permission `contact:update`.
       *
       * Refuses by its own rules with `merge_into_itself` (409), `merge_too_large` (409).
       *
       * `POST /v1/contacts/{id}/merge`
       */
      merge: (id: string, body: MergeContactRequest, options: ChangeOptions = {}): Promise<Contact> =>
        send({ method: 'POST', path: `/v1/contacts/${encodeURIComponent(id)}/merge`, body, isIdempotent: true, options }),
    },
    pipelines: {
      /**
       * List pipelines with their stages in order.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/pipelines`
       */
      list: (query: ListPipelinesQuery = {}, options: CallOptions = {}): Pages<Pipeline> =>
        pagesOf(send, { method: 'GET', path: '/v1/pipelines', query, options }),
      /**
       * Create a pipeline. Without stages it gets those of the pipeline that every company starts with.
       *
       * Needs the permission `pipeline:manage`.
       *
       * `POST /v1/pipelines`
       */
      create: (body: CreatePipelineRequest, options: CallOptions = {}): Promise<Pipeline> =>
        send({ method: 'POST', path: '/v1/pipelines', body, isIdempotent: true, options }),
      /**
       * Get one pipeline with its stages in order.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/pipelines/{id}`
       */
      get: (id: string, options: CallOptions = {}): Promise<Pipeline> =>
        send({ method: 'GET', path: `/v1/pipelines/${encodeURIComponent(id)}`, options }),
      /**
       * Rename a pipeline, or make it the default one instead of the one that is.
       *
       * Needs the permission `pipeline:manage`.
       *
       * `PATCH /v1/pipelines/{id}`
       */
      update: (id: string, body: UpdatePipelineRequest = {}, options: ChangeOptions = {}): Promise<Pipeline> =>
        send({ method: 'PATCH', path: `/v1/pipelines/${encodeURIComponent(id)}`, body, options }),
      /**
       * Replace the stages of a pipeline. Deals of stages that are left out go to `moveTo`, at most 5,000 at once; without it a stage with deals is 409 `stage_in_use`, as is another kind for a stage with deals.
       *
       * Needs the permission `pipeline:manage`.
       *
       * Refuses by its own rules with `stage_in_use` (409), `lost_reason_required` (409), `currency_rate_missing` (409).
       *
       * `PUT /v1/pipelines/{id}/stages`
       */
      replaceStages: (id: string, body: ReplaceStagesRequest, options: ChangeOptions = {}): Promise<Pipeline> =>
        send({ method: 'PUT', path: `/v1/pipelines/${encodeURIComponent(id)}/stages`, body, options }),
    },
    currencyRates: {
      /**
       * List the rates to the company’s currency, newest first. The newest that is not in the future is in force.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/currency-rates`
       */
      list: (query: ListCurrencyRatesQuery = {}, options: CallOptions = {}): Pages<CurrencyRate> =>
        pagesOf(send, { method: 'GET', path: '/v1/currency-rates', query, options }),
      /**
       * Add a rate: units of the company’s currency for one unit of `currency`, from `validFrom` (today) on. One for each currency and day, else 409 `currency_rate_exists`.
       *
       * Needs the permission `company:manage`.
       *
       * Refuses by its own rules with `currency_rate_exists` (409), `currency_is_base` (409).
       *
       * `POST /v1/currency-rates`
       */
      create: (body: CreateCurrencyRateRequest, options: CallOptions = {}): Promise<CurrencyRate> =>
        send({ method: 'POST', path: '/v1/currency-rates', body, isIdempotent: true, options }),
      /**
       * Get one rate.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/currency-rates/{id}`
       */
      get: (id: string, options: CallOptions = {}): Promise<CurrencyRate> =>
        send({ method: 'GET', path: `/v1/currency-rates/${encodeURIComponent(id)}`, options }),
      /**
       * Correct a rate. Deals keep the base value they have until value, currency or outcome change.
       *
       * Needs the permission `company:manage`.
       *
       * `PATCH /v1/currency-rates/{id}`
       */
      update: (id: string, body: UpdateCurrencyRateRequest = {}, options: ChangeOptions = {}): Promise<CurrencyRate> =>
        send({ method: 'PATCH', path: `/v1/currency-rates/${encodeURIComponent(id)}`, body, options }),
      /**
       * Remove a rate. Deals keep their base values.
       *
       * Needs the permission `company:manage`.
       *
       * `DELETE /v1/currency-rates/{id}`
       */
      delete: (id: string, options: ChangeOptions = {}): Promise<void> =>
        send({ method: 'DELETE', path: `/v1/currency-rates/${encodeURIComponent(id)}`, options }),
    },
    customFields: {
      /**
       * List the definitions of custom fields.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/custom-fields`
       */
      list: (query: ListCustomFieldsQuery = {}, options: CallOptions = {}): Pages<CustomField> =>
        pagesOf(send, { method: 'GET', path: '/v1/custom-fields', query, options }),
      /**
       * Define a field of deals, customers or contacts: at most 50 for each. A key that is taken is 409 `duplicate_key`, for a few minutes after its field was deleted too.
       *
       * Values are written as `customFields: {"<key>": value}` and are text, a number, a boolean, a date `YYYY-MM-DD`, an http(s) URL, one of the options, or several of them as a list. Lists filter by `?cf.<key>=value`. A required field must be given when an entity is created; entities that are there already need not have it.
       *
       * Needs the permission `company:manage`.
       *
       * Refuses by its own rules with `duplicate_key` (409), `too_many_custom_fields` (409).
       *
       * `POST /v1/custom-fields`
       */
      create: (body: CreateCustomFieldRequest, options: CallOptions = {}): Promise<CustomField> =>
        send({ method: 'POST', path: '/v1/custom-fields', body, isIdempotent: true, options }),
      /**
       * Get the definition of a custom field.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/custom-fields/{id}`
       */
      get: (id: string, options: CallOptions = {}): Promise<CustomField> =>
        send({ method: 'GET', path: `/v1/custom-fields/${encodeURIComponent(id)}`, options }),
      /**
       * Change label, options or whether it is required. Values that were stored stay, also of an option that is no longer there.
       *
       * Needs the permission `company:manage`.
       *
       * `PATCH /v1/custom-fields/{id}`
       */
      update: (id: string, body: UpdateCustomFieldRequest = {}, options: ChangeOptions = {}): Promise<CustomField> =>
        send({ method: 'PATCH', path: `/v1/custom-fields/${encodeURIComponent(id)}`, body, options }),
      /**
       * Delete a custom field. Its values are erased within minutes, which is no change of the entities that had them.
       *
       * Needs the permission `company:manage`.
       *
       * `DELETE /v1/custom-fields/{id}`
       */
      delete: (id: string, options: ChangeOptions = {}): Promise<void> =>
        send({ method: 'DELETE', path: `/v1/custom-fields/${encodeURIComponent(id)}`, options }),
    },
    deals: {
      /**
       * List deals. Filters combine with AND; deals without an expected close date sort after all dates. `q` finds words and parts of words in title, notes, contact and customer names; without `sort` the best match comes first.
       *
       * `assignedToId=me` is the caller. `cf.<key>=value` filters by a custom field. `minValue` and `maxValue` are compared with `value`, whatever its currency.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/deals`
       */
      list: (query: ListDealsQuery = {}, options: CallOptions = {}): Pages<Deal> =>
        pagesOf(send, { method: 'GET', path: '/v1/deals', query, options }),
      /**
       * Create a deal. Without a pipeline it goes to the default one, without a stage to the first open stage.
       *
       * A LOST stage needs `lostReason`. `weightedValue` is value × effective probability / 100, rounded half up, in the deal’s currency. `leadScore` follows from value, stage, priority and lead source alone.
       *
       * Needs the permission `deal:create`.
       *
       * Refuses by its own rules with `lost_reason_required` (409), `currency_rate_missing` (409).
       *
       * `POST /v1/deals`
       */
      create: (body: CreateDealRequest, options: CallOptions = {}): Promise<Deal> =>
        send({ method: 'POST', path: '/v1/deals', body, isIdempotent: true, options }),
      /**
       * Count and totals per stage of a pipeline, in the company’s currency. Without `pipelineId`: the default pipeline.
       *
       * Cached, and exact after the caller’s own writes.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/deals/stats/pipeline`
       */
      getStatsPipeline: (query: PipelineStatsQuery = {}, options: CallOptions = {}): Promise<PipelineStatsAnswer> =>
        send({ method: 'GET', path: '/v1/deals/stats/pipeline', query, options }),
      /**
       * The caller’s own deals in figures, in the company’s currency and time zone. `winRate` is won / (won + lost), null before the first of them.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/deals/stats/my-deals`
       */
      getStatsMyDeals: (options: CallOptions = {}): Promise<MyDealsAnswer> =>
        send({ method: 'GET', path: '/v1/deals/stats/my-deals', options }),
      /**
       * The stages of a pipeline with totals and their newest deals. `page.nextCursor` of a stage continues in `GET /v1/deals?pipelineId&stage`, with `pipelineId` and `stage` as the only filters.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/deals/board`
       */
      getBoard: (query: DealBoardQuery = {}, options: CallOptions = {}): Promise<DealBoardAnswer> =>
        send({ method: 'GET', path: '/v1/deals/board', query, options }),
      /**
       * Get one deal.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/deals/{id}`
       */
      get: (id: string, options: CallOptions = {}): Promise<Deal> =>
        send({ method: 'GET', path: `/v1/deals/${encodeURIComponent(id)}`, options }),
      /**
       * Change fields of a deal, or move it to another stage; fields not named keep what concurrent changes gave them.
       *
       * Moving to a LOST stage needs `lostReason`; closing stamps `closedAt`, reopening clears both. `probability: null` removes the override: effective is then the stage’s, and always 100 in WON, 0 in LOST. With scope `own` only deals assigned to the caller, or made by the caller and assigned to nobody.
       *
       * Needs the permission `deal:update`.
       *
       * Refuses by its own rules with `lost_reason_required` (409), `currency_rate_missing` (409), `deal_locked` (409).
       *
       * `PATCH /v1/deals/{id}`
       */
      update: (id: string, body: UpdateDealRequest = {}, options: ChangeOptions = {}): Promise<Deal> =>
        send({ method: 'PATCH', path: `/v1/deals/${encodeURIComponent(id)}`, body, options }),
      /**
       * Delete a deal.
       *
       * Needs the permission `deal:delete`.
       *
       * Refuses by its own rules with `deal_locked` (409).
       *
       * `DELETE /v1/deals/{id}`
       */
      delete: (id: string, options: ChangeOptions = {}): Promise<void> =>
        send({ method: 'DELETE', path: `/v1/deals/${encodeURIComponent(id)}`, options }),
      /**
       * List the changes of a deal, newest first.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/deals/{id}/history`
       */
      listHistory: (id: string, query: ListDealHistoryQuery = {}, options: CallOptions = {}): Pages<DealChange> =>
        pagesOf(send, { method: 'GET', path: `/v1/deals/${encodeURIComponent(id)}/history`, query, options }),
      /**
       * List the activities of a deal, newest first.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/deals/{id}/activities`
       */
      listActivities: (id: string, query: ListDealActivitiesQuery = {}, options: CallOptions = {}): Pages<Activity> =>
        pagesOf(send, { method: 'GET', path: `/v1/deals/${encodeURIComponent(id)}/activities`, query, options }),
      /**
       * Add an activity to a deal; it counts as the deal’s last activity.
       *
       * Needs the permission `deal:update`.
       *
       * `POST /v1/deals/{id}/activities`
       */
      createActivities: (id: string, body: CreateActivityRequest, options: CallOptions = {}): Promise<Activity> =>
        send({ method: 'POST', path: `/v1/deals/${encodeURIComponent(id)}/activities`, body, isIdempotent: true, options }),
      /**
       * Get one activity.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/deals/{id}/activities/{activityId}`
       */
      getActivities: (id: string, activityId: string, options: CallOptions = {}): Promise<Activity> =>
        send({ method: 'GET', path: `/v1/deals/${encodeURIComponent(id)}/activities/${encodeURIComponent(activityId)}`, options }),
      /**
       * Change an activity; `doneAt` completes it, null opens it again.
       *
       * Needs the permission `deal:update`.
       *
       * `PATCH /v1/deals/{id}/activities/{activityId}`
       */
      updateActivities: (id: string, activityId: string, body: UpdateActivityRequest = {}, options: ChangeOptions = {}): Promise<Activity> =>
        send({ method: 'PATCH', path: `/v1/deals/${encodeURIComponent(id)}/activities/${encodeURIComponent(activityId)}`, body, options }),
      /**
       * Delete an activity.
       *
       * Needs the permission `deal:update`.
       *
       * `DELETE /v1/deals/{id}/activities/{activityId}`
       */
      deleteActivities: (id: string, activityId: string, options: ChangeOptions = {}): Promise<void> =>
        send({ method: 'DELETE', path: `/v1/deals/${encodeURIComponent(id)}/activities/${encodeURIComponent(activityId)}`, options }),
      /**
       * List the line items of a deal in their order, with the totals of all. A deal has at most 100.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/deals/{id}/line-items`
       */
      listLineItems: (id: string, query: ListLineItemsQuery = {}, options: CallOptions = {}): Pages<LineItem> =>
        pagesOf(send, { method: 'GET', path: `/v1/deals/${encodeURIComponent(id)}/line-items`, query, options }),
      /**
       * Add a line item at the end; quantity is 1 unless given, and the name that of the product. More than 100 are 409 `too_many_line_items`.
       *
       * Prices are in the deal’s currency. `updateValue=true` makes the total of all items the deal’s value. When the deal is won its items travel with the event, from which inventory may draft a work order and reserve the products.
       *
       * Needs the permission `deal:update`.
       *
       * Refuses by its own rules with `deal_locked` (409), `too_many_line_items` (409), `currency_rate_missing` (409).
       *
       * `POST /v1/deals/{id}/line-items`
       */
      createLineItems: (id: string, body: CreateLineItemRequest, query: CreateLineItemQuery = {}, options: CallOptions = {}): Promise<LineItem> =>
        send({ method: 'POST', path: `/v1/deals/${encodeURIComponent(id)}/line-items`, query, body, isIdempotent: true, options }),
      /**
       * Get one line item.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/deals/{id}/line-items/{itemId}`
       */
      getLineItems: (id: string, itemId: string, options: CallOptions = {}): Promise<LineItem> =>
        send({ method: 'GET', path: `/v1/deals/${encodeURIComponent(id)}/line-items/${encodeURIComponent(itemId)}`, options }),
      /**
       * Change fields of a line item; the others keep what concurrent changes gave them.
       *
       * Needs the permission `deal:update`.
       *
       * Refuses by its own rules with `deal_locked` (409), `currency_rate_missing` (409).
       *
       * `PATCH /v1/deals/{id}/line-items/{itemId}`
       */
      updateLineItems: (id: string, itemId: string, body: UpdateLineItemRequest = {}, query: UpdateLineItemQuery = {}, options: ChangeOptions = {}): Promise<LineItem> =>
        send({ method: 'PATCH', path: `/v1/deals/${encodeURIComponent(id)}/line-items/${encodeURIComponent(itemId)}`, query, body, options }),
      /**
       * Delete a line item.
       *
       * Needs the permission `deal:update`.
       *
       * Refuses by its own rules with `deal_locked` (409), `currency_rate_missing` (409).
       *
       * `DELETE /v1/deals/{id}/line-items/{itemId}`
       */
      deleteLineItems: (id: string, itemId: string, query: DeleteLineItemQuery = {}, options: ChangeOptions = {}): Promise<void> =>
        send({ method: 'DELETE', path: `/v1/deals/${encodeURIComponent(id)}/line-items/${encodeURIComponent(itemId)}`, query, options }),
      /**
       * Submit a deal for approval: it is locked until approved, unlocked or cancelled.
       *
       * Needs the permission `deal:update`.
       *
       * Refuses by its own rules with `invalid_state` (409).
       *
       * `POST /v1/deals/{id}/submit`
       */
      submit: (id: string, options: ChangeOptions = {}): Promise<Deal> =>
        send({ method: 'POST', path: `/v1/deals/${encodeURIComponent(id)}/submit`, isIdempotent: true, options }),
      /**
       * Approve a submitted deal.
       *
       * Needs the permission `deal:approve`.
       *
       * Refuses by its own rules with `invalid_state` (409).
       *
       * `POST /v1/deals/{id}/approve`
       */
      approve: (id: string, options: ChangeOptions = {}): Promise<Deal> =>
        send({ method: 'POST', path: `/v1/deals/${encodeURIComponent(id)}/approve`, isIdempotent: true, options }),
      /**
       * Take a submitted or approved deal back to work.
       *
       * Needs the permission `deal:approve`.
       *
       * Refuses by its own rules with `invalid_state` (409).
       *
       * `POST /v1/deals/{id}/unlock`
       */
      unlock: (id: string, options: ChangeOptions = {}): Promise<Deal> =>
        send({ method: 'POST', path: `/v1/deals/${encodeURIComponent(id)}/unlock`, isIdempotent: true, options }),
      /**
       * Withdraw the request for approval.
       *
       * Needs the permission `deal:update`.
       *
       * Refuses by its own rules with `invalid_state` (409).
       *
       * `POST /v1/deals/{id}/cancel`
       */
      cancel: (id: string, options: ChangeOptions = {}): Promise<Deal> =>
        send({ method: 'POST', path: `/v1/deals/${encodeURIComponent(id)}/cancel`, isIdempotent: true, options }),
      /**
       * Make one change to up to 100 deals. Each item has its own result, in the order of `ids`; 207 when some failed. A stage is looked for in each deal’s own pipeline.
       *
       * Results are in the order of the ids; 200 when all are ok or unchanged, 207 otherwise. With `atomic: true` any failure is 409 `bulk_rejected`, and nothing changes.
       *
       * Needs the permission `deal:update`.
       *
       * Refuses by its own rules with `bulk_rejected` (409), `concurrent_change` (409).
       *
       * `POST /v1/deals/bulk/update`
       */
      bulkUpdate: (body: BulkUpdateDealsRequest, options: CallOptions = {}): Promise<DealBulkAnswer> =>
        send({ method: 'POST', path: '/v1/deals/bulk/update', body, isIdempotent: true, options }),
      /**
       * Delete up to 100 deals. Each item has its own result, in the order of `ids`; 207 when some failed.
       *
       * Results are in the order of the ids; 200 when all are ok, 207 otherwise. With `atomic: true` any failure is 409 `bulk_rejected`, and nothing changes.
       *
       * Needs the permission `deal:delete`.
       *
       * Refuses by its own rules with `bulk_rejected` (409).
       *
       * `POST /v1/deals/bulk/delete`
       */
      bulkDelete: (body: BulkDeleteDealsRequest, options: CallOptions = {}): Promise<DealBulkAnswer> =>
        send({ method: 'POST', path: '/v1/deals/bulk/delete', body, isIdempotent: true, options }),
      /**
       * Stream the deals that match as CSV; filters as in the list.
       *
       * UTF-8 CSV by RFC 4180, the header is the names of the deal’s fields; lists within a cell are joined by `; `. A text that a spreadsheet would take for a formula (it starts with `=`, `+`, `-`, `@`, a tab or a carriage return) has an apostrophe before it. Oldest first. Each deal that is there all the while is in it once, as it is when its part of the file is written; what is created later is not. With scope `own`: the caller’s own deals. `bom=true` puts a byte order mark first, for spreadsheets that need one. The stream and the jobs of a user count together against the limit. An answer that ends without its last chunk is not whole.
       *
       * Needs the permission `deal:export`.
       *
       * Refuses by its own rules with `export_busy` (503).
       *
       * At most 1 a minute (class `export`).
       *
       * `GET /v1/deals/export/csv`
       */
      getExportCsv: (query: ExportDealsCsvQuery = {}, options: CallOptions = {}): Promise<Response> =>
        send({ method: 'GET', path: '/v1/deals/export/csv', query, isStream: true, options }),
      /**
       * List the caller’s exports; an ADMIN sees everybody’s.
       *
       * Needs the permission `deal:export`.
       *
       * `GET /v1/deals/exports`
       */
      listExports: (query: ListExportsQuery = {}, options: CallOptions = {}): Pages<DealExport> =>
        pagesOf(send, { method: 'GET', path: '/v1/deals/exports', query, options }),
      /**
       * Export the deals that match to a file.
       *
       * The file is made in the background and survives a restart; `deals.export.completed` tells when it is there. UTF-8 CSV by RFC 4180, the header is the names of the deal’s fields; lists within a cell are joined by `; `. A text that a spreadsheet would take for a formula (it starts with `=`, `+`, `-`, `@`, a tab or a carriage return) has an apostrophe before it. ndjson: a deal as the list shows it per line. Oldest first. Each deal that is there all the while is in it once, as it is when its part of the file is written; what is created later is not. With scope `own`: the caller’s own deals. The stream and the jobs of a user count together against the limit.
       *
       * Needs the permission `deal:export`.
       *
       * At most 1 a minute (class `export`).
       *
       * `POST /v1/deals/exports`
       */
      createExports: (body: CreateExportRequest = {}, options: CallOptions = {}): Promise<DealExport> =>
        send({ method: 'POST', path: '/v1/deals/exports', body, isIdempotent: true, options }),
      /**
       * Get one export. Only its creator and an ADMIN may.
       *
       * Needs the permission `deal:export`.
       *
       * `GET /v1/deals/exports/{id}`
       */
      getExports: (id: string, options: CallOptions = {}): Promise<DealExport> =>
        send({ method: 'GET', path: `/v1/deals/exports/${encodeURIComponent(id)}`, options }),
      /**
       * Download the file of an export. Only its creator and an ADMIN may, until it expires.
       *
       * Needs the permission `deal:export`.
       *
       * Refuses by its own rules with `export_not_ready` (409), `export_expired` (410).
       *
       * `GET /v1/deals/exports/{id}/download`
       */
      getExportsDownload: (id: string, options: CallOptions = {}): Promise<Response> =>
        send({ method: 'GET', path: `/v1/deals/exports/${encodeURIComponent(id)}/download`, isStream: true, options }),
      /**
       * Import deals, contacts or customers from a CSV file.
       *
       * The body is the file itself: CSV by RFC 4180 of at most 64 MiB and 100000 rows, sent as `text/csv` within a minute; it is stored as it arrives and read in the background. The separator (comma, semicolon or tab) is found in the header. A column is read into the field of its name (`Expected close date` is `expectedCloseDate`); `mapping` is a JSON object from column to field, or to null for a column to leave out; custom fields are `cf.<key>`; what is no field is left out and listed in `columns`. Tags are separated by semicolons. A contact or customer of a deal is found by e-mail or phone, or where neither is given by its name, and made where there is none. A row for a contact or customer whose e-mail or phone exists counts as a duplicate and changes nothing. Rows that cannot be read or stored are reported, the others are imported. With `dryRun=true` all is checked and counted and nothing is stored; duplicates within the file are then seen only among rows near to each other. Also needs the permission to create the entity.
       *
       * Needs the permission `deal:import`.
       *
       * Refuses by its own rules with `too_many_imports` (409).
       *
       * `POST /v1/deals/imports`
       */
      createImports: (file: FileBody, query: CreateImportQuery = {}, options: CallOptions = {}): Promise<DealImport> =>
        send({ method: 'POST', path: '/v1/deals/imports', query, body: file, mediaType: 'text/csv', options }),
      /**
       * List the caller’s imports; an ADMIN sees everybody’s.
       *
       * Needs the permission `deal:import`.
       *
       * `GET /v1/deals/imports`
       */
      listImports: (query: ListImportsQuery = {}, options: CallOptions = {}): Pages<DealImport> =>
        pagesOf(send, { method: 'GET', path: '/v1/deals/imports', query, options }),
      /**
       * Get one import. Only its creator and an ADMIN may.
       *
       * Needs the permission `deal:import`.
       *
       * `GET /v1/deals/imports/{id}`
       */
      getImports: (id: string, options: CallOptions = {}): Promise<DealImport> =>
        send({ method: 'GET', path: `/v1/deals/imports/${encodeURIComponent(id)}`, options }),
      /**
       * List the rows that were not imported, and why; the first 10000 are kept.
       *
       * Needs the permission `deal:import`.
       *
       * `GET /v1/deals/imports/{id}/errors`
       */
      listImportsErrors: (id: string, query: ListImportErrorsQuery = {}, options: CallOptions = {}): Pages<ImportError> =>
        pagesOf(send, { method: 'GET', path: `/v1/deals/imports/${encodeURIComponent(id)}/errors`, query, options }),
      /**
       * Download the rows that were not imported, and why, as CSV: row, field, code, message.
       *
       * Needs the permission `deal:import`.
       *
       * `GET /v1/deals/imports/{id}/errors/csv`
       */
      getImportsErrorsCsv: (id: string, options: CallOptions = {}): Promise<Response> =>
        send({ method: 'GET', path: `/v1/deals/imports/${encodeURIComponent(id)}/errors/csv`, isStream: true, options }),
      /**
       * Stop an import. What it has created so far stays, and can be reverted.
       *
       * Needs the permission `deal:import`.
       *
       * Refuses by its own rules with `invalid_state` (409).
       *
       * `POST /v1/deals/imports/{id}/cancel`
       */
      importsCancel: (id: string, options: CallOptions = {}): Promise<DealImport> =>
        send({ method: 'POST', path: `/v1/deals/imports/${encodeURIComponent(id)}/cancel`, options }),
      /**
       * Remove what an import created.
       *
       * Deletes what the import created and nobody has changed, added to or referred to since; the rest is kept and counted in `kept`. Runs in the background.
       *
       * Needs the permission `deal:import`.
       *
       * Refuses by its own rules with `invalid_state` (409).
       *
       * `POST /v1/deals/imports/{id}/revert`
       */
      importsRevert: (id: string, options: CallOptions = {}): Promise<DealImport> =>
        send({ method: 'POST', path: `/v1/deals/imports/${encodeURIComponent(id)}/revert`, options }),
    },
    activities: {
      /**
       * List activities, the soonest due first. `due` takes what is not done: `overdue` is past its time, `today` and `upcoming` (after today) are days of the company’s time zone.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/activities`
       */
      list: (query: ListActivitiesQuery = {}, options: CallOptions = {}): Pages<Activity> =>
        pagesOf(send, { method: 'GET', path: '/v1/activities', query, options }),
    },
    leadScoreWeights: {
      /**
       * How many of the 100 points of a lead score the value, the stage’s probability, the priority and the lead source can give.
       *
       * Needs the permission `deal:read`.
       *
       * `GET /v1/lead-score-weights`
       */
      get: (options: CallOptions = {}): Promise<LeadScoreWeights> =>
        send({ method: 'GET', path: '/v1/lead-score-weights', options }),
      /**
       * Set the weights, which together are 100. What is written from now on is scored by them; stored deals follow within seconds, which is no change of theirs: no version, no event.
       *
       * Needs the permission `company:manage`.
       *
       * `PUT /v1/lead-score-weights`
       */
      replace: (body: SetLeadScoreWeightsRequest, options: ChangeOptions = {}): Promise<LeadScoreWeights> =>
        send({ method: 'PUT', path: '/v1/lead-score-weights', body, options }),
    },
    salesPlans: {
      /**
       * List sales plans, the latest period first. A role with scope `own` sees its own.
       *
       * Needs the permission `plan:read`.
       *
       * `GET /v1/sales-plans`
       */
      list: (query: ListSalesPlansQuery = {}, options: CallOptions = {}): Pages<SalesPlan> =>
        pagesOf(send, { method: 'GET', path: '/v1/sales-plans', query, options }),
      /**
       * Set targets of a user, of a team (a department), or with neither of the company, for a `period`: `YYYY`, `YYYY-Qn` or `YYYY-MM`, or as `periodStart` and `periodEnd`, its first and last day. One plan for each of them and period.
       *
       * Needs the permission `plan:manage`.
       *
       * Refuses by its own rules with `plan_exists` (409), `currency_rate_missing` (409).
       *
       * `POST /v1/sales-plans`
       */
      create: (body: CreateSalesPlanRequest, options: CallOptions = {}): Promise<SalesPlan> =>
        send({ method: 'POST', path: '/v1/sales-plans', body, isIdempotent: true, options }),
      /**
       * What was won in a period (this month) against the plan, in the company’s currency and time zone: the caller’s own, or that of `userId`, of `teamId`, or with `company=true` of the company. A role with scope `own` sees its own.
       *
       * Cached, and exact after the caller’s own writes. `target`, `percent` and `pace` are null without a plan.
       *
       * Needs the permission `plan:read`.
       *
       * `GET /v1/sales-plans/progress`
       */
      getProgress: (query: PlanProgressQuery = {}, options: CallOptions = {}): Promise<PlanProgressAnswer> =>
        send({ method: 'GET', path: '/v1/sales-plans/progress', query, options }),
      /**
       * The progress in a period (this month) of each user of a team (without `teamId`: of the company) by name, and in `total` that of all of them against the team’s own plan. A role with scope `own` sees its own row.
       *
       * Needs the permission `plan:read`.
       *
       * `GET /v1/sales-plans/team`
       */
      listTeam: (query: TeamProgressQuery = {}, options: CallOptions = {}): Pages<{
        userId: string
        name: string
        planId: string | null
        targets: {
          metric: "revenue" | "count"
          currency: Currency | null
          target: Money | number | null
          actual: Money | number
          percent: number | null
          pace: number | null
        }[]
      }> =>
        pagesOf(send, { method: 'GET', path: '/v1/sales-plans/team', query, options }),
      /**
       * Get one sales plan.
       *
       * Needs the permission `plan:read`.
       *
       * `GET /v1/sales-plans/{id}`
       */
      get: (id: string, options: CallOptions = {}): Promise<SalesPlan> =>
        send({ method: 'GET', path: `/v1/sales-plans/${encodeURIComponent(id)}`, options }),
      /**
       * Set other targets, all at once.
       *
       * Needs the permission `plan:manage`.
       *
       * Refuses by its own rules with `currency_rate_missing` (409).
       *
       * `PATCH /v1/sales-plans/{id}`
       */
      update: (id: string, body: UpdateSalesPlanRequest = {}, options: ChangeOptions = {}): Promise<SalesPlan> =>
        send({ method: 'PATCH', path: `/v1/sales-plans/${encodeURIComponent(id)}`, body, options }),
      /**
       * Delete a sales plan.
       *
       * Needs the permission `plan:manage`.
       *
       * `DELETE /v1/sales-plans/{id}`
       */
      delete: (id: string, options: ChangeOptions = {}): Promise<void> =>
        send({ method: 'DELETE', path: `/v1/sales-plans/${encodeURIComponent(id)}`, options }),
    },
    inventory: {
      products: {
        /**
         * List products with their stock over all locations. `lowStock=true`: available at or below the reorder level.
         *
         * Needs the permission `product:read`.
         *
         * `GET /v1/inventory/products`
         */
        list: (query: ListProductsQuery = {}, options: CallOptions = {}): Pages<Product> =>
          pagesOf(send, { method: 'GET', path: '/v1/inventory/products', query, options }),
        /**
         * Create a product. `unit` defaults to "pcs", `currency` to the company’s.
         *
         * Needs the permission `product:create`.
         *
         * Refuses by its own rules with `duplicate_sku` (409).
         *
         * `POST /v1/inventory/products`
         */
        create: (body: CreateProductRequest, options: CallOptions = {}): Promise<Product> =>
          send({ method: 'POST', path: '/v1/inventory/products', body, isIdempotent: true, options }),
        /**
         * Get one product with its stock over all locations.
         *
         * Needs the permission `product:read`.
         *
         * `GET /v1/inventory/products/{id}`
         */
        get: (id: string, options: CallOptions = {}): Promise<Product> =>
          send({ method: 'GET', path: `/v1/inventory/products/${encodeURIComponent(id)}`, options }),
        /**
         * Change fields of a product; fields not named keep what concurrent changes gave them.
         *
         * Needs the permission `product:update`.
         *
         * Refuses by its own rules with `duplicate_sku` (409).
         *
         * `PATCH /v1/inventory/products/{id}`
         */
        update: (id: string, body: UpdateProductRequest = {}, options: ChangeOptions = {}): Promise<Product> =>
          send({ method: 'PATCH', path: `/v1/inventory/products/${encodeURIComponent(id)}`, body, options }),
        /**
         * Delete a product that has no stock left; its ledger stays. With stock: 409 `product_has_stock`.
         *
         * Needs the permission `product:delete`.
         *
         * Refuses by its own rules with `product_has_stock` (409).
         *
         * `DELETE /v1/inventory/products/{id}`
         */
        delete: (id: string, options: ChangeOptions = {}): Promise<void> =>
          send({ method: 'DELETE', path: `/v1/inventory/products/${encodeURIComponent(id)}`, options }),
      },
      locations: {
        /**
         * List the places where stock is kept. Every company starts with `MAIN`.
         *
         * Needs the permission `inventory:read`.
         *
         * `GET /v1/inventory/locations`
         */
        list: (query: ListLocationsQuery = {}, options: CallOptions = {}): Pages<Location> =>
          pagesOf(send, { method: 'GET', path: '/v1/inventory/locations', query, options }),
        /**
         * Create a location.
         *
         * Needs the permission `product:manage`.
         *
         * Refuses by its own rules with `duplicate_key` (409).
         *
         * `POST /v1/inventory/locations`
         */
        create: (body: CreateLocationRequest, options: CallOptions = {}): Promise<Location> =>
          send({ method: 'POST', path: '/v1/inventory/locations', body, isIdempotent: true, options }),
        /**
         * Get one location.
         *
         * Needs the permission `inventory:read`.
         *
         * `GET /v1/inventory/locations/{id}`
         */
        get: (id: string, options: CallOptions = {}): Promise<Location> =>
          send({ method: 'GET', path: `/v1/inventory/locations/${encodeURIComponent(id)}`, options }),
        /**
         * Change key, name or kind of a location.
         *
         * Needs the permission `product:manage`.
         *
         * Refuses by its own rules with `duplicate_key` (409).
         *
         * `PATCH /v1/inventory/locations/{id}`
         */
        update: (id: string, body: UpdateLocationRequest = {}, options: ChangeOptions = {}): Promise<Location> =>
          send({ method: 'PATCH', path: `/v1/inventory/locations/${encodeURIComponent(id)}`, body, options }),
        /**
         * Delete an empty location. The default one stays (409 `default_location`), as does one with stock (409 `location_has_stock`).
         *
         * Needs the permission `product:manage`.
         *
         * Refuses by its own rules with `default_location` (409), `location_has_stock` (409).
         *
         * `DELETE /v1/inventory/locations/{id}`
         */
        delete: (id: string, options: ChangeOptions = {}): Promise<void> =>
          send({ method: 'DELETE', path: `/v1/inventory/locations/${encodeURIComponent(id)}`, options }),
      },
      stock: {
        /**
         * List stock per product and location: now, or with `at` folded from the ledger as it was then.
         *
         * Needs the permission `inventory:read`.
         *
         * `GET /v1/inventory/stock`
         */
        list: (query: ListStockQuery = {}, options: CallOptions = {}): Pages<StockLevel> =>
          pagesOf(send, { method: 'GET', path: '/v1/inventory/stock', query, options }),
      },
      batches: {
        /**
         * List FIFO layers in the order in which they are consumed. `open=true`: only those with something left.
         *
         * Needs the permission `inventory:read`.
         *
         * `GET /v1/inventory/batches`
         */
        list: (query: ListBatchesQuery = {}, options: CallOptions = {}): Pages<Batch> =>
          pagesOf(send, { method: 'GET', path: '/v1/inventory/batches', query, options }),
      },
      transactions: {
        /**
         * List the ledger: every change of stock, never altered, newest first.
         *
         * Needs the permission `inventory:read`.
         *
         * `GET /v1/inventory/transactions`
         */
        list: (query: ListTransactionsQuery = {}, options: CallOptions = {}): Pages<StockTransaction> =>
          pagesOf(send, { method: 'GET', path: '/v1/inventory/transactions', query, options }),
      },
      value: {
        /**
         * Value of the stock at the cost of its layers, by category and location: now, or with `at` as it was then.
         *
         * Needs the permission `inventory:read`.
         *
         * `GET /v1/inventory/value`
         */
        get: (query: GetStockValueQuery = {}, options: CallOptions = {}): Promise<GetStockValueAnswer> =>
          send({ method: 'GET', path: '/v1/inventory/value', query, options }),
      },
      audit: {
        /**
         * Check what must hold for every product and location: ledger, layers and levels tell the same quantities and values.
         *
         * Needs the permission `inventory:read`.
         *
         * `GET /v1/inventory/audit`
         */
        get: (options: CallOptions = {}): Promise<AuditStockAnswer> =>
          send({ method: 'GET', path: '/v1/inventory/audit', options }),
      },
      deductions: {
        /**
         * Take stock out, oldest layers first: all lines or none. Lines of one product and location are summed; without a location the default one is meant. Short stock is 409 `insufficient_stock` with `errors[]` per short product: `{productId, locationId, requested, available}`.
         *
         * Available is on hand less reserved; what a work order has reserved is available to that work order.
         *
         * Needs the permission `inventory:consume`.
         *
         * Refuses by its own rules with `insufficient_stock` (409).
         *
         * `POST /v1/inventory/deductions`
         */
        create: (body: CreateDeductionRequest, options: CallOptions = {}): Promise<CreateDeductionAnswer> =>
          send({ method: 'POST', path: '/v1/inventory/deductions', body, isIdempotent: true, options }),
      },
      adjustments: {
        /**
         * Correct stock. A positive quantity makes a layer at `unitCost`, or at the current average cost without one; a negative one takes the oldest layers, never what is reserved (409 `insufficient_stock`). `kind: "SCRAP"` books what is thrown away.
         *
         * Needs the permission `inventory:adjust`.
         *
         * Refuses by its own rules with `insufficient_stock` (409).
         *
         * `POST /v1/inventory/adjustments`
         */
        create: (body: CreateAdjustmentRequest, options: CallOptions = {}): Promise<StockChange> =>
          send({ method: 'POST', path: '/v1/inventory/adjustments', body, isIdempotent: true, options }),
      },
      transfers: {
        /**
         * Bring stock from one location to another: all lines or none. It leaves as a deduction does and arrives as new layers with the same unit cost, lot and expiry. What is reserved stays (409 `insufficient_stock`).
         *
         * Needs the permission `inventory:adjust`.
         *
         * Refuses by its own rules with `insufficient_stock` (409).
         *
         * `POST /v1/inventory/transfers`
         */
        create: (body: CreateTransferRequest, options: CallOptions = {}): Promise<StockChange> =>
          send({ method: 'POST', path: '/v1/inventory/transfers', body, isIdempotent: true, options }),
      },
      reservations: {
        /**
         * List reservations.
         *
         * Needs the permission `inventory:read`.
         *
         * `GET /v1/inventory/reservations`
         */
        list: (query: ListReservationsQuery = {}, options: CallOptions = {}): Pages<Reservation> =>
          pagesOf(send, { method: 'GET', path: '/v1/inventory/reservations', query, options }),
        /**
         * Hold stock: all lines or none. Lines of one product and location are summed. Once `expiresAt` has passed, the hold ends by itself within 30 s. For a work order it belongs to that order’s products and ends only through it. Short stock is 409 `insufficient_stock`.
         *
         * An expired reservation frees its stock within 30 seconds.
         *
         * Needs the permission `inventory:reserve`.
         *
         * Refuses by its own rules with `insufficient_stock` (409), `invalid_state` (409), `too_many_products` (409).
         *
         * `POST /v1/inventory/reservations`
         */
        create: (body: CreateReservationRequest, options: CallOptions = {}): Promise<Reservation> =>
          send({ method: 'POST', path: '/v1/inventory/reservations', body, isIdempotent: true, options }),
        /**
         * Get one reservation.
         *
         * Needs the permission `inventory:read`.
         *
         * `GET /v1/inventory/reservations/{id}`
         */
        get: (id: string, options: CallOptions = {}): Promise<Reservation> =>
          send({ method: 'GET', path: `/v1/inventory/reservations/${encodeURIComponent(id)}`, options }),
        /**
         * Release what is still held. One that is not open, or that belongs to a work order, is 409 `invalid_state`: the order releases it.
         *
         * Needs the permission `inventory:reserve`.
         *
         * Refuses by its own rules with `invalid_state` (409).
         *
         * `POST /v1/inventory/reservations/{id}/release`
         */
        release: (id: string, options: ChangeOptions = {}): Promise<Reservation> =>
          send({ method: 'POST', path: `/v1/inventory/reservations/${encodeURIComponent(id)}/release`, isIdempotent: true, options }),
      },
      purchaseOrders: {
        /**
         * List purchase orders.
         *
         * Needs the permission `purchase:read`.
         *
         * `GET /v1/inventory/purchase-orders`
         */
        list: (query: ListPurchaseOrdersQuery = {}, options: CallOptions = {}): Pages<PurchaseOrder> =>
          pagesOf(send, { method: 'GET', path: '/v1/inventory/purchase-orders', query, options }),
        /**
         * Draft a purchase order. Its number is the next of the company and year.
         *
         * Needs the permission `purchase:create`.
         *
         * `POST /v1/inventory/purchase-orders`
         */
        create: (body: CreatePurchaseOrderRequest, options: CallOptions = {}): Promise<PurchaseOrder> =>
          send({ method: 'POST', path: '/v1/inventory/purchase-orders', body, isIdempotent: true, options }),
        /**
         * Get one purchase order.
         *
         * Needs the permission `purchase:read`.
         *
         * `GET /v1/inventory/purchase-orders/{id}`
         */
        get: (id: string, options: CallOptions = {}): Promise<PurchaseOrder> =>
          send({ method: 'GET', path: `/v1/inventory/purchase-orders/${encodeURIComponent(id)}`, options }),
        /**
         * Change a draft, or amend an order that has gone out: `items` are the order’s items afterwards, those with an `id` changed, others added, missing ones removed. Less than was received is 409 `below_received`. The currency is fixed once goods have come.
         *
         * Needs the permission `purchase:update`.
         *
         * Refuses by its own rules with `invalid_state` (409), `below_received` (409).
         *
         * `PATCH /v1/inventory/purchase-orders/{id}`
         */
        update: (id: string, body: UpdatePurchaseOrderRequest = {}, options: ChangeOptions = {}): Promise<PurchaseOrder> =>
          send({ method: 'PATCH', path: `/v1/inventory/purchase-orders/${encodeURIComponent(id)}`, body, options }),
        /**
         * Close an order that has gone out: what is missing will not come.
         *
         * Needs the permission `purchase:manage`.
         *
         * Refuses by its own rules with `invalid_state` (409).
         *
         * `POST /v1/inventory/purchase-orders/{id}/close`
         */
        close: (id: string, options: ChangeOptions = {}): Promise<PurchaseOrder> =>
          send({ method: 'POST', path: `/v1/inventory/purchase-orders/${encodeURIComponent(id)}/close`, isIdempotent: true, options }),
        /**
         * Cancel an order of which nothing was received; otherwise 409 `invalid_state`: close it.
         *
         * Needs the permission `purchase:manage`.
         *
         * Refuses by its own rules with `invalid_state` (409).
         *
         * `POST /v1/inventory/purchase-orders/{id}/cancel`
         */
        cancel: (id: string, options: ChangeOptions = {}): Promise<PurchaseOrder> =>
          send({ method: 'POST', path: `/v1/inventory/purchase-orders/${encodeURIComponent(id)}/cancel`, isIdempotent: true, options }),
        /**
         * List the receipts of an order: each is a document of its own.
         *
         * Needs the permission `purchase:read`.
         *
         * `GET /v1/inventory/purchase-orders/{id}/receipts`
         */
        listReceipts: (id: string, query: ListPurchaseReceiptsQuery = {}, options: CallOptions = {}): Pages<PurchaseReceipt> =>
          pagesOf(send, { method: 'GET', path: `/v1/inventory/purchase-orders/${encodeURIComponent(id)}/receipts`, query, options }),
        /**
         * List what was changed after the order had gone out.
         *
         * Needs the permission `purchase:read`.
         *
         * `GET /v1/inventory/purchase-orders/{id}/amendments`
         */
        listAmendments: (id: string, query: ListPurchaseAmendmentsQuery = {}, options: CallOptions = {}): Pages<PurchaseAmendment> =>
          pagesOf(send, { method: 'GET', path: `/v1/inventory/purchase-orders/${encodeURIComponent(id)}/amendments`, query, options }),
        /**
         * Submit a draft to the supplier; goods can be received from then on.
         *
         * Needs the permission `purchase:manage`.
         *
         * Refuses by its own rules with `invalid_state` (409).
         *
         * `POST /v1/inventory/purchase-orders/{id}/submit`
         */
        submit: (id: string, options: ChangeOptions = {}): Promise<PurchaseOrder> =>
          send({ method: 'POST', path: `/v1/inventory/purchase-orders/${encodeURIComponent(id)}/submit`, isIdempotent: true, options }),
        /**
         * Receive goods: every line becomes a FIFO layer at the order’s unit cost, or at `unitCost` when the landed cost differs. More than ordered and tolerated (`overReceiptPercent` of the product or the company) is 409 `over_receipt`; an order that is not open is 409 `invalid_state`.
         *
         * All lines or none. Nothing may be received beyond what was ordered: more, or anything on a received order, is `over_receipt`.
         *
         * Needs the permission `purchase:receive`.
         *
         * Refuses by its own rules with `invalid_state` (409), `over_receipt` (409), `currency_rate_missing` (409).
         *
         * `POST /v1/inventory/purchase-orders/{id}/receive`
         */
        receive: (id: string, body: ReceivePurchaseOrderRequest, options: ChangeOptions = {}): Promise<PurchaseOrder> =>
          send({ method: 'POST', path: `/v1/inventory/purchase-orders/${encodeURIComponent(id)}/receive`, body, isIdempotent: true, options }),
      },
      stocktakes: {
        /**
         * List stocktakes.
         *
         * Needs the permission `inventory:read`.
         *
         * `GET /v1/inventory/stocktakes`
         */
        list: (query: ListStocktakesQuery = {}, options: CallOptions = {}): Pages<Stocktake> =>
          pagesOf(send, { method: 'GET', path: '/v1/inventory/stocktakes', query, options }),
        /**
         * Begin a stocktake: what the books say is frozen. Without products it is all that ever were at the location, at most 1,000 (409 `too_many_products`).
         *
         * Needs the permission `inventory:adjust`.
         *
         * Refuses by its own rules with `too_many_products` (409).
         *
         * `POST /v1/inventory/stocktakes`
         */
        create: (body: CreateStocktakeRequest = {}, options: CallOptions = {}): Promise<StocktakeDetail> =>
          send({ method: 'POST', path: '/v1/inventory/stocktakes', body, isIdempotent: true, options }),
        /**
         * Get one stocktake with its lines.
         *
         * Needs the permission `inventory:read`.
         *
         * `GET /v1/inventory/stocktakes/{id}`
         */
        get: (id: string, options: CallOptions = {}): Promise<StocktakeDetail> =>
          send({ method: 'GET', path: `/v1/inventory/stocktakes/${encodeURIComponent(id)}`, options }),
        /**
         * Note what was counted; counting again replaces it. Where stock has moved since the stocktake began, the count is compared with the books of now.
         *
         * Needs the permission `inventory:adjust`.
         *
         * Refuses by its own rules with `invalid_state` (409).
         *
         * `POST /v1/inventory/stocktakes/{id}/count`
         */
        count: (id: string, body: CountStocktakeRequest, options: ChangeOptions = {}): Promise<StocktakeDetail> =>
          send({ method: 'POST', path: `/v1/inventory/stocktakes/${encodeURIComponent(id)}/count`, body, isIdempotent: true, options }),
        /**
         * Post the differences against the level of now: what moved since the count stays moved. What is not counted is left alone. A loss of what is reserved is 409 `insufficient_stock`.
         *
         * Needs the permission `inventory:adjust`.
         *
         * Refuses by its own rules with `invalid_state` (409), `insufficient_stock` (409).
         *
         * `POST /v1/inventory/stocktakes/{id}/post`
         */
        post: (id: string, options: ChangeOptions = {}): Promise<StocktakeDetail> =>
          send({ method: 'POST', path: `/v1/inventory/stocktakes/${encodeURIComponent(id)}/post`, isIdempotent: true, options }),
      },
      reorderSuggestions: {
        /**
         * List active products whose projected stock is at or below their reorder level.
         *
         * Needs the permission `inventory:read`.
         *
         * `GET /v1/inventory/reorder-suggestions`
         */
        list: (query: ListReorderSuggestionsQuery = {}, options: CallOptions = {}): Pages<ReorderSuggestion> =>
          pagesOf(send, { method: 'GET', path: '/v1/inventory/reorder-suggestions', query, options }),
      },
      deactivatedDevices: {
        /**
         * List devices that work orders took out of service.
         *
         * Needs the permission `workorder:read`.
         *
         * `GET /v1/inventory/deactivated-devices`
         */
        list: (query: ListDeactivatedDevicesQuery = {}, options: CallOptions = {}): Pages<DeactivatedDevice> =>
          pagesOf(send, { method: 'GET', path: '/v1/inventory/deactivated-devices', query, options }),
      },
      settings: {
        /**
         * How the company wants its stock handled.
         *
         * Needs the permission `inventory:read`.
         *
         * `GET /v1/inventory/settings`
         */
        get: (options: CallOptions = {}): Promise<InventorySettings> =>
          send({ method: 'GET', path: '/v1/inventory/settings', options }),
        /**
         * Change how the company wants its stock handled.
         *
         * Needs the permission `product:manage`.
         *
         * `PATCH /v1/inventory/settings`
         */
        update: (body: UpdateInventorySettingsRequest = {}, options: ChangeOptions = {}): Promise<InventorySettings> =>
          send({ method: 'PATCH', path: '/v1/inventory/settings', body, options }),
      },
    },
    workOrders: {
      /**
       * List work orders. `assignedToId=me` are my tasks; `from`/`to` choose those that are scheduled within.
       *
       * Needs the permission `workorder:read`.
       *
       * `GET /v1/work-orders`
       */
      list: (query: ListWorkOrdersQuery = {}, options: CallOptions = {}): Pages<WorkOrder> =>
        pagesOf(send, { method: 'GET', path: '/v1/work-orders', query, options }),
      /**
       * Draft a work order with the next number of the company and year.
       *
       * Needs the permission `workorder:create`.
       *
       * Refuses by its own rules with `nested_work_order` (409).
       *
       * `POST /v1/work-orders`
       */
      create: (body: CreateWorkOrderRequest, options: CallOptions = {}): Promise<WorkOrderDetail> =>
        send({ method: 'POST', path: '/v1/work-orders', body, isIdempotent: true, options }),
      /**
       * Work orders by day, in the company’s time zone, over at most 42 days; one that takes several days is in each of them. A day shows its first 200 and says how many there are.
       *
       * Needs the permission `workorder:read`.
       *
       * `GET /v1/work-orders/calendar`
       */
      getCalendar: (query: WorkOrderCalendarQuery, options: CallOptions = {}): Promise<WorkOrderCalendarAnswer> =>
        send({ method: 'GET', path: '/v1/work-orders/calendar', query, options }),
      /**
       * Get one work order with its products and the conflicts of its schedule.
       *
       * Needs the permission `workorder:read`.
       *
       * `GET /v1/work-orders/{id}`
       */
      get: (id: string, options: CallOptions = {}): Promise<WorkOrderDetail> =>
        send({ method: 'GET', path: `/v1/work-orders/${encodeURIComponent(id)}`, options }),
      /**
       * Change fields of a work order that is neither approved nor cancelled.
       *
       * Needs the permission `workorder:update`.
       *
       * Refuses by its own rules with `invalid_state` (409), `nested_work_order` (409).
       *
       * `PATCH /v1/work-orders/{id}`
       */
      update: (id: string, body: UpdateWorkOrderRequest = {}, options: ChangeOptions = {}): Promise<WorkOrderDetail> =>
        send({ method: 'PATCH', path: `/v1/work-orders/${encodeURIComponent(id)}`, body, options }),
      /**
       * Say who does it and when. A draft with a time becomes SCHEDULED. Conflicts are shown, not refused.
       *
       * With times the order becomes SCHEDULED.
       *
       * Needs the permission `workorder:update`.
       *
       * Refuses by its own rules with `invalid_state` (409).
       *
       * `POST /v1/work-orders/{id}/assign`
       */
      assign: (id: string, body: AssignWorkOrderRequest, options: ChangeOptions = {}): Promise<WorkOrderDetail> =>
        send({ method: 'POST', path: `/v1/work-orders/${encodeURIComponent(id)}/assign`, body, isIdempotent: true, options }),
      /**
       * Begin the work: IN_PROGRESS.
       *
       * Needs the permission `workorder:update`.
       *
       * Refuses by its own rules with `invalid_state` (409).
       *
       * `POST /v1/work-orders/{id}/start`
       */
      start: (id: string, options: ChangeOptions = {}): Promise<WorkOrderDetail> =>
        send({ method: 'POST', path: `/v1/work-orders/${encodeURIComponent(id)}/start`, isIdempotent: true, options }),
      /**
       * Plan products, while DRAFT to IN_PROGRESS: they are reserved, all lines or none (409 `insufficient_stock`).
       *
       * Needs the permission `workorder:update`.
       *
       * Refuses by its own rules with `invalid_state` (409), `insufficient_stock` (409), `too_many_products` (409).
       *
       * `POST /v1/work-orders/{id}/products`
       */
      products: (id: string, body: AddWorkOrderProductsRequest, options: ChangeOptions = {}): Promise<WorkOrderDetail> =>
        send({ method: 'POST', path: `/v1/work-orders/${encodeURIComponent(id)}/products`, body, isIdempotent: true, options }),
      /**
       * Note devices that were taken out of service.
       *
       * Needs the permission `workorder:update`.
       *
       * Refuses by its own rules with `invalid_state` (409).
       *
       * `POST /v1/work-orders/{id}/devices`
       */
      devices: (id: string, body: AddWorkOrderDevicesRequest, options: ChangeOptions = {}): Promise<WorkOrderDetail> =>
        send({ method: 'POST', path: `/v1/work-orders/${encodeURIComponent(id)}/devices`, body, isIdempotent: true, options }),
      /**
       * Report the work as done: SUBMITTED, to be approved.
       *
       * Needs the permission `workorder:update`.
       *
       * Refuses by its own rules with `invalid_state` (409).
       *
       * `POST /v1/work-orders/{id}/submit`
       */
      submit: (id: string, options: ChangeOptions = {}): Promise<WorkOrderDetail> =>
        send({ method: 'POST', path: `/v1/work-orders/${encodeURIComponent(id)}/submit`, isIdempotent: true, options }),
      /**
       * Approve: what was planned is consumed and the status changes, in one transaction. `lines` say what was really used of some products; what is left of the reservation is free again. Short stock is 409 `insufficient_stock` and changes nothing.
       *
       * From SUBMITTED or IN_PROGRESS. Consumption and the new status are one transaction: with short stock nothing changes.
       *
       * Needs the permission `workorder:approve`.
       *
       * Refuses by its own rules with `invalid_state` (409), `insufficient_stock` (409), `open_parts` (409).
       *
       * `POST /v1/work-orders/{id}/approve`
       */
      approve: (id: string, body: ApproveWorkOrderRequest = {}, options: ChangeOptions = {}): Promise<WorkOrderDetail> =>
        send({ method: 'POST', path: `/v1/work-orders/${encodeURIComponent(id)}/approve`, body, isIdempotent: true, options }),
      /**
       * Cancel an order that is not approved; what it had reserved is free again.
       *
       * Needs the permission `workorder:update`.
       *
       * Refuses by its own rules with `invalid_state` (409).
       *
       * `POST /v1/work-orders/{id}/cancel`
       */
      cancel: (id: string, options: ChangeOptions = {}): Promise<WorkOrderDetail> =>
        send({ method: 'POST', path: `/v1/work-orders/${encodeURIComponent(id)}/cancel`, isIdempotent: true, options }),
      /**
       * Give units back at the cost at which they left, into the layers that were used last. More than was used is 409 `over_return`.
       *
       * Units go back into the layers they were taken from last, at the cost they left with.
       *
       * Needs the permission `workorder:approve`.
       *
       * Refuses by its own rules with `invalid_state` (409), `over_return` (409).
       *
       * `POST /v1/work-orders/{id}/return`
       */
      return: (id: string, body: ReturnWorkOrderRequest, options: ChangeOptions = {}): Promise<WorkOrderDetail> =>
        send({ method: 'POST', path: `/v1/work-orders/${encodeURIComponent(id)}/return`, body, isIdempotent: true, options }),
      /**
       * What was done to a work order and by whom, newest first.
       *
       * Needs the permission `workorder:read`.
       *
       * `GET /v1/work-orders/{id}/activity`
       */
      listActivity: (id: string, query: ListWorkOrderActivityQuery = {}, options: CallOptions = {}): Pages<WorkOrderActivity> =>
        pagesOf(send, { method: 'GET', path: `/v1/work-orders/${encodeURIComponent(id)}/activity`, query, options }),
      /**
       * Delete drafts and cancelled work orders without parts. 200 when all went, 207 when some did not; with `atomic` 409 `bulk_rejected` and nothing changed.
       *
       * Needs the permission `workorder:delete`.
       *
       * Refuses by its own rules with `bulk_rejected` (409).
       *
       * `POST /v1/work-orders/bulk/delete`
       */
      bulkDelete: (body: BulkDeleteWorkOrdersRequest, options: CallOptions = {}): Promise<BulkDeleteWorkOrdersAnswer> =>
        send({ method: 'POST', path: '/v1/work-orders/bulk/delete', body, isIdempotent: true, options }),
    },
    telephony: {
      connections: {
        /**
         * List the PBX connections.
         *
         * Needs the permission `telephony:manage`.
         *
         * `GET /v1/telephony/connections`
         */
        list: (query: ListConnectionsQuery = {}, options: CallOptions = {}): Pages<Connection> =>
          pagesOf(send, { method: 'GET', path: '/v1/telephony/connections', query, options }),
        /**
         * Create a PBX connection. The answer shows its secret, this once.
         *
         * Needs the permission `telephony:manage`.
         *
         * `POST /v1/telephony/connections`
         */
        create: (body: CreateConnectionRequest, options: CallOptions = {}): Promise<ConnectionWithSecret> =>
          send({ method: 'POST', path: '/v1/telephony/connections', body, isIdempotent: true, options }),
        /**
         * Get one PBX connection.
         *
         * Needs the permission `telephony:manage`.
         *
         * `GET /v1/telephony/connections/{id}`
         */
        get: (id: string, options: CallOptions = {}): Promise<Connection> =>
          send({ method: 'GET', path: `/v1/telephony/connections/${encodeURIComponent(id)}`, options }),
        /**
         * Rename a connection, change its settings, or disable it: a disabled one accepts nothing.
         *
         * Needs the permission `telephony:manage`.
         *
         * `PATCH /v1/telephony/connections/{id}`
         */
        update: (id: string, body: UpdateConnectionRequest = {}, options: ChangeOptions = {}): Promise<Connection> =>
          send({ method: 'PATCH', path: `/v1/telephony/connections/${encodeURIComponent(id)}`, body, options }),
        /**
         * Delete a connection. Its calls stay; its webhook accepts nothing any more.
         *
         * Needs the permission `telephony:manage`.
         *
         * `DELETE /v1/telephony/connections/{id}`
         */
        delete: (id: string, options: ChangeOptions = {}): Promise<void> =>
          send({ method: 'DELETE', path: `/v1/telephony/connections/${encodeURIComponent(id)}`, options }),
        /**
         * Replace the secret and show the new one, this once. For `graceSeconds` the one before it is accepted too.
         *
         * Needs the permission `telephony:manage`.
         *
         * `POST /v1/telephony/connections/{id}/rotate-secret`
         */
        rotateSecret: (id: string, body: RotateConnectionSecretRequest = {}, options: ChangeOptions = {}): Promise<ConnectionWithSecret> =>
          send({ method: 'POST', path: `/v1/telephony/connections/${encodeURIComponent(id)}/rotate-secret`, body, options }),
      },
      events: {
        /**
         * Post up to 500 call events. Valid events of a batch with bad ones are stored; an event id that is known changes nothing. Without `connectionId`: the company’s own generic connection.
         *
         * Duplicates (same connection and `eventId`) change nothing, so a batch can be sent again as a whole.
         *
         * Needs the permission `telephony:ingest`.
         *
         * Refuses by its own rules with `connection_disabled` (409).
         *
         * `POST /v1/telephony/events`
         */
        create: (body: CallEventBatch, options: CallOptions = {}): Promise<CallEventBatchAnswer> =>
          send({ method: 'POST', path: '/v1/telephony/events', body, options }),
      },
      calls: {
        /**
         * List calls. `phone` is compared as E.164; `from` and `to` are a window of the start.
         *
         * `ringSeconds` is from the first ringing to answer or end, outside queues; `waitSeconds` from queue entry to agent, abandonment or leaving; `talkSeconds` is the union of connected intervals less hold. `agentId` is who talked longest.
         *
         * Needs the permission `telephony:read`.
         *
         * `GET /v1/telephony/calls`
         */
        list: (query: ListCallsQuery = {}, options: CallOptions = {}): Pages<Call> =>
          pagesOf(send, { method: 'GET', path: '/v1/telephony/calls', query, options }),
        /**
         * List the calls that have not ended.
         *
         * Needs the permission `telephony:read`.
         *
         * `GET /v1/telephony/calls/live`
         */
        listLive: (query: ListLiveCallsQuery = {}, options: CallOptions = {}): Pages<Call> =>
          pagesOf(send, { method: 'GET', path: '/v1/telephony/calls/live', query, options }),
        /**
         * Get one call with its legs, queue visits and events. A call that was merged into another answers 308 to it.
         *
         * Needs the permission `telephony:read`.
         *
         * `GET /v1/telephony/calls/{id}`
         */
        get: (id: string, options: CallOptions = {}): Promise<CallDetail> =>
          send({ method: 'GET', path: `/v1/telephony/calls/${encodeURIComponent(id)}`, options }),
        /**
         * Listen to a call: its first recording, or the one of `eventId`.
         *
         * Recordings are fetched from the PBX soon after it tells of them, and sent from here: with `Range`, so that a player can seek. One that is not here, yet or any more, is 409 `recording_unavailable`.
         *
         * Needs the permission `telephony:read`.
         *
         * Refuses by its own rules with `recording_unavailable` (409).
         *
         * `GET /v1/telephony/calls/{id}/recording`
         */
        getRecording: (id: string, query: GetRecordingQuery = {}, options: CallOptions = {}): Promise<Response> =>
          send({ method: 'GET', path: `/v1/telephony/calls/${encodeURIComponent(id)}/recording`, query, isStream: true, options }),
      },
      queues: {
        /**
         * List the queues.
         *
         * Needs the permission `telephony:manage`.
         *
         * `GET /v1/telephony/queues`
         */
        list: (query: ListQueuesQuery = {}, options: CallOptions = {}): Pages<Queue> =>
          pagesOf(send, { method: 'GET', path: '/v1/telephony/queues', query, options }),
        /**
         * Name a queue and set its service level. A key that is taken is 409 `duplicate`.
         *
         * Needs the permission `telephony:manage`.
         *
         * Refuses by its own rules with `duplicate` (409).
         *
         * `POST /v1/telephony/queues`
         */
        create: (body: CreateQueueRequest, options: CallOptions = {}): Promise<Queue> =>
          send({ method: 'POST', path: '/v1/telephony/queues', body, isIdempotent: true, options }),
        /**
         * Get one queue.
         *
         * Needs the permission `telephony:manage`.
         *
         * `GET /v1/telephony/queues/{id}`
         */
        get: (id: string, options: CallOptions = {}): Promise<Queue> =>
          send({ method: 'GET', path: `/v1/telephony/queues/${encodeURIComponent(id)}`, options }),
        /**
         * Change fields of a queue.
         *
         * Needs the permission `telephony:manage`.
         *
         * `PATCH /v1/telephony/queues/{id}`
         */
        update: (id: string, body: UpdateQueueRequest = {}, options: ChangeOptions = {}): Promise<Queue> =>
          send({ method: 'PATCH', path: `/v1/telephony/queues/${encodeURIComponent(id)}`, body, options }),
        /**
         * Delete a queue. Its calls keep its key.
         *
         * Needs the permission `telephony:manage`.
         *
         * `DELETE /v1/telephony/queues/{id}`
         */
        delete: (id: string, options: ChangeOptions = {}): Promise<void> =>
          send({ method: 'DELETE', path: `/v1/telephony/queues/${encodeURIComponent(id)}`, options }),
      },
      agents: {
        /**
         * List which users the agents of the PBX are.
         *
         * Needs the permission `telephony:manage`.
         *
         * `GET /v1/telephony/agents`
         */
        list: (query: ListAgentsQuery = {}, options: CallOptions = {}): Pages<Agent> =>
          pagesOf(send, { method: 'GET', path: '/v1/telephony/agents', query, options }),
        /**
         * Say which user an extension or a PBX user is. A name that is taken is 409 `duplicate`.
         *
         * Needs the permission `telephony:manage`.
         *
         * Refuses by its own rules with `duplicate` (409).
         *
         * `POST /v1/telephony/agents`
         */
        create: (body: CreateAgentRequest, options: CallOptions = {}): Promise<Agent> =>
          send({ method: 'POST', path: '/v1/telephony/agents', body, isIdempotent: true, options }),
        /**
         * Get one agent.
         *
         * Needs the permission `telephony:manage`.
         *
         * `GET /v1/telephony/agents/{id}`
         */
        get: (id: string, options: CallOptions = {}): Promise<Agent> =>
          send({ method: 'GET', path: `/v1/telephony/agents/${encodeURIComponent(id)}`, options }),
        /**
         * Change whom an agent of the PBX stands for.
         *
         * Needs the permission `telephony:manage`.
         *
         * Refuses by its own rules with `duplicate` (409).
         *
         * `PATCH /v1/telephony/agents/{id}`
         */
        update: (id: string, body: UpdateAgentRequest = {}, options: ChangeOptions = {}): Promise<Agent> =>
          send({ method: 'PATCH', path: `/v1/telephony/agents/${encodeURIComponent(id)}`, body, options }),
        /**
         * Forget whom an agent of the PBX stands for. Calls keep the user they have.
         *
         * Needs the permission `telephony:manage`.
         *
         * `DELETE /v1/telephony/agents/{id}`
         */
        delete: (id: string, options: ChangeOptions = {}): Promise<void> =>
          send({ method: 'DELETE', path: `/v1/telephony/agents/${encodeURIComponent(id)}`, options }),
      },
      deadLetters: {
        /**
         * List what was authentic but not understood. `status` is `open` unless said otherwise.
         *
         * Needs the permission `telephony:manage`.
         *
         * `GET /v1/telephony/dead-letters`
         */
        list: (query: ListTelephonyDeadLettersQuery = {}, options: CallOptions = {}): Pages<TelephonyDeadLetter> =>
          pagesOf(send, { method: 'GET', path: '/v1/telephony/dead-letters', query, options }),
        /**
         * Try again with what we understand today. What is still not understood stays open, with the reason of this attempt.
         *
         * Needs the permission `telephony:manage`.
         *
         * Refuses by its own rules with `dead_letter_resolved` (409).
         *
         * `POST /v1/telephony/dead-letters/{id}/retry`
         */
        retry: (id: string, options: CallOptions = {}): Promise<TelephonyDeadLetter> =>
          send({ method: 'POST', path: `/v1/telephony/dead-letters/${encodeURIComponent(id)}/retry`, options }),
      },
      callbacks: {
        /**
         * List callbacks, the most urgent first.
         *
         * Needs the permission `telephony:callback`.
         *
         * `GET /v1/telephony/callbacks`
         */
        list: (query: ListCallbacksQuery = {}, options: CallOptions = {}): Pages<Callback> =>
          pagesOf(send, { method: 'GET', path: '/v1/telephony/callbacks', query, options }),
        /**
         * Get one callback.
         *
         * Needs the permission `telephony:callback`.
         *
         * `GET /v1/telephony/callbacks/{id}`
         */
        get: (id: string, options: CallOptions = {}): Promise<Callback> =>
          send({ method: 'GET', path: `/v1/telephony/callbacks/${encodeURIComponent(id)}`, options }),
        /**
         * Say who calls back; left out: whoever asks. A callback that is closed is 409 `invalid_state`.
         *
         * Needs the permission `telephony:callback`.
         *
         * Refuses by its own rules with `invalid_state` (409).
         *
         * `POST /v1/telephony/callbacks/{id}/assign`
         */
        assign: (id: string, body: AssignCallbackRequest = {}, options: ChangeOptions = {}): Promise<Callback> =>
          send({ method: 'POST', path: `/v1/telephony/callbacks/${encodeURIComponent(id)}/assign`, body, isIdempotent: true, options }),
        /**
         * Close a callback as done. A call missed later opens another. A callback that is closed is 409 `invalid_state`.
         *
         * Needs the permission `telephony:callback`.
         *
         * Refuses by its own rules with `invalid_state` (409).
         *
         * `POST /v1/telephony/callbacks/{id}/complete`
         */
        complete: (id: string, body: CompleteCallbackRequest = {}, options: ChangeOptions = {}): Promise<Callback> =>
          send({ method: 'POST', path: `/v1/telephony/callbacks/${encodeURIComponent(id)}/complete`, body, isIdempotent: true, options }),
      },
      quality: {
        /**
         * List quality reviews.
         *
         * Needs the permission `quality:read`.
         *
         * `GET /v1/telephony/quality/reviews`
         */
        listReviews: (query: ListQualityReviewsQuery = {}, options: CallOptions = {}): Pages<QualityReview> =>
          pagesOf(send, { method: 'GET', path: '/v1/telephony/quality/reviews', query, options }),
        /**
         * Review a call. A second review of one call by one reviewer is 409 `duplicate`.
         *
         * Needs the permission `quality:create`.
         *
         * Refuses by its own rules with `duplicate` (409).
         *
         * `POST /v1/telephony/quality/reviews`
         */
        createReviews: (body: CreateQualityReviewRequest, options: CallOptions = {}): Promise<QualityReview> =>
          send({ method: 'POST', path: '/v1/telephony/quality/reviews', body, isIdempotent: true, options }),
        /**
         * Get one quality review.
         *
         * Needs the permission `quality:read`.
         *
         * `GET /v1/telephony/quality/reviews/{id}`
         */
        getReviews: (id: string, options: CallOptions = {}): Promise<QualityReview> =>
          send({ method: 'GET', path: `/v1/telephony/quality/reviews/${encodeURIComponent(id)}`, options }),
        /**
         * Change a quality review.
         *
         * Needs the permission `quality:update`.
         *
         * `PATCH /v1/telephony/quality/reviews/{id}`
         */
        updateReviews: (id: string, body: UpdateQualityReviewRequest = {}, options: ChangeOptions = {}): Promise<QualityReview> =>
          send({ method: 'PATCH', path: `/v1/telephony/quality/reviews/${encodeURIComponent(id)}`, body, options }),
        /**
         * Delete a quality review.
         *
         * Needs the permission `quality:delete`.
         *
         * `DELETE /v1/telephony/quality/reviews/{id}`
         */
        deleteReviews: (id: string, options: ChangeOptions = {}): Promise<void> =>
          send({ method: 'DELETE', path: `/v1/telephony/quality/reviews/${encodeURIComponent(id)}`, options }),
      },
      lookup: {
        /**
         * Who calls, and what is open with them: contact, customer, open deals and work orders, the last five calls.
         *
         * Needs the permission `telephony:read`.
         *
         * `GET /v1/telephony/lookup`
         */
        get: (query: LookupQuery, options: CallOptions = {}): Promise<LookupAnswer> =>
          send({ method: 'GET', path: '/v1/telephony/lookup', query, options }),
      },
      stats: {
        /**
         * Figures of the calls that started in a window and have ended. Users who see only their own figures get those of their calls.
         *
         * Rates are fractions of 1 with four decimals, null where the denominator is 0. `abandonRate` is abandoned / (answered + abandoned + missed in queues); the service level is `answered_in_threshold / (answered + abandoned − short_abandoned)`.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/telephony/stats/overview`
         */
        getOverview: (query: GetCallOverviewQuery = {}, options: CallOptions = {}): Promise<GetCallOverviewAnswer> =>
          send({ method: 'GET', path: '/v1/telephony/stats/overview', query, options }),
        /**
         * What each agent did in the calls that started in a window, transferred calls included.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/telephony/stats/agents`
         */
        listAgents: (query: ListAgentFiguresQuery = {}, options: CallOptions = {}): Pages<AgentFigures> =>
          pagesOf(send, { method: 'GET', path: '/v1/telephony/stats/agents', query, options }),
        /**
         * How long callers waited in each queue, by the queue’s own threshold. Without `formula`: as the queue wants to be judged.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/telephony/stats/queues`
         */
        listQueues: (query: ListQueueFiguresQuery = {}, options: CallOptions = {}): Pages<QueueFigures> =>
          pagesOf(send, { method: 'GET', path: '/v1/telephony/stats/queues', query, options }),
      },
    },
    analytics: {
      dashboard: {
        /**
         * The figures of a window beside those of the equally long one before. `open`, `overdue`, inventory value and low stock are as of now. Users who see only their own figures get those of their deals, calls, work orders and activities.
         *
         * Without `from` and `to`: the last 30 days, compared with as many before. `open` is now, whatever the window.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/dashboard`
         */
        get: (query: GetDashboardQuery = {}, options: CallOptions = {}): Promise<GetDashboardAnswer> =>
          send({ method: 'GET', path: '/v1/analytics/dashboard', query, options }),
      },
      funnel: {
        /**
         * How many deals reached each stage or a later one, each deal once; lost deals count for what they reached. Over the deals created in the window, or with `cohort=closed` over those closed in it. Without `pipelineId`: the default pipeline.
         *
         * Of the deals created in the window; lost ones count for the stages they reached.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/funnel`
         */
        get: (query: GetFunnelQuery = {}, options: CallOptions = {}): Promise<GetFunnelAnswer> =>
          send({ method: 'GET', path: '/v1/analytics/funnel', query, options }),
        /**
         * The deals that the funnel counts as having reached a stage, or a later one. The other parameters are those of the funnel; `at` is the time by which the cohort is chosen.
         *
         * The same facts, window and scope as the figure, so that the list and the figure are equal. What is counted as of now takes no window.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/funnel/deals`
         */
        listDeals: (query: ListDealsReachedQuery = {}, options: CallOptions = {}): Pages<{
          dealId: string
          at: Instant
          stage: string
          stageKind: string
          value: Money
          currency: string
          source: string | null
          ownerId: string | null
          customerId: string | null
        }> =>
          pagesOf(send, { method: 'GET', path: '/v1/analytics/funnel/deals', query, options }),
      },
      revenue: {
        /**
         * Revenue and number of won deals by close date, in the company’s currency; periods without any are listed too.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/revenue`
         */
        get: (query: GetRevenueQuery = {}, options: CallOptions = {}): Promise<GetRevenueAnswer> =>
          send({ method: 'GET', path: '/v1/analytics/revenue', query, options }),
      },
      sources: {
        /**
         * What became of the deals created in a window, by lead source.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/sources`
         */
        get: (query: GetSourcesQuery = {}, options: CallOptions = {}): Promise<GetSourcesAnswer> =>
          send({ method: 'GET', path: '/v1/analytics/sources', query, options }),
      },
      velocity: {
        /**
         * How fast deals that closed in a window became revenue, and how long deals stayed in the stages that they left in it.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/velocity`
         */
        get: (query: GetVelocityQuery = {}, options: CallOptions = {}): Promise<GetVelocityAnswer> =>
          send({ method: 'GET', path: '/v1/analytics/velocity', query, options }),
      },
      forecast: {
        /**
         * Open deals weighted by their probability in the month in which they are expected to close, and what was won in it. Lost deals count 0. So many `months` from that of `from` on, or from the current one; with `to`, the months up to that of `to`.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/forecast`
         */
        get: (query: GetForecastQuery = {}, options: CallOptions = {}): Promise<GetForecastAnswer> =>
          send({ method: 'GET', path: '/v1/analytics/forecast', query, options }),
        /**
         * The forecast of each night, and the bridge from the night before: opening and the changes add up to closing, to the cent. Not for users who see only their own figures.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/forecast/history`
         */
        getHistory: (query: GetForecastHistoryQuery = {}, options: CallOptions = {}): Promise<GetForecastHistoryAnswer> =>
          send({ method: 'GET', path: '/v1/analytics/forecast/history', query, options }),
      },
      inventory: {
        /**
         * What was consumed in a window, the value of the stock at the end of each day, and how often it was turned over.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/inventory`
         */
        get: (query: GetInventoryFiguresQuery = {}, options: CallOptions = {}): Promise<GetInventoryFiguresAnswer> =>
          send({ method: 'GET', path: '/v1/analytics/inventory', query, options }),
      },
      margins: {
        /**
         * Deals won in a window with what was consumed by their work orders: revenue less cost. Newest first.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/margins`
         */
        list: (query: ListMarginsQuery = {}, options: CallOptions = {}): Pages<{
          dealId: string
          closedAt: Instant
          revenue: Money
          cost: string
          margin: string
          marginRate: number | null
          currency: string
        }> =>
          pagesOf(send, { method: 'GET', path: '/v1/analytics/margins', query, options }),
      },
      agents: {
        /**
         * What each agent did in the last 7, 30 or 90 days, as of the last snapshot (about every ten minutes). Users who see only their own figures get their own row.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/agents`
         */
        list: (query: ListAgentSnapshotsQuery = {}, options: CallOptions = {}): Pages<AgentSnapshot> =>
          pagesOf(send, { method: 'GET', path: '/v1/analytics/agents', query, options }),
      },
      leaderboard: {
        /**
         * Agents by revenue won; equal revenue shares a rank.
         *
         * In the last 7, 30 or 90 days, as of the last snapshot. With `from` or `to`: in that window instead, at most 93 days long, as it is now.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/leaderboard`
         */
        list: (query: GetLeaderboardQuery = {}, options: CallOptions = {}): Pages<{
          agentId: string
          name: string | null
          callsOffered: number
          callsAnswered: number
          talkSeconds: number
          ahtSeconds: number | null
          dealsWon: number
          dealsLost: number
          winRate: number | null
          revenue: Money
          currency: string
          workOrdersApproved: number
          activitiesDone: number
          takenAt: Instant
          rank: number
        }> =>
          pagesOf(send, { method: 'GET', path: '/v1/analytics/leaderboard', query, options }),
      },
      customers: {
        /**
         * What there is with a customer now, and the figures of the last 180 days.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/customers/{id}/profile`
         */
        getProfile: (id: string, options: CallOptions = {}): Promise<GetCustomerProfileAnswer> =>
          send({ method: 'GET', path: `/v1/analytics/customers/${encodeURIComponent(id)}/profile`, options }),
        /**
         * List what happened with a customer, from every service, newest first.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/customers/{id}/timeline`
         */
        listTimeline: (id: string, query: ListCustomerTimelineQuery = {}, options: CallOptions = {}): Pages<TimelineEntry> =>
          pagesOf(send, { method: 'GET', path: `/v1/analytics/customers/${encodeURIComponent(id)}/timeline`, query, options }),
      },
      deals: {
        /**
         * The deals behind a figure: open ones, or those created, won or lost in a window, of a lead source if named. `at` is the time that is counted by.
         *
         * The same facts, window and scope as the figure, so that the list and the figure are equal. What is counted as of now takes no window.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/deals`
         */
        list: (query: ListDealsBehindQuery = {}, options: CallOptions = {}): Pages<{
          dealId: string
          at: Instant
          stage: string
          stageKind: string
          value: Money
          currency: string
          source: string | null
          ownerId: string | null
          customerId: string | null
        }> =>
          pagesOf(send, { method: 'GET', path: '/v1/analytics/deals', query, options }),
      },
      calls: {
        /**
         * The calls behind a figure of the overview: all, or those answered, missed or abandoned.
         *
         * The same facts, window and scope as the figure, so that the list and the figure are equal. What is counted as of now takes no window.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/calls`
         */
        list: (query: ListCallsBehindQuery = {}, options: CallOptions = {}): Pages<{
          callId: string
          at: Instant
          direction: string
          status: string
          queue: string | null
          agentId: string | null
          customerId: string | null
          waitSeconds: number
          talkSeconds: number
        }> =>
          pagesOf(send, { method: 'GET', path: '/v1/analytics/calls', query, options }),
      },
      workOrders: {
        /**
         * The work orders behind a figure: open ones, or those approved in a window, of a kind if named.
         *
         * The same facts, window and scope as the figure, so that the list and the figure are equal. What is counted as of now takes no window.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/work-orders`
         */
        list: (query: ListWorkOrdersBehindQuery = {}, options: CallOptions = {}): Pages<{
          workOrderId: string
          at: Instant
          kind: string
          status: string
          dealId: string | null
          customerId: string | null
        }> =>
          pagesOf(send, { method: 'GET', path: '/v1/analytics/work-orders', query, options }),
      },
      activities: {
        /**
         * The activities behind a figure: those added or done in a window, or overdue ones.
         *
         * The same facts, window and scope as the figure, so that the list and the figure are equal. What is counted as of now takes no window.
         *
         * Needs the permission `analytics:read`.
         *
         * `GET /v1/analytics/activities`
         */
        list: (query: ListActivitiesBehindQuery = {}, options: CallOptions = {}): Pages<{
          activityId: string
          at: Instant
          kind: string
          dealId: string
          customerId: string | null
          assignedToId: string | null
        }> =>
          pagesOf(send, { method: 'GET', path: '/v1/analytics/activities', query, options }),
      },
      rebuild: {
        /**
         * Make the company’s figures anew from the event logs, compare them with those there are, by table and month, and show the new ones. Figures stay readable and live meanwhile. `dryRun` only compares. Where the logs no longer hold months that the figures have, nothing is changed unless `force`. One at a time (409 `rebuild_running`).
         *
         * Needs the permission `analytics:manage`.
         *
         * Refuses by its own rules with `rebuild_running` (409).
         *
         * `POST /v1/analytics/rebuild`
         */
        create: (body: StartRebuildRequest = {}, options: CallOptions = {}): Promise<Rebuild> =>
          send({ method: 'POST', path: '/v1/analytics/rebuild', body, isIdempotent: true, options }),
        /**
         * How far a rebuild is, and what it found.
         *
         * Needs the permission `analytics:manage`.
         *
         * `GET /v1/analytics/rebuild/{id}`
         */
        get: (id: string, options: CallOptions = {}): Promise<Rebuild> =>
          send({ method: 'GET', path: `/v1/analytics/rebuild/${encodeURIComponent(id)}`, options }),
      },
    },
  }
}
