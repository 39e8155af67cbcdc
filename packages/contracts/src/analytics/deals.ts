import { z } from 'zod'
import { moneyOut } from '../core/fields.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { count, figuresMeta, rate, windowQuery } from './figures.ts'

/** Won deals by the day, week, month or quarter in which they were closed; `start` is its first day. */
export const revenueSeries = z.array(z.strictObject({ start: z.iso.date(), revenue: moneyOut, count }))

export const getRevenueRoute = defineRoute({
  method: 'GET',
  path: '/v1/analytics/revenue',
  service: 'analytics',
  permission: 'analytics:read',
  summary:
    'Revenue and number of won deals by close date, in the company’s currency; periods without any are listed too.',
  query: z.strictObject({ ...windowQuery, granularity: z.enum(['day', 'week', 'month', 'quarter']).default('month') }),
  responses: { 200: z.strictObject({ series: revenueSeries, currency: z.string(), meta: figuresMeta }) },
})

export const funnelQuery = {
  pipelineId: z.uuid().optional(),
  cohort: z.enum(['created', 'closed']).default('created'),
}

export const getFunnelRoute = defineRoute({
  method: 'GET',
  path: '/v1/analytics/funnel',
  service: 'analytics',
  permission: 'analytics:read',
  description: 'Of the deals created in the window; lost ones count for the stages they reached.',
  summary:
    'How many deals reached each stage or a later one, each deal once; lost deals count for what they reached. ' +
    'Over the deals created in the window, or with `cohort=closed` over those closed in it. Without `pipelineId`: the default pipeline.',
  query: z.strictObject({ ...windowQuery, ...funnelQuery }),
  responses: {
    200: z.strictObject({
      stages: z.array(
        z.strictObject({ stage: z.string(), reached: count, conversionFromPrevious: rate, conversionFromFirst: rate }),
      ),
      cohort: z.enum(['created', 'closed']),
      meta: figuresMeta,
    }),
    404: problem,
  },
})

export const getSourcesRoute = defineRoute({
  method: 'GET',
  path: '/v1/analytics/sources',
  service: 'analytics',
  permission: 'analytics:read',
  summary: 'What became of the deals created in a window, by lead source.',
  query: z.strictObject(windowQuery),
  responses: {
    200: z.strictObject({
      sources: z.array(
        z.strictObject({
          source: z.string().nullable(),
          created: count,
          open: count,
          won: count,
          lost: count,
          /** Won of created. */
          conversionRate: rate,
          /** Won of won and lost. */
          winRate: rate,
          revenue: moneyOut,
        }),
      ),
      currency: z.string(),
      meta: figuresMeta,
    }),
  },
})
