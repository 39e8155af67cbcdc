import { z } from 'zod'
import { instantOut, moneyOut, text } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { stageKey, stageKinds } from '../deals/pipelines.ts'
import { funnelQuery } from './deals.ts'
import { figuresMeta, windowQuery } from './figures.ts'

const base = { method: 'GET', service: 'analytics', permission: 'analytics:read' } as const

/** With `count=exact`, `page.total` is the figure. */
const behind = <const Filters extends z.ZodRawShape>(filters: Filters) =>
  pageQuery({ sorts: ['at'], defaultSort: '-at', filters: { ...windowQuery, ...filters } })

const description =
  'The same facts, window and scope as the figure, so that the list and the figure are equal. What is counted as of now takes no window.'

const dealsBehind = pageOf(
  z.strictObject({
    dealId: z.uuid(),
    at: instantOut,
    stage: z.string(),
    stageKind: z.string(),
    value: moneyOut,
    currency: z.string(),
    source: z.string().nullable(),
    ownerId: z.uuid().nullable(),
    customerId: z.uuid().nullable(),
  }),
).extend({ meta: figuresMeta })

export const listDealsBehindRoute = defineRoute({
  ...base,
  path: '/v1/analytics/deals',
  summary:
    'The deals behind a figure: open ones, or those created, won or lost in a window, of a lead source if named. `at` is the time that is counted by.',
  description,
  query: behind({
    figure: z.enum(['open', 'created', 'won', 'lost']).default('created'),
    source: text(50).optional().describe('A lead source, or `NONE` for deals without one'),
    stageKind: z.enum(stageKinds).optional().describe('Where the deal is now'),
    pipelineId: z.uuid().optional(),
  }),
  responses: {
    200: dealsBehind,
  },
})

export const listDealsReachedRoute = defineRoute({
  ...base,
  path: '/v1/analytics/funnel/deals',
  summary:
    'The deals that the funnel counts as having reached a stage, or a later one. The other parameters are those of the funnel; `at` is the ' +
    'time by which the cohort is chosen.',
  description,
  query: behind({ ...funnelQuery, stage: stageKey.optional().describe('Left out: the first stage') }),
  responses: { 200: dealsBehind, 404: problem },
})

export const listCallsBehindRoute = defineRoute({
  ...base,
  path: '/v1/analytics/calls',
  summary: 'The calls behind a figure of the overview: all, or those answered, missed or abandoned.',
  description,
  query: behind({
    figure: z.enum(['total', 'answered', 'missed', 'abandoned']).default('total'),
    queue: text(200).optional(),
    agentId: z.uuid().optional(),
    direction: z.enum(['INBOUND', 'OUTBOUND', 'INTERNAL']).optional(),
  }),
  responses: {
    200: pageOf(
      z.strictObject({
        callId: z.uuid(),
        at: instantOut,
        direction: z.string(),
        status: z.string(),
        queue: z.string().nullable(),
        agentId: z.uuid().nullable(),
        customerId: z.uuid().nullable(),
        waitSeconds: z.number().min(0),
        talkSeconds: z.number().min(0),
      }),
    ).extend({ meta: figuresMeta }),
    403: problem,
    404: problem,
  },
})

export const listWorkOrdersBehindRoute = defineRoute({
  ...base,
  path: '/v1/analytics/work-orders',
  summary: 'The work orders behind a figure: open ones, or those approved in a window, of a kind if named.',
  description,
  query: behind({ figure: z.enum(['open', 'approved']).default('approved'), kind: text(50).optional() }),
  responses: {
    200: pageOf(
      z.strictObject({
        workOrderId: z.uuid(),
        at: instantOut,
        kind: z.string(),
        status: z.string(),
        dealId: z.uuid().nullable(),
        customerId: z.uuid().nullable(),
      }),
    ).extend({ meta: figuresMeta }),
  },
})

export const listActivitiesBehindRoute = defineRoute({
  ...base,
  path: '/v1/analytics/activities',
  summary: 'The activities behind a figure: those added or done in a window, or overdue ones.',
  description,
  query: behind({ figure: z.enum(['created', 'done', 'overdue']).default('created') }),
  responses: {
    200: pageOf(
      z.strictObject({
        activityId: z.uuid(),
        at: instantOut,
        kind: z.string(),
        dealId: z.uuid(),
        customerId: z.uuid().nullable(),
        assignedToId: z.uuid().nullable(),
      }),
    ).extend({ meta: figuresMeta }),
  },
})
