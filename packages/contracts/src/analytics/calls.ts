import { z } from 'zod'
import { instantOut, text } from '../core/fields.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { count, figuresMeta, rate, secondsFigure, windowQuery } from './figures.ts'

const callTotals = {
  total: count,
  inbound: count,
  outbound: count,
  answered: count,
  missed: count,
  abandoned: count,
  /** Abandoned before a few seconds had passed; part of `abandoned`. */
  shortAbandoned: count,
  /** Answered of all. */
  answerRate: rate,
  /** Abandoned of the answered, abandoned and missed calls that were in a queue. */
  abandonRate: rate,
  serviceLevel: z.strictObject({
    percent: z.number().min(0).max(100).nullable(),
    thresholdSeconds: count,
    formula: z.string(),
  }),
  /** Average wait of the answered. */
  asaSeconds: secondsFigure,
  /** Average talk, hold and wrap-up of the answered. */
  ahtSeconds: secondsFigure,
  wait: z.strictObject({ p50: secondsFigure, p90: secondsFigure, p95: secondsFigure }),
  talk: z.strictObject({ p50: secondsFigure, p95: secondsFigure }),
}

export const callTotalsFigures = z.strictObject(callTotals)

export const callOverviewFigures = {
  ...callTotals,
  /** By the hour at which calls started, in the company's time zone. */
  byHour: z
    .array(
      z.strictObject({ hour: z.int().min(0).max(23), total: count, answered: count, abandoned: count, missed: count }),
    )
    .length(24),
  /** `start` is a date in the company's time zone, or with `granularity=hour` an instant. */
  series: z.array(
    z.strictObject({
      start: z.union([z.iso.date(), instantOut]),
      total: count,
      answered: count,
      missed: count,
      abandoned: count,
    }),
  ),
}

export const getCallOverviewRoute = defineRoute({
  method: 'GET',
  path: '/v1/telephony/stats/overview',
  service: 'analytics',
  permission: 'analytics:read',
  summary:
    'Figures of the calls that started in a window and have ended. Users who see only their own figures get those of their calls.',
  query: z.strictObject({
    ...windowQuery,
    queue: text(200).optional(),
    agentId: z.uuid().optional(),
    direction: z.enum(['INBOUND', 'OUTBOUND', 'INTERNAL']).optional(),
    granularity: z.enum(['hour', 'day']).default('day'),
  }),
  responses: { 200: z.strictObject({ ...callOverviewFigures, meta: figuresMeta }), 403: problem },
})
