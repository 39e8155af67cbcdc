import { z } from 'zod'
import { instantOut, moneyOut } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { count, figuresMeta, windowQuery } from './figures.ts'

const base = { method: 'GET', service: 'analytics', permission: 'analytics:read' } as const
const signedMoney = z.string().regex(/^-?\d+\.\d{2}$/)

export const getInventoryFiguresRoute = defineRoute({
  ...base,
  path: '/v1/analytics/inventory',
  summary:
    'What was consumed in a window, the value of the stock at the end of each day, and how often it was turned over.',
  query: z.strictObject(windowQuery),
  responses: {
    200: z.strictObject({
      /** Cost of what was consumed, less what came back. */
      consumptionCost: signedMoney,
      averageValue: signedMoney.nullable(),
      /** Consumption cost by average value, within the window. */
      turnover: z.number().nullable(),
      /** The twenty products that cost most. */
      topConsumed: z.array(
        z.strictObject({ productId: z.uuid(), name: z.string().nullable(), quantity: z.number(), cost: signedMoney }),
      ),
      value: z.array(z.strictObject({ date: z.iso.date(), value: signedMoney })),
      currency: z.string(),
      meta: figuresMeta,
    }),
  },
})

export const listMarginsRoute = defineRoute({
  ...base,
  path: '/v1/analytics/margins',
  summary: 'Deals won in a window with what was consumed by their work orders: revenue less cost. Newest first.',
  query: pageQuery({ sorts: ['closedAt'], defaultSort: '-closedAt', filters: windowQuery }),
  responses: {
    200: pageOf(
      z.strictObject({
        dealId: z.uuid(),
        closedAt: instantOut,
        revenue: moneyOut,
        cost: signedMoney,
        margin: signedMoney,
        /** Margin of revenue. */
        marginRate: z.number().nullable(),
        currency: z.string(),
      }),
    ).extend({ meta: figuresMeta }),
  },
})

export const getCustomerProfileRoute = defineRoute({
  ...base,
  path: '/v1/analytics/customers/:id/profile',
  summary: 'What there is with a customer now, and the figures of the last 180 days.',
  responses: {
    200: z.strictObject({
      customerId: z.uuid(),
      name: z.string(),
      firstSeenAt: instantOut.nullable(),
      lastSeenAt: instantOut.nullable(),
      openDeals: count,
      openValue: moneyOut,
      openWorkOrders: count,
      lifetimeRevenue: moneyOut,
      last180Days: z.strictObject({
        dealsWon: count,
        dealsLost: count,
        revenue: moneyOut,
        calls: count,
        callsAnswered: count,
        talkSeconds: z.number().min(0),
        workOrdersApproved: count,
        activitiesDone: count,
      }),
      currency: z.string(),
      meta: figuresMeta,
    }),
    404: problem,
  },
})
