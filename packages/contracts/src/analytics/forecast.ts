import { z } from 'zod'
import { moneyOut } from '../core/fields.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { count, figuresMeta, rate, windowQuery } from './figures.ts'

const base = { method: 'GET', service: 'analytics', permission: 'analytics:read' } as const
const month = z.string().regex(/^(\d{4}-\d{2}|undated)$/)
const signedMoney = z.string().regex(/^-?\d+\.\d{2}$/)

export const getForecastRoute = defineRoute({
  ...base,
  path: '/v1/analytics/forecast',
  summary:
    'Open deals weighted by their probability in the month in which they are expected to close, and what was won in it. Lost deals ' +
    'count 0. So many `months` from that of `from` on, or from the current one; with `to`, the months up to that of `to`.',
  query: z.strictObject({ ...windowQuery, months: z.coerce.number().int().min(1).max(24).default(6) }),
  responses: {
    200: z.strictObject({
      months: z.array(z.strictObject({ month, weightedOpen: moneyOut, won: moneyOut, total: moneyOut })),
      /** Weighted open deals that should have closed before the first month, and those without a date. */
      overdueOpen: moneyOut,
      undatedOpen: moneyOut,
      currency: z.string(),
      meta: figuresMeta,
    }),
  },
})

const bridge = {
  opening: moneyOut,
  /** Created or reopened since. */
  new: signedMoney,
  won: signedMoney,
  /** Lost or deleted since. */
  lost: signedMoney,
  /** Moves to an earlier month: what they brought to this one or took from it. */
  pulledIn: signedMoney,
  pushedOut: signedMoney,
  /** Other value or probability. */
  valueChanged: signedMoney,
  closing: moneyOut,
}

export const getForecastHistoryRoute = defineRoute({
  ...base,
  path: '/v1/analytics/forecast/history',
  summary:
    'The forecast of each night, and the bridge from the night before: opening and the changes add up to closing, to the cent. ' +
    'Not for users who see only their own figures.',
  query: z.strictObject(windowQuery),
  responses: {
    200: z.strictObject({
      snapshots: z.array(
        z.strictObject({
          takenOn: z.iso.date(),
          currency: z.string(),
          months: z.array(z.strictObject({ month, ...bridge })),
          total: z.strictObject(bridge),
        }),
      ),
      meta: figuresMeta,
    }),
    403: problem,
  },
})

export const getVelocityRoute = defineRoute({
  ...base,
  path: '/v1/analytics/velocity',
  summary:
    'How fast deals that closed in a window became revenue, and how long deals stayed in the stages that they left in it.',
  query: z.strictObject({ ...windowQuery, pipelineId: z.uuid().optional() }),
  responses: {
    200: z.strictObject({
      closed: count,
      won: count,
      /** Won of closed, by number and by value. */
      winRate: rate,
      winRateByValue: rate,
      avgWonValue: moneyOut.nullable(),
      /** From creation to close of the won. */
      avgCycleDays: z.number().nullable(),
      /** closed × winRate × avgWonValue / avgCycleDays. */
      revenuePerDay: moneyOut.nullable(),
      stages: z.array(z.strictObject({ stage: z.string(), left: count, avgDays: z.number() })),
      currency: z.string(),
      meta: figuresMeta,
    }),
    404: problem,
  },
})
