// Made from the published API by `pnpm sdk`. Do not edit: a test compares it with the contracts.

export type Activity = {
  id: string
  dealId: string
  kind: "NOTE" | "CALL" | "MEETING" | "TASK" | "REMINDER" | "APPOINTMENT"
  subject: string
  body: string | null
  dueAt: Instant | null
  doneAt: Instant | null
  startsAt: Instant | null
  endsAt: Instant | null
  assignedToId: string | null
  callId: string | null
  createdById: string | null
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type AddWorkOrderDevicesRequest = {
  devices: {
    productId?: string | null | undefined
    serial: string
    condition: string
    notes?: string | null | undefined
  }[]
}

export type AddWorkOrderProductsRequest = {
  lines: {
    productId: string
    locationId?: string | null | undefined
    quantity: Quantity
  }[]
}

export type Agent = {
  id: string
  userId: string
  userName: string | null
  connectionId: string | null
  extension: string | null
  providerUser: string | null
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type AgentFigures = {
  agentId: string
  name: string | null
  offered: number
  answered: number
  ringNoAnswer: number
  talkSeconds: number
  holdSeconds: number
  wrapUpSeconds: number
  ahtSeconds: number | null
}

export type AgentSegment = {
  agentId: string | null
  agent: string | null
  extension: string | null
  kind: "ring" | "talk" | "hold" | "wrapup"
  startedAt: Instant
  endedAt: Instant | null
  seconds: number
  outcome: string | null
}

export type AgentSnapshot = {
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
}

export type AnalyticsForecastSnapshottedData = {
  takenOn: string
  currency: string
  weightedOpen: Money
}

export type AnalyticsRebuildCompletedData = {
  rebuildId: string
  events: number
  rows: number
  differences: number
}

export type AnalyticsSnapshotCompletedData = {
  takenAt: Instant
  windowDays: number[]
  agents: number
}

export type ApiKey = {
  id: string
  name: string
  prefix: string
  permissions: string[]
  createdById: string | null
  expiresAt: Instant | null
  lastUsedAt: Instant | null
  version: number
  createdAt: Instant
}

export type ApproveWorkOrderRequest = {
  lines?: {
    productId: string
    locationId?: string | null | undefined
    quantity: 0 | Quantity
  }[] | undefined
}

export type AssignCallbackRequest = {
  assignedToId?: string | undefined
}

export type AssignWorkOrderRequest = {
  assigneeIds: string[]
  scheduledStart?: InstantInput | null | undefined
  scheduledEnd?: InstantInput | null | undefined
}

export type AuditEntry = {
  id: string
  occurredAt: Instant
  service: string
  entity: string
  entityId: string
  action: string
  actorId: string | null
  actorName: string | null
  requestId: string
  before: { [key: string]: unknown } | null
  after: { [key: string]: unknown } | null
}

export type AuditStockAnswer = {
  ok: boolean
  invariants: {
    name: "ledger_quantity" | "layer_quantity" | "layer_value" | "ledger_value" | "reserved_quantity"
    checked: number
    violations: number
  }[]
}

export type Batch = {
  id: string
  productId: string
  locationId: string
  receivedAt: Instant
  receivedQuantity: number
  remainingQuantity: number
  unitCost: UnitCost
  remainingValue: Money
  currency: Currency
  lotCode: string | null
  expiresAt: Instant | null
  purchaseOrderId: string | null
}

export type BulkDeleteDealsRequest = {
  ids: string[]
  atomic?: boolean | undefined
}

export type BulkDeleteWorkOrdersAnswer = {
  results: {
    id: string
    status: "ok" | "noop" | "not_found" | "forbidden" | "conflict" | "invalid"
    code?: string | undefined
    version?: number | undefined
  }[]
  summary: {
    ok: number
    noop: number
    failed: number
  }
}

export type BulkDeleteWorkOrdersRequest = {
  ids: string[]
  atomic?: boolean | undefined
}

export type BulkUpdateDealsRequest = {
  ids: string[]
  changes: {
    stage?: string | undefined
    priority?: "LOW" | "MEDIUM" | "HIGH" | "URGENT" | undefined
    assignedToId?: string | null | undefined
    addTags?: string[] | undefined
    removeTags?: string[] | undefined
    lostReason?: string | undefined
  }
  atomic?: boolean | undefined
}

export type Call = {
  id: string
  externalId: string
  connectionId: string
  direction: CallDirection
  status: CallStatus
  from: string | null
  to: string | null
  phone: string | null
  contactId: string | null
  customerId: string | null
  contactName: string | null
  queue: string | null
  agentId: string | null
  agentName: string | null
  startedAt: Instant
  answeredAt: Instant | null
  endedAt: Instant | null
  ringSeconds: number
  waitSeconds: number
  talkSeconds: number
  holdSeconds: number
  wrapUpSeconds: number
  durationSeconds: number | null
  hangupCause: string | null
  hasRecording: boolean
  flags: string[]
  finalizedAt: Instant | null
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type CallDetail = {
  id: string
  externalId: string
  connectionId: string
  direction: CallDirection
  status: CallStatus
  from: string | null
  to: string | null
  phone: string | null
  contactId: string | null
  customerId: string | null
  contactName: string | null
  queue: string | null
  agentId: string | null
  agentName: string | null
  startedAt: Instant
  answeredAt: Instant | null
  endedAt: Instant | null
  ringSeconds: number
  waitSeconds: number
  talkSeconds: number
  holdSeconds: number
  wrapUpSeconds: number
  durationSeconds: number | null
  hangupCause: string | null
  hasRecording: boolean
  flags: string[]
  finalizedAt: Instant | null
  version: number
  createdAt: Instant
  updatedAt: Instant
  legs: CallLeg[]
  queueVisits: QueueVisit[]
  agentSegments: AgentSegment[]
  recordings: {
    eventId: string
    legId: string | null
    url: string | null
  }[]
  provider: { [key: string]: unknown } | null
  eventsCount: number
  events: ({
    eventId: string
    legId: string | null
    type: CallEventType
    occurredAt: Instant
    receivedAt: Instant
    data: { [key: string]: unknown } | null
  })[]
}

export type CallDirection = "INBOUND" | "OUTBOUND" | "INTERNAL"

export type CallEventBatch = {
  connectionId?: string | undefined
  events: unknown[]
}

export type CallEventBatchAnswer = {
  accepted: number
  duplicates: number
  rejected: {
    index: number
    code: string
    message: string
  }[]
}

export type CallEventType = "call.started" | "call.ringing" | "call.answered" | "call.bridged" | "call.held" | "call.resumed" | "call.transferred" | "call.voicemail" | "call.busy" | "call.failed" | "call.cancelled" | "call.ended" | "queue.entered" | "queue.left" | "queue.abandoned" | "agent.connected" | "agent.wrapup_ended" | "recording.available"

export type CallLeg = {
  legId: string
  isOrigin: boolean
  agentId: string | null
  agent: string | null
  extension: string | null
  from: string | null
  to: string | null
  startedAt: Instant
  ringingAt: Instant | null
  answeredAt: Instant | null
  endedAt: Instant | null
  outcome: string | null
  hangupCause: string | null
}

export type CallState = {
  id: string
  externalId: string
  connectionId: string
  direction: CallDirection
  status: CallStatus
  from: string | null
  to: string | null
  phone: string | null
  contactId: string | null
  customerId: string | null
  contactName: string | null
  queue: string | null
  agentId: string | null
  startedAt: Instant
  answeredAt: Instant | null
  endedAt: Instant | null
  ringSeconds: number
  waitSeconds: number
  talkSeconds: number
  holdSeconds: number
  wrapUpSeconds: number
  durationSeconds: number | null
  hangupCause: string | null
  hasRecording: boolean
  flags: string[]
  queueVisits: {
    queue: string
    entry: number
    enteredAt: Instant
    leftAt: Instant | null
    outcome: "answered" | "abandoned" | "left" | null
    reason: string | null
    agentId: string | null
    agent: string | null
    extension: string | null
    waitSeconds: number
  }[]
  agentSegments: {
    agentId: string | null
    agent: string | null
    extension: string | null
    kind: "ring" | "talk" | "hold" | "wrapup"
    startedAt: Instant
    endedAt: Instant | null
    seconds: number
    outcome: string | null
  }[]
}

export type CallStatus = "RINGING" | "QUEUED" | "ACTIVE" | "HELD" | "COMPLETED" | "MISSED" | "ABANDONED" | "VOICEMAIL" | "FAILED" | "BUSY"

export type CallTotalsFigures = {
  total: number
  inbound: number
  outbound: number
  answered: number
  missed: number
  abandoned: number
  shortAbandoned: number
  answerRate: number | null
  abandonRate: number | null
  serviceLevel: {
    percent: number | null
    thresholdSeconds: number
    formula: string
  }
  asaSeconds: number | null
  ahtSeconds: number | null
  wait: {
    p50: number | null
    p90: number | null
    p95: number | null
  }
  talk: {
    p50: number | null
    p95: number | null
  }
  percentiles: {
    method: "exact" | "histogram"
    maxRelativeError: number
  }
}

export type Callback = {
  id: string
  phone: string
  contactId: string | null
  contactName: string | null
  callId: string
  queue: string | null
  status: "OPEN" | "ASSIGNED" | "DONE" | "AUTO_RESOLVED"
  missedCount: number
  lastMissedAt: Instant
  dueAt: Instant
  assignedToId: string | null
  note: string | null
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type Company = {
  id: string
  name: string
  currency: string
  timeZone: string
  defaultRegion: string
  searchLanguage: SearchLanguage
  settings: { [key: string]: Json }
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type CompleteCallbackRequest = {
  note?: string | undefined
}

export type Connection = {
  id: string
  name: string
  provider: "generic" | "asterisk" | "freeswitch" | "aircall" | "jambonz" | "kazoo" | "plivo" | "ringcentral" | "telnyx" | "threecx" | "twilio" | "vonage" | "zadarma" | "signalwire" | "dial9" | "hipcall"
  status: "ACTIVE" | "SILENT" | "DISABLED"
  webhookUrl: string
  isDefault: boolean
  lastEventAt: Instant | null
  eventsCount: number
  duplicatesCount: number
  refusedCount: number
  outOfOrderCount: number
  stuckCallsCount: number
  lagMs: number | null
  settings: ConnectionSettings
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type ConnectionSettings = {
  defaultRegion: string
  timeZone: string
  maxExtensionDigits: number
  recordingBaseUrl: string | null
  recordingUser?: string | null | undefined
}

export type ConnectionWithSecret = {
  id: string
  name: string
  provider: "generic" | "asterisk" | "freeswitch" | "aircall" | "jambonz" | "kazoo" | "plivo" | "ringcentral" | "telnyx" | "threecx" | "twilio" | "vonage" | "zadarma" | "signalwire" | "dial9" | "hipcall"
  status: "ACTIVE" | "SILENT" | "DISABLED"
  webhookUrl: string
  isDefault: boolean
  lastEventAt: Instant | null
  eventsCount: number
  duplicatesCount: number
  refusedCount: number
  outOfOrderCount: number
  stuckCallsCount: number
  lagMs: number | null
  settings: ConnectionSettings
  version: number
  createdAt: Instant
  updatedAt: Instant
  secret: string | null
}

export type Contact = {
  id: string
  name: string
  email: string | null
  phone: string | null
  phoneRaw: string | null
  customerId: string | null
  customerName: string | null
  position: string | null
  customFields: { [key: string]: string | number | boolean | string[] }
  duplicateOfId: string | null
  createdById: string | null
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type ContactState = {
  id: string
  name: string
  email: string | null
  phone: string | null
  phoneRaw: string | null
  customerId: string | null
  position: string | null
  customFields?: { [key: string]: string | number | boolean | string[] } | undefined
  duplicateOfId: string | null
  createdById: string | null
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type CountStocktakeRequest = {
  lines: {
    productId: string
    quantity: 0 | Quantity
  }[]
}

export type CreateActivityRequest = {
  kind: "NOTE" | "CALL" | "MEETING" | "TASK" | "REMINDER" | "APPOINTMENT"
  subject: string
  body?: string | null | undefined
  dueAt?: InstantInput | null | undefined
  doneAt?: InstantInput | null | undefined
  startsAt?: InstantInput | null | undefined
  endsAt?: InstantInput | null | undefined
  assignedToId?: string | null | undefined
}

export type CreateAdjustmentRequest = {
  kind?: "ADJUSTMENT" | "SCRAP" | undefined
  lines: {
    productId: string
    locationId?: string | null | undefined
    quantity: SignedQuantity
    unitCost?: UnitCostInput | null | undefined
    reason?: string | null | undefined
  }[]
}

export type CreateAgentRequest = {
  userId: string
  connectionId?: string | null | undefined
  extension?: string | null | undefined
  providerUser?: string | null | undefined
}

export type CreateApiKeyAnswer = {
  id: string
  name: string
  prefix: string
  permissions: string[]
  createdById: string | null
  expiresAt: Instant | null
  lastUsedAt: Instant | null
  version: number
  createdAt: Instant
  key: string | null
}

export type CreateApiKeyRequest = {
  name: string
  permissions: Permission[]
  expiresAt?: InstantInput | null | undefined
}

export type CreateConnectionRequest = {
  name: string
  provider: "generic" | "asterisk" | "freeswitch" | "aircall" | "jambonz" | "kazoo" | "plivo" | "ringcentral" | "telnyx" | "threecx" | "twilio" | "vonage" | "zadarma" | "signalwire" | "dial9" | "hipcall"
  secret?: string | undefined
  settings?: {
    defaultRegion?: string | undefined
    timeZone?: string | undefined
    maxExtensionDigits?: number | undefined
    recordingBaseUrl?: string | null | undefined
    recordingUser?: string | null | undefined
  } | undefined
}

export type CreateContactRequest = {
  name: string
  email?: string | null | undefined
  phone?: string | null | undefined
  customerId?: string | null | undefined
  position?: string | null | undefined
  customFields?: { [key: string]: string | number | boolean | string[] | null } | undefined
}

export type CreateCurrencyRateRequest = {
  currency: Currency
  rate: string | number
  validFrom?: string | undefined
}

export type CreateCustomFieldRequest = {
  entity: "deal" | "customer" | "contact"
  key: string
  label: string
  type: "text" | "number" | "date" | "boolean" | "select" | "multiselect" | "url"
  options?: string[] | undefined
  required?: boolean | undefined
}

export type CreateCustomerRequest = {
  name: string
  kind?: "PERSON" | "ORGANIZATION" | undefined
  email?: string | null | undefined
  phone?: string | null | undefined
  source?: string | null | undefined
  status?: "LEAD" | "ACTIVE" | "INACTIVE" | "BLOCKED" | undefined
  assignedToId?: string | null | undefined
  tags?: string[] | undefined
  customFields?: { [key: string]: string | number | boolean | string[] | null } | undefined
}

export type CreateDealRequest = {
  title: string
  value?: MoneyInput | undefined
  currency?: Currency | undefined
  pipelineId?: string | undefined
  stage?: string | undefined
  priority?: "LOW" | "MEDIUM" | "HIGH" | "URGENT" | undefined
  leadSource?: "WEB" | "REFERRAL" | "PHONE" | "EMAIL" | "EVENT" | "ADS" | "PARTNER" | "OTHER" | null | undefined
  probability?: number | null | undefined
  expectedCloseDate?: string | null | undefined
  notes?: string | null | undefined
  contactId?: string | null | undefined
  customerId?: string | null | undefined
  assignedToId?: string | null | undefined
  lostReason?: string | null | undefined
  tags?: string[] | undefined
  customFields?: { [key: string]: string | number | boolean | string[] | null } | undefined
}

export type CreateDeductionAnswer = {
  id: string
  workOrderId: string | null
  occurredAt: Instant
  currency: Currency
  lines: ({
    productId: string
    locationId: string
    quantity: number
    cost: Money
    batches: {
      batchId: string
      quantity: number
      unitCost: UnitCost
      cost: Money
    }[]
  })[]
  totalCost: Money
}

export type CreateDeductionRequest = {
  workOrderId?: string | null | undefined
  lines: {
    productId: string
    locationId?: string | null | undefined
    quantity: Quantity
  }[]
}

export type CreateDepartmentRequest = {
  name: string
  parentId?: string | null | undefined
  headId?: string | null | undefined
}

export type CreateExportRequest = {
  format?: "csv" | "ndjson" | undefined
  filters?: {
    q?: string | undefined
    pipelineId?: string | undefined
    stage?: string | undefined
    stageKind?: "OPEN" | "WON" | "LOST" | undefined
    priority?: "LOW" | "MEDIUM" | "HIGH" | "URGENT" | undefined
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
    rotten?: true | "true" | undefined
    tag?: string | undefined
    [key: string]: unknown
  } | undefined
}

export type CreateLineItemRequest = {
  name?: string | undefined
  productId?: string | null | undefined
  quantity?: Quantity | undefined
  oneTimePrice?: MoneyInput | undefined
  monthlyPrice?: MoneyInput | undefined
  discountPercent?: number | undefined
}

export type CreateLocationRequest = {
  key: string
  name: string
  kind?: "WAREHOUSE" | "VEHICLE" | "CUSTOMER" | undefined
}

export type CreatePipelineRequest = {
  name: string
  isDefault?: boolean | undefined
  stages?: {
    key: string
    name: string
    kind?: "OPEN" | "WON" | "LOST" | undefined
    probability: number
    rottenDays?: number | undefined
  }[] | undefined
}

export type CreatePositionRequest = {
  name: string
  departmentId?: string | null | undefined
  defaultRole?: string | undefined
}

export type CreateProductRequest = {
  sku: string
  name: string
  unit?: string | undefined
  category?: string | null | undefined
  salePrice?: MoneyInput | undefined
  currency?: Currency | undefined
  reorderLevel?: 0 | Quantity | null | undefined
  reorderQuantity?: 0 | Quantity | null | undefined
  leadTimeDays?: number | null | undefined
  active?: boolean | undefined
  picking?: "FIFO" | "FEFO" | undefined
  overReceiptPercent?: number | null | undefined
}

export type CreatePurchaseOrderRequest = {
  supplier: string
  currency?: Currency | undefined
  expectedAt?: string | null | undefined
  notes?: string | null | undefined
  items: {
    productId: string
    quantity: Quantity
    unitCost: UnitCostInput
  }[]
}

export type CreateQualityReviewRequest = {
  callId: string
  /** Left out: whoever asks */
  reviewerId?: string | undefined
  score: number
  criteria?: {
    name: string
    score: number
    comment?: string | undefined
  }[] | undefined
  comment?: string | null | undefined
}

export type CreateQueueRequest = {
  key: string
  name: string
  slaThresholdSeconds?: number | undefined
  slaGoalPercent?: number | undefined
  includeAbandoned?: boolean | undefined
  shortAbandonSeconds?: number | undefined
  callbackDueMinutes?: number | undefined
}

export type CreateReservationRequest = {
  lines: {
    productId: string
    locationId?: string | null | undefined
    quantity: Quantity
  }[]
  dealId?: string | null | undefined
  workOrderId?: string | null | undefined
  expiresAt?: InstantInput | null | undefined
}

export type CreateRoleRequest = {
  key: string
  name: string
  permissions: Permission[]
  scope?: "own" | "all" | undefined
}

export type CreateSalesPlanRequest = {
  userId?: string | null | undefined
  teamId?: string | null | undefined
  period?: string | undefined
  periodStart?: string | undefined
  periodEnd?: string | undefined
  targets: ({
    metric: "revenue"
    currency?: Currency | undefined
    value: MoneyInput
  } | {
    metric: "count"
    value: number
  })[]
}

export type CreateStocktakeRequest = {
  locationId?: string | null | undefined
  productIds?: string[] | undefined
  notes?: string | null | undefined
}

export type CreateTransferRequest = {
  lines: {
    productId: string
    fromLocationId?: string | null | undefined
    toLocationId?: string | null | undefined
    quantity: Quantity
    reason?: string | null | undefined
  }[]
}

export type CreateUserRequest = {
  name: string
  email: string
  password?: string | undefined
  role?: string | undefined
  teamId?: string | null | undefined
  departmentId?: string | null | undefined
  positionId?: string | null | undefined
  active?: boolean | undefined
}

export type CreateWorkOrderRequest = {
  title: string
  description?: string | null | undefined
  kind?: "INSTALLATION" | "REPAIR" | "MAINTENANCE" | "JOB" | undefined
  priority?: "LOW" | "MEDIUM" | "HIGH" | "URGENT" | undefined
  customerId?: string | null | undefined
  dealId?: string | null | undefined
  parentId?: string | null | undefined
  address?: string | null | undefined
  scheduledStart?: InstantInput | null | undefined
  scheduledEnd?: InstantInput | null | undefined
  assigneeIds?: string[] | undefined
}

export type Currency = string

export type CurrencyRate = {
  id: string
  currency: Currency
  rate: string
  validFrom: string
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type CustomField = {
  id: string
  entity: "deal" | "customer" | "contact"
  key: string
  label: string
  type: "text" | "number" | "date" | "boolean" | "select" | "multiselect" | "url"
  options: string[]
  required: boolean
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type Customer = {
  id: string
  kind: "PERSON" | "ORGANIZATION"
  name: string
  email: string | null
  phone: string | null
  phoneRaw: string | null
  source: string | null
  status: "LEAD" | "ACTIVE" | "INACTIVE" | "BLOCKED"
  assignedToId: string | null
  assignedToName: string | null
  tags: string[]
  customFields: { [key: string]: string | number | boolean | string[] }
  duplicateOfId: string | null
  createdById: string | null
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type CustomerState = {
  id: string
  kind: "PERSON" | "ORGANIZATION"
  name: string
  email: string | null
  phone: string | null
  phoneRaw: string | null
  source: string | null
  status: "LEAD" | "ACTIVE" | "INACTIVE" | "BLOCKED"
  assignedToId: string | null
  tags: string[]
  customFields?: { [key: string]: string | number | boolean | string[] } | undefined
  duplicateOfId: string | null
  createdById: string | null
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type DeactivatedDevice = {
  id: string
  workOrderId: string
  productId: string | null
  serial: string
  condition: string
  notes: string | null
  createdById: string | null
  createdAt: Instant
}

export type Deal = {
  id: string
  title: string
  value: Money
  currency: Currency
  baseValue: Money
  baseCurrency: Currency
  pipelineId: string
  stage: string
  stageKind: "OPEN" | "WON" | "LOST"
  priority: "LOW" | "MEDIUM" | "HIGH" | "URGENT"
  leadSource: "WEB" | "REFERRAL" | "PHONE" | "EMAIL" | "EVENT" | "ADS" | "PARTNER" | "OTHER" | null
  leadScore: number
  probability: number | null
  effectiveProbability: number
  weightedValue: Money
  expectedCloseDate: string | null
  notes: string | null
  contactId: string | null
  contactName: string | null
  customerId: string | null
  customerName: string | null
  assignedToId: string | null
  assignedToName: string | null
  tags: string[]
  customFields: { [key: string]: string | number | boolean | string[] }
  stageEnteredAt: Instant
  lastActivityAt: Instant | null
  rotten: boolean
  closedAt: Instant | null
  lostReason: string | null
  approvalStatus: "NONE" | "SUBMITTED" | "APPROVED" | "CANCELLED"
  locked: boolean
  createdById: string | null
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type DealBoardAnswer = {
  pipelineId: string
  data: ({
    stage: string
    name: string
    kind: "OPEN" | "WON" | "LOST"
    count: number
    totalValue: Money
    weightedValue: Money
    deals: Deal[]
    page: {
      limit: number
      nextCursor: string | null
    }
  })[]
  currency: Currency
  asOf: Instant
}

export type DealBulkAnswer = {
  results: DealBulkResult[]
  summary: {
    ok: number
    noop: number
    failed: number
  }
}

export type DealBulkResult = {
  id: string
  status: "ok" | "noop" | "not_found" | "forbidden" | "conflict" | "invalid"
  code?: string | undefined
  version?: number | undefined
}

export type DealChange = {
  id: string
  field: "stage" | "value" | "probability" | "expectedCloseDate" | "assignedToId" | "approvalStatus"
  from: string | number | null
  to: string | number | null
  changedById: string | null
  changedByName: string | null
  at: Instant
  secondsInStage: number | null
}

export type DealExport = {
  id: string
  status: "queued" | "running" | "done" | "failed" | "expired"
  format: "csv" | "ndjson"
  filters: { [key: string]: unknown }
  rows: number
  bytes: number | null
  progress: number
  error: string | null
  createdById: string | null
  version: number
  createdAt: Instant
  startedAt: Instant | null
  finishedAt: Instant | null
  expiresAt: Instant | null
}

export type DealImport = {
  id: string
  status: "queued" | "running" | "done" | "failed" | "cancelled" | "reverting" | "reverted"
  entity: "deal" | "contact" | "customer"
  dryRun: boolean
  columns: {
    name: string
    field: string | null
  }[]
  rows: number
  created: number
  duplicates: number
  failed: number
  reverted: number
  kept: number
  bytes: number
  progress: number
  error: string | null
  createdById: string | null
  version: number
  createdAt: Instant
  startedAt: Instant | null
  finishedAt: Instant | null
}

export type DealState = {
  id: string
  title: string
  value: Money
  currency: Currency
  baseValue: Money
  baseCurrency: Currency
  pipelineId: string
  stage: string
  stageKind: "OPEN" | "WON" | "LOST"
  priority: "LOW" | "MEDIUM" | "HIGH" | "URGENT"
  leadSource: "WEB" | "REFERRAL" | "PHONE" | "EMAIL" | "EVENT" | "ADS" | "PARTNER" | "OTHER" | null
  leadScore: number
  probability: number | null
  effectiveProbability: number
  weightedValue: Money
  expectedCloseDate: string | null
  contactId: string | null
  customerId: string | null
  assignedToId: string | null
  tags: string[]
  customFields?: { [key: string]: string | number | boolean | string[] } | undefined
  stageEnteredAt: Instant
  closedAt: Instant | null
  lostReason: string | null
  approvalStatus: "NONE" | "SUBMITTED" | "APPROVED" | "CANCELLED"
  locked: boolean
  createdById: string | null
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type DealsActivityCreatedData = {
  activity: {
    id: string
    dealId: string
    kind: "NOTE" | "CALL" | "MEETING" | "TASK" | "REMINDER" | "APPOINTMENT"
    subject: string
    dueAt: Instant | null
    doneAt: Instant | null
    startsAt: Instant | null
    endsAt: Instant | null
    assignedToId: string | null
    callId: string | null
    createdById: string | null
    version: number
    createdAt: Instant
    updatedAt: Instant
  }
  customerId?: string | null | undefined
}

export type DealsContactCreatedData = {
  contact: ContactState
}

export type DealsContactMergedData = {
  contact: ContactState
  intoId: string
}

export type DealsContactUpdatedData = {
  contact: ContactState
  before: { [key: string]: unknown }
  after: { [key: string]: unknown }
}

export type DealsCustomFieldCreatedData = {
  customField: {
    id: string
    entity: "deal" | "customer" | "contact"
    key: string
    label: string
    type: "text" | "number" | "date" | "boolean" | "select" | "multiselect" | "url"
    options: string[]
    required: boolean
    version: number
    createdAt: Instant
    updatedAt: Instant
  }
}

export type DealsCustomFieldUpdatedData = {
  customField: {
    id: string
    entity: "deal" | "customer" | "contact"
    key: string
    label: string
    type: "text" | "number" | "date" | "boolean" | "select" | "multiselect" | "url"
    options: string[]
    required: boolean
    version: number
    createdAt: Instant
    updatedAt: Instant
  }
  before: { [key: string]: unknown }
  after: { [key: string]: unknown }
}

export type DealsCustomerCreatedData = {
  customer: CustomerState
}

export type DealsCustomerMergedData = {
  customer: CustomerState
  intoId: string
}

export type DealsCustomerUpdatedData = {
  customer: CustomerState
  before: { [key: string]: unknown }
  after: { [key: string]: unknown }
}

export type DealsDealCreatedData = {
  deal: DealState
}

export type DealsDealUpdatedData = {
  deal: DealState
  before: { [key: string]: unknown }
  after: { [key: string]: unknown }
}

export type DealsDealWonData = {
  deal: DealState
  lineItems?: {
    id: string
    name: string
    productId: string | null
    quantity: number
    oneTimePrice: Money
    monthlyPrice: Money
    discountPercent: number
  }[] | undefined
}

export type DealsExportCompletedData = {
  export: {
    id: string
    status: "queued" | "running" | "done" | "failed" | "expired"
    format: "csv" | "ndjson"
    rows: number
    bytes: number | null
    progress: number
    error: string | null
    createdById: string | null
    version: number
    createdAt: Instant
    startedAt: Instant | null
    finishedAt: Instant | null
    expiresAt: Instant | null
  }
}

export type DealsImportCompletedData = {
  import: {
    id: string
    status: "queued" | "running" | "done" | "failed" | "cancelled" | "reverting" | "reverted"
    entity: "deal" | "contact" | "customer"
    dryRun: boolean
    rows: number
    created: number
    duplicates: number
    failed: number
    reverted: number
    kept: number
    bytes: number
    progress: number
    error: string | null
    createdById: string | null
    version: number
    createdAt: Instant
    startedAt: Instant | null
    finishedAt: Instant | null
  }
}

export type DealsLeadScoreUpdatedData = {
  weights: {
    value: number
    stage: number
    priority: number
    leadSource: number
    version: number
    updatedAt: Instant | null
  }
  before: { [key: string]: unknown }
  after: { [key: string]: unknown }
}

export type DealsLineItemCreatedData = {
  lineItem: {
    id: string
    dealId: string
    name: string
    productId: string | null
    quantity: number
    oneTimePrice: Money
    monthlyPrice: Money
    discountPercent: number
    oneTimeTotal: Money
    monthlyTotal: Money
    position: number
    createdById: string | null
    version: number
    createdAt: Instant
    updatedAt: Instant
  }
}

export type DealsLineItemUpdatedData = {
  lineItem: {
    id: string
    dealId: string
    name: string
    productId: string | null
    quantity: number
    oneTimePrice: Money
    monthlyPrice: Money
    discountPercent: number
    oneTimeTotal: Money
    monthlyTotal: Money
    position: number
    createdById: string | null
    version: number
    createdAt: Instant
    updatedAt: Instant
  }
  before: { [key: string]: unknown }
  after: { [key: string]: unknown }
}

export type DealsPipelineCreatedData = {
  pipeline: {
    id: string
    name: string
    isDefault: boolean
    stages: Stage[]
    version: number
    createdAt: Instant
    updatedAt: Instant
  }
}

export type DealsPlanCreatedData = {
  plan: {
    id: string
    userId: string | null
    teamId: string | null
    period: string
    periodStart: string
    periodEnd: string
    targets: {
      metric: "revenue" | "count"
      currency: Currency | null
      value: Money | number
    }[]
    createdById: string | null
    version: number
    createdAt: Instant
    updatedAt: Instant
  }
}

export type Department = {
  id: string
  name: string
  parentId: string | null
  headId: string | null
  headName: string | null
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type DepartmentTreeAnswer = {
  data: {
    id: string
    name: string
    parentId: string | null
    headId: string | null
    headName: string | null
    depth: number
    users: number
  }[]
}

export type Envelope = {
  specversion: "1.0"
  id: string
  source: string
  type: string
  subject: string
  time: string
  datacontenttype: "application/json"
  dataschema: string
  companyid: string
  actorid?: string | null | undefined
  correlationid: string
  causationid?: string | null | undefined
  traceparent?: string | null | undefined
  sequence: number
  aggregateversion: number
  data: { [key: string]: unknown }
}

export type GetCallOverviewAnswer = {
  total: number
  inbound: number
  outbound: number
  answered: number
  missed: number
  abandoned: number
  shortAbandoned: number
  answerRate: number | null
  abandonRate: number | null
  serviceLevel: {
    percent: number | null
    thresholdSeconds: number
    formula: string
  }
  asaSeconds: number | null
  ahtSeconds: number | null
  wait: {
    p50: number | null
    p90: number | null
    p95: number | null
  }
  talk: {
    p50: number | null
    p95: number | null
  }
  percentiles: {
    method: "exact" | "histogram"
    maxRelativeError: number
  }
  byHour: {
    hour: number
    total: number
    answered: number
    abandoned: number
    missed: number
  }[]
  series: {
    start: string | Instant
    total: number
    answered: number
    missed: number
    abandoned: number
  }[]
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type GetCustomerProfileAnswer = {
  customerId: string
  name: string
  firstSeenAt: Instant | null
  lastSeenAt: Instant | null
  openDeals: number
  openValue: Money
  openWorkOrders: number
  lifetimeRevenue: Money
  last180Days: {
    dealsWon: number
    dealsLost: number
    revenue: Money
    calls: number
    callsAnswered: number
    talkSeconds: number
    workOrdersApproved: number
    activitiesDone: number
  }
  currency: string
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type GetDashboardAnswer = {
  deals: {
    open: number
    created: number
    won: number
    lost: number
    winRate: number | null
    revenue: Money
    currency: string
    wonInOtherCurrency: number
    avgCycleDays: number | null
  }
  telephony: {
    total: number
    inbound: number
    outbound: number
    answered: number
    missed: number
    abandoned: number
    shortAbandoned: number
    answerRate: number | null
    abandonRate: number | null
    serviceLevel: {
      percent: number | null
      thresholdSeconds: number
      formula: string
    }
    asaSeconds: number | null
    ahtSeconds: number | null
    wait: {
      p50: number | null
      p90: number | null
      p95: number | null
    }
    talk: {
      p50: number | null
      p95: number | null
    }
    percentiles: {
      method: "exact" | "histogram"
      maxRelativeError: number
    }
    byHour: {
      hour: number
      total: number
      answered: number
      abandoned: number
      missed: number
    }[]
    series: {
      start: string | Instant
      total: number
      answered: number
      missed: number
      abandoned: number
    }[]
  }
  inventory: {
    value: Money
    currency: string
    lowStock: number
  }
  workOrders: {
    open: number
    approved: number
  }
  activities: {
    created: number
    done: number
    overdue: number
  }
  topServices: {
    service: string
    approved: number
  }[]
  revenueByMonth: {
    start: string
    revenue: Money
    count: number
  }[]
  previous: {
    from: Instant
    to: Instant
    deals: {
      created: number
      won: number
      lost: number
      winRate: number | null
      revenue: Money
      currency: string
      wonInOtherCurrency: number
      avgCycleDays: number | null
    }
    telephony: CallTotalsFigures
    workOrders: {
      approved: number
    }
    activities: {
      created: number
      done: number
    }
  }
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type GetForecastAnswer = {
  months: {
    month: string
    weightedOpen: Money
    won: Money
    total: Money
  }[]
  overdueOpen: Money
  undatedOpen: Money
  currency: string
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type GetForecastHistoryAnswer = {
  snapshots: ({
    takenOn: string
    currency: string
    months: {
      month: string
      opening: Money
      new: string
      won: string
      lost: string
      pulledIn: string
      pushedOut: string
      valueChanged: string
      closing: Money
    }[]
    total: {
      opening: Money
      new: string
      won: string
      lost: string
      pulledIn: string
      pushedOut: string
      valueChanged: string
      closing: Money
    }
  })[]
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type GetFunnelAnswer = {
  stages: {
    stage: string
    reached: number
    conversionFromPrevious: number | null
    conversionFromFirst: number | null
  }[]
  cohort: "created" | "closed"
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type GetInventoryFiguresAnswer = {
  consumptionCost: string
  averageValue: string | null
  turnover: number | null
  topConsumed: {
    productId: string
    name: string | null
    quantity: number
    cost: string
  }[]
  value: {
    date: string
    value: string
  }[]
  currency: string
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type GetLeaderboardPage = {
  data: {
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
  }[]
  page: PageInfo
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type GetRecordingAnswer = string

export type GetRevenueAnswer = {
  series: {
    start: string
    revenue: Money
    count: number
  }[]
  currency: string
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type GetSourcesAnswer = {
  sources: {
    source: string | null
    created: number
    open: number
    won: number
    lost: number
    conversionRate: number | null
    winRate: number | null
    revenue: Money
  }[]
  currency: string
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type GetStockValueAnswer = {
  total: Money
  currency: Currency
  byCategory: {
    category: string | null
    value: Money
  }[]
  byLocation: {
    locationId: string
    key: string
    name: string
    value: Money
  }[]
}

export type GetVelocityAnswer = {
  closed: number
  won: number
  winRate: number | null
  winRateByValue: number | null
  avgWonValue: Money | null
  avgCycleDays: number | null
  revenuePerDay: Money | null
  stages: {
    stage: string
    left: number
    avgDays: number
  }[]
  currency: string
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type IdentityApiKeyCreatedData = {
  apiKeyId: string
  name: string
  prefix: string
  permissions: string[]
  expiresAt: string | null
}

export type IdentityApiKeyRevokedData = {
  apiKeyId: string
  name: string
  prefix: string
  permissions: string[]
  expiresAt: string | null
}

export type IdentityCompanyCreatedData = {
  name: string
  currency: string
  timeZone: string
  defaultRegion: string
  searchLanguage: string
}

export type IdentityCompanyUpdatedData = {
  name: string
  currency: string
  timeZone: string
  defaultRegion: string
  searchLanguage: string
  before: { [key: string]: unknown }
  after: { [key: string]: unknown }
}

export type IdentityDepartmentCreatedData = {
  departmentId: string
  name: string
  parentId: string | null
  headId: string | null
}

export type IdentityDepartmentDeletedData = {
  departmentId: string
  name: string
  parentId: string | null
  headId: string | null
}

export type IdentityDepartmentUpdatedData = {
  departmentId: string
  name: string
  parentId: string | null
  headId: string | null
  before: { [key: string]: unknown }
  after: { [key: string]: unknown }
}

export type IdentityPositionCreatedData = {
  positionId: string
  name: string
  departmentId: string | null
  defaultRole: string
}

export type IdentityPositionDeletedData = {
  positionId: string
  name: string
  departmentId: string | null
  defaultRole: string
}

export type IdentityPositionUpdatedData = {
  positionId: string
  name: string
  departmentId: string | null
  defaultRole: string
  before: { [key: string]: unknown }
  after: { [key: string]: unknown }
}

export type IdentityRoleCreatedData = {
  roleId: string
  key: string
  name: string
  permissions: string[]
  scope: "own" | "all"
}

export type IdentityRoleDeletedData = {
  roleId: string
  key: string
  name: string
  permissions: string[]
  scope: "own" | "all"
}

export type IdentityRoleUpdatedData = {
  roleId: string
  key: string
  name: string
  permissions: string[]
  scope: "own" | "all"
  before: { [key: string]: unknown }
  after: { [key: string]: unknown }
}

export type IdentitySessionCreatedData = {
  userId: string
  sessionId: string
  method: "password" | "registration"
  address: string
  userAgent: string | null
}

export type IdentitySessionRefusedData = {
  userId: string
  reason: "wrong_password" | "deactivated"
  address: string
  userAgent: string | null
}

export type IdentitySessionRevokedData = {
  userId: string
  sessionIds: string[]
  reason: "logout" | "refresh_reused" | "password_changed" | "deactivated"
  address?: string | undefined
  userAgent?: string | null | undefined
}

export type IdentityUserCreatedData = {
  userId: string
  name: string
  email: string
  role: string
  active: boolean
  teamId: string | null
}

export type IdentityUserDeactivatedData = {
  userId: string
  name: string
}

export type IdentityUserUpdatedData = {
  userId: string
  name: string
  email: string
  role: string
  active: boolean
  teamId: string | null
  before: { [key: string]: unknown }
  after: { [key: string]: unknown }
}

export type ImportError = {
  id: string
  row: number
  field: string | null
  code: string
  message: string
}

export type Instant = string

export type InstantInput = string

export type InventoryInvariantViolatedData = {
  checkedAt: Instant
  invariants: {
    name: "ledger_quantity" | "layer_quantity" | "layer_value" | "ledger_value" | "reserved_quantity"
    checked: number
    violations: number
  }[]
}

export type InventoryProductCreatedData = {
  product: ProductState
}

export type InventoryProductUpdatedData = {
  product: ProductState
  before: { [key: string]: unknown }
  after: { [key: string]: unknown }
}

export type InventoryPurchaseOrderCreatedData = {
  purchaseOrder: {
    id: string
    number: string
    supplier: string
    status: "DRAFT" | "SUBMITTED" | "PARTIALLY_RECEIVED" | "RECEIVED" | "CLOSED" | "CANCELLED"
    currency: Currency
    items: {
      id: string
      productId: string
      sku: string
      productName: string
      quantity: number
      unitCost: UnitCost
      receivedQuantity: number
    }[]
    notes: string | null
    expectedAt: Instant | null
    total: Money
    version: number
    createdAt: Instant
    updatedAt: Instant
    createdById: string | null
  }
}

export type InventoryPurchaseOrderReceivedData = {
  purchaseOrder: {
    id: string
    number: string
    supplier: string
    status: "DRAFT" | "SUBMITTED" | "PARTIALLY_RECEIVED" | "RECEIVED" | "CLOSED" | "CANCELLED"
    currency: Currency
    items: {
      id: string
      productId: string
      sku: string
      productName: string
      quantity: number
      unitCost: UnitCost
      receivedQuantity: number
    }[]
    notes: string | null
    expectedAt: Instant | null
    total: Money
    version: number
    createdAt: Instant
    updatedAt: Instant
    createdById: string | null
  }
  postingId: string
}

export type InventoryPurchaseOrderUpdatedData = {
  purchaseOrder: {
    id: string
    number: string
    supplier: string
    status: "DRAFT" | "SUBMITTED" | "PARTIALLY_RECEIVED" | "RECEIVED" | "CLOSED" | "CANCELLED"
    currency: Currency
    items: {
      id: string
      productId: string
      sku: string
      productName: string
      quantity: number
      unitCost: UnitCost
      receivedQuantity: number
    }[]
    notes: string | null
    expectedAt: Instant | null
    total: Money
    version: number
    createdAt: Instant
    updatedAt: Instant
    createdById: string | null
  }
  before: { [key: string]: unknown }
  after: { [key: string]: unknown }
}

export type InventorySettings = {
  overReceiptPercent: number
  wonDealDraftsWorkOrder: boolean
  version: number
}

export type InventoryStockLowData = {
  productId: string
  sku: string
  productName: string
  available: number
  reorderLevel: number
  reorderQuantity: number | null
}

export type InventoryStockReceivedData = {
  postingId: string
  workOrderId: string | null
  purchaseOrderId: string | null
  occurredAt: Instant
  currency: Currency
  lines: ({
    productId: string
    sku: string
    productName: string
    category: string | null
    locationId: string
    quantity: number
    value: string
    seq: number
    before: {
      onHand: number
      reserved: number
      value: Money
    }
    after: {
      onHand: number
      reserved: number
      value: Money
    }
  })[]
  totalValue: string
}

export type InventoryStockReservedData = {
  reservationId: string
  dealId: string | null
  workOrderId: string | null
  status: "OPEN" | "CONSUMED" | "RELEASED" | "EXPIRED"
  lines: ({
    productId: string
    sku: string
    productName: string
    locationId: string
    quantity: number
    before: {
      onHand: number
      reserved: number
      value: Money
    }
    after: {
      onHand: number
      reserved: number
      value: Money
    }
  })[]
}

export type InventoryWorkOrderCreatedData = {
  workOrder: {
    id: string
    number: string
    title: string
    description: string | null
    kind: "INSTALLATION" | "REPAIR" | "MAINTENANCE" | "JOB"
    status: "DRAFT" | "SCHEDULED" | "IN_PROGRESS" | "SUBMITTED" | "APPROVED" | "CANCELLED"
    priority: "LOW" | "MEDIUM" | "HIGH" | "URGENT"
    customerId: string | null
    dealId: string | null
    parentId: string | null
    address: string | null
    scheduledStart: Instant | null
    scheduledEnd: Instant | null
    assigneeIds: string[]
    materialCost: Money
    startedAt: Instant | null
    submittedAt: Instant | null
    approvedAt: Instant | null
    approvedById: string | null
    cancelledAt: Instant | null
    version: number
    createdAt: Instant
    updatedAt: Instant
    createdById: string | null
    products: {
      productId: string
      sku: string
      productName: string
      locationId: string
      quantity: number
      reserved: number
      used: number
      returned: number
      cost: Money
    }[]
  }
}

export type InventoryWorkOrderDeletedData = {
  workOrder: {
    id: string
    number: string
    version: number
  }
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

export type JwksAnswer = {
  keys: {
    kty: "OKP"
    crv: "Ed25519"
    kid: string
    x: string
    alg: "EdDSA"
    use: "sig"
    [key: string]: unknown
  }[]
}

export type LeadScoreWeights = {
  value: number
  stage: number
  priority: number
  leadSource: number
  rescoring: boolean
  version: number
  updatedAt: Instant | null
}

export type LineItem = {
  id: string
  dealId: string
  name: string
  productId: string | null
  quantity: number
  oneTimePrice: Money
  monthlyPrice: Money
  discountPercent: number
  oneTimeTotal: Money
  monthlyTotal: Money
  position: number
  createdById: string | null
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type LineItemTotals = {
  count: number
  oneTime: Money
  monthly: Money
  total: Money
  currency: Currency
}

export type ListActivitiesBehindPage = {
  data: {
    activityId: string
    at: Instant
    kind: string
    dealId: string
    customerId: string | null
    assignedToId: string | null
  }[]
  page: PageInfo
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type ListActivitiesPage = {
  data: Activity[]
  page: PageInfo
}

export type ListAgentFiguresPage = {
  data: AgentFigures[]
  page: PageInfo
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type ListAgentSnapshotsPage = {
  data: AgentSnapshot[]
  page: PageInfo
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type ListAgentsPage = {
  data: Agent[]
  page: PageInfo
}

export type ListApiKeysPage = {
  data: ApiKey[]
  page: PageInfo
}

export type ListAuditLogPage = {
  data: AuditEntry[]
  page: PageInfo
}

export type ListBatchesPage = {
  data: Batch[]
  page: PageInfo
}

export type ListCallbacksPage = {
  data: Callback[]
  page: PageInfo
}

export type ListCallsBehindPage = {
  data: {
    callId: string
    at: Instant
    direction: string
    status: string
    queue: string | null
    agentId: string | null
    customerId: string | null
    waitSeconds: number
    talkSeconds: number
  }[]
  page: PageInfo
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type ListCallsPage = {
  data: Call[]
  page: PageInfo
}

export type ListConnectionsPage = {
  data: Connection[]
  page: PageInfo
}

export type ListContactsPage = {
  data: Contact[]
  page: PageInfo
}

export type ListCurrencyRatesPage = {
  data: CurrencyRate[]
  page: PageInfo
}

export type ListCustomFieldsPage = {
  data: CustomField[]
  page: PageInfo
}

export type ListCustomerTimelinePage = {
  data: TimelineEntry[]
  page: PageInfo
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type ListCustomersPage = {
  data: Customer[]
  page: PageInfo
}

export type ListDeactivatedDevicesPage = {
  data: DeactivatedDevice[]
  page: PageInfo
}

export type ListDealActivitiesPage = {
  data: Activity[]
  page: PageInfo
}

export type ListDealHistoryPage = {
  data: DealChange[]
  page: PageInfo
}

export type ListDealsBehindPage = {
  data: {
    dealId: string
    at: Instant
    stage: string
    stageKind: string
    value: Money
    currency: string
    source: string | null
    ownerId: string | null
    customerId: string | null
  }[]
  page: PageInfo
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type ListDealsPage = {
  data: Deal[]
  page: PageInfo
}

export type ListDepartmentsPage = {
  data: Department[]
  page: PageInfo
}

export type ListExportsPage = {
  data: DealExport[]
  page: PageInfo
}

export type ListImportErrorsPage = {
  data: ImportError[]
  page: PageInfo
}

export type ListImportsPage = {
  data: DealImport[]
  page: PageInfo
}

export type ListLineItemsPage = {
  data: LineItem[]
  page: PageInfo
  totals: LineItemTotals
}

export type ListLiveCallsPage = {
  data: Call[]
  page: PageInfo
}

export type ListLocationsPage = {
  data: Location[]
  page: PageInfo
}

export type ListMarginsPage = {
  data: {
    dealId: string
    closedAt: Instant
    revenue: Money
    cost: string
    margin: string
    marginRate: number | null
    currency: string
  }[]
  page: PageInfo
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type ListPipelinesPage = {
  data: Pipeline[]
  page: PageInfo
}

export type ListPositionsPage = {
  data: Position[]
  page: PageInfo
}

export type ListProductsPage = {
  data: Product[]
  page: PageInfo
}

export type ListPurchaseAmendmentsPage = {
  data: PurchaseAmendment[]
  page: PageInfo
}

export type ListPurchaseOrdersPage = {
  data: PurchaseOrder[]
  page: PageInfo
}

export type ListPurchaseReceiptsPage = {
  data: PurchaseReceipt[]
  page: PageInfo
}

export type ListQualityReviewsPage = {
  data: QualityReview[]
  page: PageInfo
}

export type ListQueueFiguresPage = {
  data: QueueFigures[]
  page: PageInfo
  percentiles: {
    method: "exact" | "histogram"
    maxRelativeError: number
  }
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type ListQueuesPage = {
  data: Queue[]
  page: PageInfo
}

export type ListReorderSuggestionsPage = {
  data: ReorderSuggestion[]
  page: PageInfo
}

export type ListReservationsPage = {
  data: Reservation[]
  page: PageInfo
}

export type ListRolesPage = {
  data: Role[]
  page: PageInfo
}

export type ListSalesPlansPage = {
  data: SalesPlan[]
  page: PageInfo
}

export type ListStockPage = {
  data: StockLevel[]
  page: PageInfo
}

export type ListStocktakesPage = {
  data: Stocktake[]
  page: PageInfo
}

export type ListTelephonyDeadLettersPage = {
  data: TelephonyDeadLetter[]
  page: PageInfo
}

export type ListTransactionsPage = {
  data: StockTransaction[]
  page: PageInfo
}

export type ListUsersPage = {
  data: User[]
  page: PageInfo
}

export type ListWorkOrderActivityPage = {
  data: WorkOrderActivity[]
  page: PageInfo
}

export type ListWorkOrdersBehindPage = {
  data: {
    workOrderId: string
    at: Instant
    kind: string
    status: string
    dealId: string | null
    customerId: string | null
  }[]
  page: PageInfo
  meta: {
    asOf: Instant
    lagMs: number
  }
}

export type ListWorkOrdersPage = {
  data: WorkOrder[]
  page: PageInfo
}

export type LiveCallState = {
  id: string
  externalId: string
  connectionId: string
  direction: CallDirection
  status: CallStatus
  from: string | null
  to: string | null
  phone: string | null
  contactId: string | null
  customerId: string | null
  contactName: string | null
  queue: string | null
  agentId: string | null
  startedAt: Instant
  answeredAt: Instant | null
  endedAt: Instant | null
  ringSeconds: number
  waitSeconds: number
  talkSeconds: number
  holdSeconds: number
  wrapUpSeconds: number
  durationSeconds: number | null
  hangupCause: string | null
  hasRecording: boolean
  flags: string[]
}

export type LiveCallStatus = "RINGING" | "QUEUED" | "ACTIVE" | "HELD"

export type Location = {
  id: string
  key: string
  name: string
  kind: "WAREHOUSE" | "VEHICLE" | "CUSTOMER"
  isDefault: boolean
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type LoginRequest = {
  email: string
  password: string
}

export type LogoutRequest = {
  refreshToken?: string | undefined
}

export type LookupAnswer = {
  phone: string | null
  contact: {
    id: string
    name: string
  } | null
  customer: {
    id: string
    name: string | null
  } | null
  candidates: {
    kind: "contact" | "customer"
    id: string
    name: string
    customerId: string | null
    phone: string
    match: "exact" | "suffix"
  }[]
  openDeals: {
    id: string
    title: string | null
    status: string | null
    [key: string]: unknown
  }[]
  openWorkOrders: {
    id: string
    title: string | null
    status: string | null
    [key: string]: unknown
  }[]
  lastCalls: {
    id: string
    direction: CallDirection
    status: CallStatus
    startedAt: Instant
    talkSeconds: number
    agentName: string | null
  }[]
}

export type MeAnswer = {
  user: {
    id: string
    name: string
    email: string
    role: string
    permissions: string[]
  }
  company: {
    id: string
    name: string
    currency: string
    timeZone: string
    defaultRegion: string
    searchLanguage: SearchLanguage
  }
}

export type MergeContactRequest = {
  intoId: string
}

export type MergeCustomerRequest = {
  intoId: string
}

export type Money = string

export type MoneyInput = string | number

export type MyDealsAnswer = {
  open: number
  won: number
  lost: number
  overdue: number
  openValue: Money
  wonValueThisMonth: Money
  winRate: number | null
  currency: Currency
  asOf: Instant
}

export type PageInfo = {
  limit: number
  nextCursor: string | null
  total?: number | undefined
}

export type Permission = "customer:read" | "customer:create" | "customer:update" | "customer:delete" | "contact:read" | "contact:create" | "contact:update" | "contact:delete" | "deal:read" | "deal:create" | "deal:update" | "deal:delete" | "deal:approve" | "deal:export" | "deal:import" | "pipeline:manage" | "plan:read" | "plan:create" | "plan:update" | "plan:delete" | "plan:manage" | "product:read" | "product:create" | "product:update" | "product:delete" | "product:manage" | "inventory:read" | "inventory:adjust" | "inventory:reserve" | "inventory:consume" | "purchase:read" | "purchase:create" | "purchase:update" | "purchase:delete" | "purchase:manage" | "purchase:receive" | "workorder:read" | "workorder:create" | "workorder:update" | "workorder:delete" | "workorder:approve" | "telephony:read" | "telephony:manage" | "telephony:ingest" | "telephony:callback" | "quality:read" | "quality:create" | "quality:update" | "quality:delete" | "analytics:read" | "analytics:manage" | "user:read" | "user:manage" | "company:manage" | "audit:read"

export type Pipeline = {
  id: string
  name: string
  isDefault: boolean
  stages: Stage[]
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type PipelineStatsAnswer = {
  data: {
    stage: string
    name: string
    kind: "OPEN" | "WON" | "LOST"
    count: number
    totalValue: Money
    weightedValue: Money
    avgLeadScore: number | null
  }[]
  currency: Currency
  asOf: Instant
}

export type PlanProgressAnswer = {
  period: string
  periodStart: string
  periodEnd: string
  currency: Currency
  asOf: Instant
  userId: string | null
  teamId: string | null
  planId: string | null
  targets: {
    metric: "revenue" | "count"
    currency: Currency | null
    target: Money | number | null
    actual: Money | number
    percent: number | null
    pace: number | null
  }[]
}

export type Position = {
  id: string
  name: string
  departmentId: string | null
  defaultRole: string
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  code: string
  requestId: string
  errors?: {
    message: string
    path?: string | undefined
    [key: string]: unknown
  }[] | undefined
  [key: string]: unknown
}

export type Product = {
  id: string
  sku: string
  name: string
  unit: string
  category: string | null
  salePrice: Money
  currency: Currency
  reorderLevel: number | null
  reorderQuantity: number | null
  leadTimeDays: number | null
  active: boolean
  picking: "FIFO" | "FEFO"
  overReceiptPercent: number | null
  onHand: number
  reserved: number
  available: number
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type ProductState = {
  id: string
  sku: string
  name: string
  unit: string
  category: string | null
  salePrice: Money
  currency: Currency
  reorderLevel: number | null
  reorderQuantity: number | null
  leadTimeDays: number | null
  active: boolean
  picking?: "FIFO" | "FEFO" | undefined
  overReceiptPercent?: number | null | undefined
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type PurchaseAmendment = {
  id: string
  before: { [key: string]: unknown }
  after: { [key: string]: unknown }
  actorId: string | null
  actorName: string | null
  occurredAt: Instant
}

export type PurchaseOrder = {
  id: string
  number: string
  supplier: string
  status: "DRAFT" | "SUBMITTED" | "PARTIALLY_RECEIVED" | "RECEIVED" | "CLOSED" | "CANCELLED"
  currency: Currency
  items: {
    id: string
    productId: string
    sku: string
    productName: string
    quantity: number
    unitCost: UnitCost
    receivedQuantity: number
  }[]
  notes: string | null
  expectedAt: Instant | null
  total: Money
  version: number
  createdAt: Instant
  updatedAt: Instant
  createdById: string | null
}

export type PurchaseReceipt = {
  id: string
  purchaseOrderId: string
  actorId: string | null
  actorName: string | null
  occurredAt: Instant
  lines: {
    batchId: string
    productId: string
    locationId: string
    quantity: number
    unitCost: UnitCost
    value: Money
    lotCode: string | null
    expiresAt: Instant | null
  }[]
  totalValue: Money
}

export type QualityReview = {
  id: string
  callId: string
  reviewerId: string
  score: number
  criteria: {
    name: string
    score: number
    [key: string]: unknown
  }[]
  comment: string | null
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type Quantity = number

export type Queue = {
  id: string
  key: string
  name: string
  slaThresholdSeconds: number
  slaGoalPercent: number
  includeAbandoned: boolean
  shortAbandonSeconds: number
  callbackDueMinutes: number
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type QueueFigures = {
  queue: string
  entered: number
  answered: number
  abandoned: number
  serviceLevel: {
    percent: number | null
    thresholdSeconds: number
    formula: string
  }
  asaSeconds: number | null
  wait: {
    p50: number | null
    p90: number | null
    p95: number | null
  }
}

export type QueueVisit = {
  queue: string
  entry: number
  enteredAt: Instant
  leftAt: Instant | null
  outcome: "answered" | "abandoned" | "left" | null
  reason: string | null
  agentId: string | null
  agent: string | null
  extension: string | null
  waitSeconds: number
}

export type Rebuild = {
  id: string
  status: "queued" | "running" | "done" | "failed"
  dryRun: boolean
  events: number | null
  rows: number | null
  differences: ({
    table: string
    month: string
    live: {
      rows: number
      checksum: string
    }
    rebuilt: {
      rows: number
      checksum: string
    }
  })[] | null
  swapped: boolean
  error: string | null
  createdAt: Instant
  startedAt: Instant | null
  finishedAt: Instant | null
}

export type ReceivePurchaseOrderRequest = {
  lines: {
    itemId: string
    quantity: Quantity
    locationId?: string | null | undefined
    lotCode?: string | null | undefined
    expiresAt?: string | null | undefined
    unitCost?: UnitCostInput | null | undefined
  }[]
}

export type RefreshRequest = {
  refreshToken: string
}

export type RegisterRequest = {
  companyName: string
  name: string
  email: string
  password: string
  currency?: Currency | undefined
  timeZone?: string | undefined
  defaultRegion?: string | undefined
}

export type ReorderSuggestion = {
  id: string
  productId: string
  sku: string
  name: string
  onHand: number
  reserved: number
  onOrder: number
  projected: SignedQuantity | 0
  reorderLevel: number
  suggestedQuantity: number
  leadTimeDays: number | null
}

export type ReplaceStagesRequest = {
  stages: {
    key: string
    name: string
    kind?: "OPEN" | "WON" | "LOST" | undefined
    probability: number
    rottenDays?: number | undefined
  }[]
  moveTo?: string | undefined
}

export type Reservation = {
  id: string
  status: "OPEN" | "CONSUMED" | "RELEASED" | "EXPIRED"
  dealId: string | null
  workOrderId: string | null
  expiresAt: Instant | null
  lines: {
    productId: string
    sku: string
    productName: string
    locationId: string
    quantity: number
    openQuantity: number
  }[]
  version: number
  createdAt: Instant
  updatedAt: Instant
  createdById: string | null
}

export type ReturnWorkOrderRequest = {
  lines: {
    productId: string
    quantity: Quantity
    reason?: string | null | undefined
  }[]
}

export type Role = {
  id: string
  key: string
  name: string
  permissions: string[]
  scope: "own" | "all"
  builtIn: boolean
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type RotateConnectionSecretRequest = {
  secret?: string | undefined
  graceSeconds?: number | undefined
}

export type SalesPlan = {
  id: string
  userId: string | null
  userName: string | null
  teamId: string | null
  teamName: string | null
  period: string
  periodStart: string
  periodEnd: string
  targets: {
    metric: "revenue" | "count"
    currency: Currency | null
    value: Money | number
  }[]
  createdById: string | null
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type SearchLanguage = "simple" | "arabic" | "armenian" | "danish" | "dutch" | "english" | "finnish" | "french" | "german" | "greek" | "hindi" | "hungarian" | "italian" | "norwegian" | "portuguese" | "romanian" | "russian" | "spanish" | "swedish" | "turkish"

export type SetLeadScoreWeightsRequest = {
  value: number
  stage: number
  priority: number
  leadSource: number
}

export type SignedIn = {
  accessToken: string
  tokenType: "Bearer"
  expiresIn: number
  refreshToken: string
  user: {
    id: string
    name: string
    email: string
    role: string
    permissions: string[]
  }
  company: {
    id: string
    name: string
    currency: string
    timeZone: string
    defaultRegion: string
    searchLanguage: SearchLanguage
  }
}

export type SignedQuantity = number

export type Stage = {
  key: string
  name: string
  kind: "OPEN" | "WON" | "LOST"
  probability: number
  rottenDays: number
  position: number
}

export type StartRebuildRequest = {
  dryRun?: boolean | undefined
  force?: boolean | undefined
}

export type StockChange = {
  id: string
  occurredAt: Instant
  currency: Currency
  lines: {
    productId: string
    locationId: string
    quantity: number
    value: string
    onHandAfter: number
    valueAfter: Money
  }[]
  totalValue: string
}

export type StockLevel = {
  id: string
  productId: string
  sku: string
  productName: string
  locationId: string
  locationKey: string
  onHand: number
  reserved: number | null
  available: number | null
  value: Money
}

export type StockTransaction = {
  id: string
  seq: number
  kind: "RECEIPT" | "CONSUMPTION" | "RETURN" | "ADJUSTMENT" | "TRANSFER" | "SCRAP"
  productId: string
  locationId: string
  batchId: string
  quantity: number
  unitCost: UnitCost
  value: string
  onHandAfter: number
  valueAfter: Money
  postingId: string
  workOrderId: string | null
  purchaseOrderId: string | null
  reason: string | null
  actorId: string | null
  occurredAt: Instant
}

export type Stocktake = {
  id: string
  locationId: string
  status: "OPEN" | "POSTED"
  notes: string | null
  lineCount: number
  countedCount: number
  postingId: string | null
  postedAt: Instant | null
  version: number
  createdAt: Instant
  updatedAt: Instant
  createdById: string | null
}

export type StocktakeDetail = {
  id: string
  locationId: string
  status: "OPEN" | "POSTED"
  notes: string | null
  lineCount: number
  countedCount: number
  postingId: string | null
  postedAt: Instant | null
  version: number
  createdAt: Instant
  updatedAt: Instant
  createdById: string | null
  lines: {
    productId: string
    sku: string
    productName: string
    expected: number
    counted: number | null
    difference: number | null
    moved: boolean
    countedAt: Instant | null
  }[]
}

export type TeamProgressPage = {
  period: string
  periodStart: string
  periodEnd: string
  currency: Currency
  asOf: Instant
  data: ({
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
  })[]
  page: PageInfo
  total: {
    planId: string | null
    targets: {
      metric: "revenue" | "count"
      currency: Currency | null
      target: Money | number | null
      actual: Money | number
      percent: number | null
      pace: number | null
    }[]
  } | null
}

export type TelephonyCallEndedData = {
  call: CallState
}

export type TelephonyCallMergedData = {
  callId: string
  intoId: string
}

export type TelephonyCallStartedData = {
  call: LiveCallState
}

export type TelephonyCallbackOpenedData = {
  callback: {
    id: string
    phone: string
    callId: string
    queue: string | null
    status: "OPEN" | "ASSIGNED" | "DONE" | "AUTO_RESOLVED"
    missedCount: number
    lastMissedAt: Instant
    dueAt: Instant
    assignedToId: string | null
    note: string | null
    version: number
    createdAt: Instant
    updatedAt: Instant
  }
}

export type TelephonyConnectionSilentData = {
  connection: {
    id: string
    name: string
    provider: "generic" | "asterisk" | "freeswitch" | "aircall" | "jambonz" | "kazoo" | "plivo" | "ringcentral" | "telnyx" | "threecx" | "twilio" | "vonage" | "zadarma" | "signalwire" | "dial9" | "hipcall"
    lastEventAt: Instant | null
  }
}

export type TelephonyDeadLetter = {
  id: string
  connectionId: string
  code: string
  message: string
  excerpt: string
  bytes: number
  seenCount: number
  attempts: number
  createdAt: Instant
  resolvedAt: Instant | null
}

export type TelephonyQueueCreatedData = {
  queue: {
    id: string
    key: string
    name: string
    slaThresholdSeconds: number
    slaGoalPercent: number
    includeAbandoned: boolean
    shortAbandonSeconds: number
    callbackDueMinutes: number
    version: number
    createdAt: Instant
    updatedAt: Instant
  }
}

export type TelephonyRecordingAvailableData = {
  call: LiveCallState
  recording: {
    eventId: string
    legId: string | null
    url: string | null
  }
}

export type TelephonyReviewCreatedData = {
  review: {
    id: string
    callId: string
    reviewerId: string
    score: number
    criteria: {
      name: string
      score: number
      [key: string]: unknown
    }[]
    comment: string | null
    version: number
    createdAt: Instant
    updatedAt: Instant
  }
}

export type TimelineEntry = {
  id: string
  kind: string
  subjectId: string
  occurredAt: Instant
  details: { [key: string]: unknown }
}

export type UnitCost = string

export type UnitCostInput = string | number

export type UpdateActivityRequest = {
  kind?: "NOTE" | "CALL" | "MEETING" | "TASK" | "REMINDER" | "APPOINTMENT" | undefined
  subject?: string | undefined
  body?: string | null | undefined
  dueAt?: InstantInput | null | undefined
  doneAt?: InstantInput | null | undefined
  startsAt?: InstantInput | null | undefined
  endsAt?: InstantInput | null | undefined
  assignedToId?: string | null | undefined
}

export type UpdateAgentRequest = {
  userId?: string | undefined
  connectionId?: string | null | undefined
  extension?: string | null | undefined
  providerUser?: string | null | undefined
}

export type UpdateCompanyRequest = {
  name?: string | undefined
  currency?: Currency | undefined
  timeZone?: string | undefined
  defaultRegion?: string | undefined
  searchLanguage?: SearchLanguage | undefined
  settings?: { [key: string]: Json } | undefined
}

export type UpdateConnectionRequest = {
  name?: string | undefined
  status?: "ACTIVE" | "DISABLED" | undefined
  settings?: {
    defaultRegion?: string | undefined
    timeZone?: string | undefined
    maxExtensionDigits?: number | undefined
    recordingBaseUrl?: string | null | undefined
    recordingUser?: string | null | undefined
  } | undefined
}

export type UpdateContactRequest = {
  name?: string | undefined
  email?: string | null | undefined
  phone?: string | null | undefined
  customerId?: string | null | undefined
  position?: string | null | undefined
  customFields?: { [key: string]: string | number | boolean | string[] | null } | undefined
}

export type UpdateCurrencyRateRequest = {
  rate?: string | number | undefined
}

export type UpdateCustomFieldRequest = {
  label?: string | undefined
  options?: string[] | undefined
  required?: boolean | undefined
}

export type UpdateCustomerRequest = {
  name?: string | undefined
  kind?: "PERSON" | "ORGANIZATION" | undefined
  email?: string | null | undefined
  phone?: string | null | undefined
  source?: string | null | undefined
  status?: "LEAD" | "ACTIVE" | "INACTIVE" | "BLOCKED" | undefined
  assignedToId?: string | null | undefined
  tags?: string[] | undefined
  customFields?: { [key: string]: string | number | boolean | string[] | null } | undefined
}

export type UpdateDealRequest = {
  title?: string | undefined
  value?: MoneyInput | undefined
  currency?: Currency | undefined
  pipelineId?: string | undefined
  stage?: string | undefined
  priority?: "LOW" | "MEDIUM" | "HIGH" | "URGENT" | undefined
  leadSource?: "WEB" | "REFERRAL" | "PHONE" | "EMAIL" | "EVENT" | "ADS" | "PARTNER" | "OTHER" | null | undefined
  probability?: number | null | undefined
  expectedCloseDate?: string | null | undefined
  notes?: string | null | undefined
  contactId?: string | null | undefined
  customerId?: string | null | undefined
  assignedToId?: string | null | undefined
  lostReason?: string | null | undefined
  tags?: string[] | undefined
  customFields?: { [key: string]: string | number | boolean | string[] | null } | undefined
}

export type UpdateDepartmentRequest = {
  name?: string | undefined
  parentId?: string | null | undefined
  headId?: string | null | undefined
}

export type UpdateInventorySettingsRequest = {
  overReceiptPercent?: number | undefined
  wonDealDraftsWorkOrder?: boolean | undefined
}

export type UpdateLineItemRequest = {
  name?: string | undefined
  productId?: string | null | undefined
  quantity?: Quantity | undefined
  oneTimePrice?: MoneyInput | undefined
  monthlyPrice?: MoneyInput | undefined
  discountPercent?: number | undefined
}

export type UpdateLocationRequest = {
  key?: string | undefined
  name?: string | undefined
  kind?: "WAREHOUSE" | "VEHICLE" | "CUSTOMER" | undefined
}

export type UpdatePipelineRequest = {
  name?: string | undefined
  isDefault?: true | undefined
}

export type UpdatePositionRequest = {
  name?: string | undefined
  departmentId?: string | null | undefined
  defaultRole?: string | undefined
}

export type UpdateProductRequest = {
  sku?: string | undefined
  name?: string | undefined
  unit?: string | undefined
  category?: string | null | undefined
  salePrice?: MoneyInput | undefined
  currency?: Currency | undefined
  reorderLevel?: 0 | Quantity | null | undefined
  reorderQuantity?: 0 | Quantity | null | undefined
  leadTimeDays?: number | null | undefined
  active?: boolean | undefined
  picking?: "FIFO" | "FEFO" | undefined
  overReceiptPercent?: number | null | undefined
}

export type UpdatePurchaseOrderRequest = {
  supplier?: string | undefined
  currency?: Currency | undefined
  expectedAt?: string | null | undefined
  notes?: string | null | undefined
  items?: {
    id?: string | undefined
    productId: string
    quantity: Quantity
    unitCost: UnitCostInput
  }[] | undefined
}

export type UpdateQualityReviewRequest = {
  score?: number | undefined
  criteria?: {
    name: string
    score: number
    comment?: string | undefined
  }[] | undefined
  comment?: string | null | undefined
}

export type UpdateQueueRequest = {
  name?: string | undefined
  slaThresholdSeconds?: number | undefined
  slaGoalPercent?: number | undefined
  includeAbandoned?: boolean | undefined
  shortAbandonSeconds?: number | undefined
  callbackDueMinutes?: number | undefined
}

export type UpdateRoleRequest = {
  name?: string | undefined
  permissions?: Permission[] | undefined
  scope?: "own" | "all" | undefined
}

export type UpdateSalesPlanRequest = {
  targets?: ({
    metric: "revenue"
    currency?: Currency | undefined
    value: MoneyInput
  } | {
    metric: "count"
    value: number
  })[] | undefined
}

export type UpdateUserRequest = {
  name?: string | undefined
  email?: string | undefined
  password?: string | undefined
  role?: string | undefined
  teamId?: string | null | undefined
  departmentId?: string | null | undefined
  positionId?: string | null | undefined
  active?: boolean | undefined
}

export type UpdateWorkOrderRequest = {
  title?: string | undefined
  description?: string | null | undefined
  kind?: "INSTALLATION" | "REPAIR" | "MAINTENANCE" | "JOB" | undefined
  priority?: "LOW" | "MEDIUM" | "HIGH" | "URGENT" | undefined
  customerId?: string | null | undefined
  dealId?: string | null | undefined
  parentId?: string | null | undefined
  address?: string | null | undefined
  scheduledStart?: InstantInput | null | undefined
  scheduledEnd?: InstantInput | null | undefined
  assigneeIds?: string[] | undefined
}

export type User = {
  id: string
  name: string
  email: string
  role: string
  teamId: string | null
  departmentId: string | null
  positionId: string | null
  active: boolean
  version: number
  createdAt: Instant
  updatedAt: Instant
}

export type WindowEdge = string

export type WorkOrder = {
  id: string
  number: string
  title: string
  description: string | null
  kind: "INSTALLATION" | "REPAIR" | "MAINTENANCE" | "JOB"
  status: "DRAFT" | "SCHEDULED" | "IN_PROGRESS" | "SUBMITTED" | "APPROVED" | "CANCELLED"
  priority: "LOW" | "MEDIUM" | "HIGH" | "URGENT"
  customerId: string | null
  customerName: string | null
  dealId: string | null
  dealTitle: string | null
  parentId: string | null
  address: string | null
  scheduledStart: Instant | null
  scheduledEnd: Instant | null
  assigneeIds: string[]
  assignees: {
    id: string
    name: string | null
  }[]
  materialCost: Money
  startedAt: Instant | null
  submittedAt: Instant | null
  approvedAt: Instant | null
  approvedById: string | null
  cancelledAt: Instant | null
  version: number
  createdAt: Instant
  updatedAt: Instant
  createdById: string | null
}

export type WorkOrderActivity = {
  id: string
  action: string
  details: { [key: string]: unknown }
  actorId: string | null
  actorName: string | null
  occurredAt: Instant
}

export type WorkOrderCalendarAnswer = {
  timeZone: string
  days: ({
    date: string
    count: number
    items: {
      id: string
      number: string
      title: string
      kind: "INSTALLATION" | "REPAIR" | "MAINTENANCE" | "JOB"
      status: "DRAFT" | "SCHEDULED" | "IN_PROGRESS" | "SUBMITTED" | "APPROVED" | "CANCELLED"
      priority: "LOW" | "MEDIUM" | "HIGH" | "URGENT"
      customerId: string | null
      customerName: string | null
      address: string | null
      scheduledStart: Instant
      scheduledEnd: Instant | null
      assigneeIds: string[]
    }[]
  })[]
}

export type WorkOrderDetail = {
  id: string
  number: string
  title: string
  description: string | null
  kind: "INSTALLATION" | "REPAIR" | "MAINTENANCE" | "JOB"
  status: "DRAFT" | "SCHEDULED" | "IN_PROGRESS" | "SUBMITTED" | "APPROVED" | "CANCELLED"
  priority: "LOW" | "MEDIUM" | "HIGH" | "URGENT"
  customerId: string | null
  customerName: string | null
  dealId: string | null
  dealTitle: string | null
  parentId: string | null
  address: string | null
  scheduledStart: Instant | null
  scheduledEnd: Instant | null
  assigneeIds: string[]
  assignees: {
    id: string
    name: string | null
  }[]
  materialCost: Money
  startedAt: Instant | null
  submittedAt: Instant | null
  approvedAt: Instant | null
  approvedById: string | null
  cancelledAt: Instant | null
  version: number
  createdAt: Instant
  updatedAt: Instant
  createdById: string | null
  products: {
    productId: string
    sku: string
    productName: string
    locationId: string
    quantity: number
    reserved: number
    used: number
    returned: number
    cost: Money
  }[]
  conflicts: {
    workOrderId: string
    number: string
    title: string
    assigneeIds: string[]
    scheduledStart: Instant
    scheduledEnd: Instant
  }[]
}

/** Every `code` of a problem document that this version knows. */
export type ProblemCode =
  | 'malformed_request'
  | 'validation_failed'
  | 'invalid_cursor'
  | 'malformed_idempotency_key'
  | 'malformed_if_match'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'request_timeout'
  | 'idempotency_in_progress'
  | 'version_mismatch'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'idempotency_key_reused'
  | 'rate_limited'
  | 'headers_too_large'
  | 'internal_error'
  | 'upstream_failed'
  | 'upstream_unavailable'
  | 'upstream_overloaded'
  | 'overloaded'
  | 'storage_unavailable'
  | 'storage_busy'
  | 'upstream_timeout'
  | 'query_timeout'
  | 'lost_reason_required'
  | 'deal_locked'
  | 'stage_in_use'
  | 'currency_rate_exists'
  | 'currency_is_base'
  | 'currency_rate_missing'
  | 'merge_into_itself'
  | 'merge_too_large'
  | 'too_many_custom_fields'
  | 'too_many_line_items'
  | 'invalid_credentials'
  | 'invalid_refresh_token'
  | 'refresh_reused'
  | 'signup_closed'
  | 'email_taken'
  | 'last_admin'
  | 'department_cycle'
  | 'department_in_use'
  | 'department_too_deep'
  | 'position_in_use'
  | 'stream_expired'
  | 'too_many_streams'
  | 'stream_unavailable'
  | 'duplicate'
  | 'duplicate_key'
  | 'duplicate_sku'
  | 'plan_exists'
  | 'too_many_imports'
  | 'export_busy'
  | 'export_not_ready'
  | 'export_expired'
  | 'invalid_state'
  | 'over_receipt'
  | 'insufficient_stock'
  | 'below_received'
  | 'over_return'
  | 'nested_work_order'
  | 'open_parts'
  | 'too_many_products'
  | 'bulk_rejected'
  | 'default_location'
  | 'location_has_stock'
  | 'product_has_stock'
  | 'recording_unavailable'
  | 'connection_disabled'
  | 'dead_letter_resolved'
  | 'sign_in_busy'
  | 'rebuild_running'
  | 'role_built_in'
  | 'role_key_taken'
  | 'role_in_use'
  | 'concurrent_change'
