import { z } from 'zod'
import { currency, date, instantOut, longText, money, moneyOut, percent, tags, text, version } from '../core/fields.ts'
import { isOrdered, pageOf, pageQuery, windowEdge } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { customFieldsInput, customFieldsOut, filterableByCustomFields } from './custom-fields.ts'
import { assignee, searchText } from './filters.ts'
import { stageKey, stageKinds } from './pipelines.ts'

export const priorities = ['LOW', 'MEDIUM', 'HIGH', 'URGENT'] as const
export const leadSources = ['WEB', 'REFERRAL', 'PHONE', 'EMAIL', 'EVENT', 'ADS', 'PARTNER', 'OTHER'] as const
export const approvalStatuses = ['NONE', 'SUBMITTED', 'APPROVED', 'CANCELLED'] as const

export const deal = z.strictObject({
  id: z.uuid(),
  title: z.string(),
  value: moneyOut,
  currency,
  /** `value` in the company's currency at the rate in force when value, currency or outcome last changed. */
  baseValue: moneyOut,
  baseCurrency: currency,
  pipelineId: z.uuid(),
  stage: z.string(),
  stageKind: z.enum(stageKinds),
  priority: z.enum(priorities),
  leadSource: z.enum(leadSources).nullable(),
  leadScore: percent,
  /** The deal's own override of its stage's probability. */
  probability: percent.nullable(),
  /** 100 when won, 0 when lost, else the override, else the stage's. */
  effectiveProbability: percent,
  /** `value` × effective probability, rounded half up, in `currency`. */
  weightedValue: moneyOut,
  expectedCloseDate: date.nullable(),
  notes: z.string().nullable(),
  contactId: z.uuid().nullable(),
  contactName: z.string().nullable(),
  customerId: z.uuid().nullable(),
  customerName: z.string().nullable(),
  assignedToId: z.uuid().nullable(),
  assignedToName: z.string().nullable(),
  tags: z.array(z.string()),
  customFields: customFieldsOut,
  stageEnteredAt: instantOut,
  lastActivityAt: instantOut.nullable(),
  rotten: z.boolean(),
  closedAt: instantOut.nullable(),
  lostReason: z.string().nullable(),
  approvalStatus: z.enum(approvalStatuses),
  /** Waiting for approval: no field may change. */
  locked: z.boolean(),
  createdById: z.uuid().nullable(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})
export type Deal = z.output<typeof deal>

const editable = {
  value: money.optional(),
  currency: currency.optional(),
  pipelineId: z.uuid().optional(),
  stage: stageKey.optional(),
  priority: z.enum(priorities).optional(),
  leadSource: z.enum(leadSources).nullish(),
  probability: percent.nullish(),
  expectedCloseDate: date.nullish(),
  notes: longText(20_000).nullish(),
  contactId: z.uuid().nullish(),
  customerId: z.uuid().nullish(),
  assignedToId: z.uuid().nullish(),
  lostReason: text(500).nullish(),
  tags: tags.optional(),
  customFields: customFieldsInput.optional(),
}

const dealSorts = ['createdAt', 'updatedAt', 'value', 'leadScore', 'expectedCloseDate', 'title'] as const

const dealPage = pageQuery({
  sorts: dealSorts,
  defaultSort: '-createdAt',
  filters: {
    q: searchText.optional(),
    pipelineId: z.uuid().optional(),
    stage: stageKey.optional(),
    stageKind: z.enum(stageKinds).optional(),
    priority: z.enum(priorities).optional(),
    assignedToId: assignee.optional(),
    contactId: z.uuid().optional(),
    customerId: z.uuid().optional(),
    leadSource: z.enum(leadSources).optional(),
    minValue: money.optional(),
    maxValue: money.optional(),
    createdFrom: windowEdge.optional(),
    createdTo: windowEdge.optional(),
    expectedCloseFrom: windowEdge.optional(),
    expectedCloseTo: windowEdge.optional(),
    rotten: z.literal('true').optional(),
    tag: text(50).optional(),
  },
})

/** Without a sort, `-createdAt`, or the best match first when something is searched for. */
const dealQuery = filterableByCustomFields(
  z.strictObject({ ...dealPage.shape, sort: dealPage.shape.sort.unwrap().optional() }),
)
  .refine((query) => isOrdered(query.createdFrom, query.createdTo), {
    path: ['createdTo'],
    message: 'must not be before createdFrom',
  })
  .refine((query) => isOrdered(query.expectedCloseFrom, query.expectedCloseTo), {
    path: ['expectedCloseTo'],
    message: 'must not be before expectedCloseFrom',
  })

export const listDealsRoute = defineRoute({
  method: 'GET',
  path: '/v1/deals',
  service: 'deals',
  permission: 'deal:read',
  description:
    '`assignedToId=me` is the caller. `cf.<key>=value` filters by a custom field. `minValue` and `maxValue` are compared with `value`, whatever its currency.',
  summary:
    'List deals. Filters combine with AND; deals without an expected close date sort after all dates. `q` finds words and parts of words in title, notes, contact and customer names; without `sort` the best match comes first.',
  query: dealQuery,
  responses: { 200: pageOf(deal) },
})

export const createDealRoute = defineRoute({
  method: 'POST',
  path: '/v1/deals',
  service: 'deals',
  permission: 'deal:create',
  description:
    'A LOST stage needs `lostReason`. `weightedValue` is value × effective probability / 100, rounded half up, in the deal’s currency. `leadScore` follows from value, stage, priority and lead source alone.',
  summary: 'Create a deal. Without a pipeline it goes to the default one, without a stage to the first open stage.',
  idempotent: true,
  body: z.strictObject({ title: text(200), ...editable }),
  errors: ['lost_reason_required', 'currency_rate_missing'],
  responses: { 201: deal, 404: problem, 409: problem, 422: problem },
})

export const getDealRoute = defineRoute({
  method: 'GET',
  path: '/v1/deals/:id',
  service: 'deals',
  permission: 'deal:read',
  summary: 'Get one deal.',
  responses: { 200: deal, 404: problem },
})

export const updateDealRoute = defineRoute({
  method: 'PATCH',
  path: '/v1/deals/:id',
  service: 'deals',
  permission: 'deal:update',
  description:
    'Moving to a LOST stage needs `lostReason`; closing stamps `closedAt`, reopening clears both. `probability: null` removes the override: effective is then the stage’s, and always 100 in WON, 0 in LOST. With scope `own` only deals assigned to the caller, or made by the caller and assigned to nobody.',
  summary:
    'Change fields of a deal, or move it to another stage; fields not named keep what concurrent changes gave them.',
  body: z.strictObject({ title: text(200).optional(), ...editable }),
  errors: ['lost_reason_required', 'currency_rate_missing', 'deal_locked'],
  responses: { 200: deal, 403: problem, 404: problem, 409: problem, 412: problem },
})

export const deleteDealRoute = defineRoute({
  method: 'DELETE',
  path: '/v1/deals/:id',
  service: 'deals',
  permission: 'deal:delete',
  summary: 'Delete a deal.',
  errors: ['deal_locked'],
  responses: { 204: null, 403: problem, 404: problem, 409: problem, 412: problem },
})

export const historyFields = [
  'stage',
  'value',
  'probability',
  'expectedCloseDate',
  'assignedToId',
  'approvalStatus',
] as const
export type DealHistoryField = (typeof historyFields)[number]

export const dealChange = z.strictObject({
  id: z.uuid(),
  field: z.enum(historyFields),
  from: z.union([z.string(), z.number()]).nullable(),
  to: z.union([z.string(), z.number()]).nullable(),
  changedById: z.uuid().nullable(),
  changedByName: z.string().nullable(),
  at: instantOut,
  /** For a change of stage: how long the deal had been in the one it left. */
  secondsInStage: z.int().min(0).nullable(),
})

export const listDealHistoryRoute = defineRoute({
  method: 'GET',
  path: '/v1/deals/:id/history',
  service: 'deals',
  permission: 'deal:read',
  summary: 'List the changes of a deal, newest first.',
  query: pageQuery({ sorts: ['at'], defaultSort: '-at', filters: { field: z.enum(historyFields).optional() } }),
  responses: { 200: pageOf(dealChange), 404: problem },
})
