import { z } from 'zod'
import { instantOut, moneyOut } from '../core/fields.ts'
import { defineRoute } from '../core/route.ts'
import { callOverviewFigures, callTotalsFigures } from './calls.ts'
import { revenueSeries } from './deals.ts'
import { count, figuresMeta, rate, windowQuery } from './figures.ts'

const dealFigures = {
  created: count,
  won: count,
  lost: count,
  /** Won of won and lost, by close date. */
  winRate: rate,
  /** Won in the window, in `currency`. */
  revenue: moneyOut,
  currency: z.string(),
  /** Won deals whose value was never converted to `currency`: not in `revenue`. */
  wonInOtherCurrency: count,
  /** From creation to close of the won. */
  avgCycleDays: z.number().nullable(),
}

export const getDashboardRoute = defineRoute({
  method: 'GET',
  path: '/v1/analytics/dashboard',
  service: 'analytics',
  permission: 'analytics:read',
  description:
    'Without `from` and `to`: the last 30 days, compared with as many before. `open` is now, whatever the window.',
  summary:
    'The figures of a window beside those of the equally long one before. `open`, `overdue`, inventory value and low stock are as of now. ' +
    'Users who see only their own figures get those of their deals, calls, work orders and activities.',
  query: z.strictObject(windowQuery),
  responses: {
    200: z.strictObject({
      deals: z.strictObject({ open: count, ...dealFigures }),
      telephony: z.strictObject(callOverviewFigures),
      inventory: z.strictObject({ value: moneyOut, currency: z.string(), lowStock: count }),
      workOrders: z.strictObject({ open: count, approved: count }),
      /** Added and done in the window, and overdue now. */
      activities: z.strictObject({ created: count, done: count, overdue: count }),
      /** Kinds of work orders most often approved in the window. */
      topServices: z.array(z.strictObject({ service: z.string(), approved: count })),
      /** The twelve months up to the end of the window. */
      revenueByMonth: revenueSeries,
      previous: z.strictObject({
        from: instantOut,
        to: instantOut,
        deals: z.strictObject(dealFigures),
        telephony: callTotalsFigures,
        workOrders: z.strictObject({ approved: count }),
        activities: z.strictObject({ created: count, done: count }),
      }),
      meta: figuresMeta,
    }),
  },
})
