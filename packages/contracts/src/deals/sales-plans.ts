import { z } from 'zod'
import { currency, date, instantOut, money, moneyOut, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

/** A year, a quarter or a month of the calendar. */
export const planPeriod = z
  .string()
  .regex(/^(?!000[01]|9999)\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$/, 'must be YYYY, YYYY-Qn or YYYY-MM')
  .meta({ example: '2026-Q3' })

const wonDeals = z.int().min(0).max(1_000_000_000)

const targets = z
  .array(
    z.discriminatedUnion('metric', [
      z.strictObject({ metric: z.literal('revenue'), currency: currency.optional(), value: money }),
      z.strictObject({ metric: z.literal('count'), value: wonDeals }),
    ]),
  )
  .min(1)
  .max(2)
  .refine((given) => new Set(given.map(({ metric }) => metric)).size === given.length, 'must name each metric once')

export const planMetrics = ['revenue', 'count'] as const

export const salesPlan = z.strictObject({
  id: z.uuid(),
  /** Whose plan it is; with neither a user nor a team it is the company's. */
  userId: z.uuid().nullable(),
  userName: z.string().nullable(),
  teamId: z.uuid().nullable(),
  teamName: z.string().nullable(),
  period: z.string(),
  periodStart: date,
  periodEnd: date,
  targets: z.array(
    z.strictObject({
      metric: z.enum(planMetrics),
      currency: currency.nullable(),
      value: z.union([moneyOut, z.int()]),
    }),
  ),
  createdById: z.uuid().nullable(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})
export type SalesPlan = z.output<typeof salesPlan>

const path = '/v1/sales-plans'

export const listSalesPlansRoute = defineRoute({
  method: 'GET',
  path,
  service: 'deals',
  permission: 'plan:read',
  summary: 'List sales plans, the latest period first. A role with scope `own` sees its own.',
  query: pageQuery({
    sorts: ['periodStart', 'createdAt'],
    defaultSort: '-periodStart',
    filters: {
      userId: z.union([z.literal('me'), z.uuid()]).optional(),
      teamId: z.uuid().optional(),
      period: planPeriod.optional(),
    },
  }),
  responses: { 200: pageOf(salesPlan) },
})

export const createSalesPlanRoute = defineRoute({
  method: 'POST',
  path,
  service: 'deals',
  permission: 'plan:manage',
  summary:
    'Set targets of a user, of a team (a department), or with neither of the company, for a `period`: `YYYY`, `YYYY-Qn` or `YYYY-MM`, or as `periodStart` and `periodEnd`, its first and last day. One plan for each of them and period.',
  idempotent: true,
  body: z
    .strictObject({
      userId: z.uuid().nullish(),
      teamId: z.uuid().nullish(),
      period: planPeriod.optional(),
      periodStart: date.optional(),
      periodEnd: date.optional(),
      targets,
    })
    .refine(({ userId, teamId }) => !(userId && teamId), {
      path: ['teamId'],
      message: 'must not be given with a userId',
    })
    .refine(
      ({ period, periodStart, periodEnd }) =>
        period === undefined ? periodStart !== undefined && periodEnd !== undefined : !periodStart && !periodEnd,
      { path: ['period'], message: 'must be given, or else periodStart and periodEnd' },
    ),
  errors: ['plan_exists', 'currency_rate_missing'],
  responses: { 201: salesPlan, 403: problem, 404: problem, 409: problem, 422: problem },
})

export const getSalesPlanRoute = defineRoute({
  method: 'GET',
  path: `${path}/:id`,
  service: 'deals',
  permission: 'plan:read',
  summary: 'Get one sales plan.',
  responses: { 200: salesPlan, 404: problem },
})

export const updateSalesPlanRoute = defineRoute({
  method: 'PATCH',
  path: `${path}/:id`,
  service: 'deals',
  permission: 'plan:manage',
  summary: 'Set other targets, all at once.',
  body: z.strictObject({ targets: targets.optional() }),
  errors: ['currency_rate_missing'],
  responses: { 200: salesPlan, 403: problem, 404: problem, 409: problem, 412: problem },
})

export const deleteSalesPlanRoute = defineRoute({
  method: 'DELETE',
  path: `${path}/:id`,
  service: 'deals',
  permission: 'plan:manage',
  summary: 'Delete a sales plan.',
  responses: { 204: null, 403: problem, 404: problem, 412: problem },
})

const amount = z.union([moneyOut, z.int()])

/** `percent` of the target; `pace` likewise, where 100 is on the straight line from the period's first day to its last. */
const planFigure = z.strictObject({
  metric: z.enum(planMetrics),
  currency: currency.nullable(),
  target: amount.nullable(),
  actual: amount,
  percent: z.number().nullable(),
  pace: z.number().nullable(),
})

const window = { period: z.string(), periodStart: date, periodEnd: date, currency, asOf: instantOut }

export const planProgressRoute = defineRoute({
  method: 'GET',
  path: `${path}/progress`,
  service: 'deals',
  permission: 'plan:read',
  summary:
    'What was won in a period (this month) against the plan, in the company’s currency and time zone: the caller’s own, or that of `userId`, of `teamId`, or with `company=true` of the company. A role with scope `own` sees its own.',
  description:
    'Cached, and exact after the caller’s own writes. `target`, `percent` and `pace` are null without a plan.',
  query: z
    .strictObject({
      period: planPeriod.optional(),
      userId: z.union([z.literal('me'), z.uuid()]).optional(),
      teamId: z.uuid().optional(),
      company: z.literal('true').optional(),
    })
    .refine(({ userId, teamId, company }) => [userId, teamId, company].filter(Boolean).length <= 1, {
      message: 'takes one of userId, teamId and company',
    }),
  responses: {
    200: z.strictObject({
      ...window,
      userId: z.uuid().nullable(),
      teamId: z.uuid().nullable(),
      planId: z.uuid().nullable(),
      targets: z.array(planFigure),
    }),
    403: problem,
    404: problem,
  },
})

export const teamProgressRoute = defineRoute({
  method: 'GET',
  path: `${path}/team`,
  service: 'deals',
  permission: 'plan:read',
  summary:
    'The progress in a period (this month) of each user of a team (without `teamId`: of the company) by name, and in `total` that of all of them against the team’s own plan. A role with scope `own` sees its own row.',
  query: pageQuery({
    sorts: ['name'],
    defaultSort: 'name',
    filters: { period: planPeriod.optional(), teamId: z.uuid().optional() },
  }),
  responses: {
    200: z.strictObject({
      ...window,
      ...pageOf(
        z.strictObject({
          userId: z.uuid(),
          name: z.string(),
          planId: z.uuid().nullable(),
          targets: z.array(planFigure),
        }),
      ).shape,
      total: z.strictObject({ planId: z.uuid().nullable(), targets: z.array(planFigure) }).nullable(),
    }),
    404: problem,
  },
})
