import { z } from 'zod'
import { instantOut, text } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { count, figuresMeta, rate, secondsFigure, windowQuery } from './figures.ts'

/** The threshold shown is that of the queue asked for; without one each wait is judged by its own queue's. */
const serviceLevel = z.strictObject({
  percent: z.number().min(0).max(100).nullable(),
  thresholdSeconds: count,
  formula: z.string(),
})

const waitFigures = z.strictObject({ p50: secondsFigure, p90: secondsFigure, p95: secondsFigure })

/** Windows of more than 31 days have percentiles from a histogram; each is off by this share at most, or half a second. */
const percentilesFrom = z.strictObject({ method: z.enum(['exact', 'histogram']), maxRelativeError: z.number() })

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
  serviceLevel,
  /** Average wait of the answered. */
  asaSeconds: secondsFigure,
  /** Average talk, hold and wrap-up of the answered. */
  ahtSeconds: secondsFigure,
  wait: waitFigures,
  talk: z.strictObject({ p50: secondsFigure, p95: secondsFigure }),
  percentiles: percentilesFrom,
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

const callFilters = {
  queue: text(200).optional(),
  agentId: z.uuid().optional(),
  direction: z.enum(['INBOUND', 'OUTBOUND', 'INTERNAL']).optional(),
}

const granularity = z.enum(['hour', 'day'])
const NO_SERIES = 'Of the overview; rows of a list have no series, and are the same with it'

const serviceLevelFormula = z
  .enum(['excluding_short_abandoned', 'all_offered', 'answered_only'])
  .describe('What is divided by: answered + abandoned − short abandoned, answered + abandoned, or answered')

export const getCallOverviewRoute = defineRoute({
  method: 'GET',
  path: '/v1/telephony/stats/overview',
  service: 'analytics',
  permission: 'analytics:read',
  description:
    'Rates are fractions of 1 with four decimals, null where the denominator is 0. `abandonRate` is abandoned / (answered + abandoned + missed in queues); the service level is `answered_in_threshold / (answered + abandoned − short_abandoned)`.',
  summary:
    'Figures of the calls that started in a window and have ended. Users who see only their own figures get those of their calls.',
  query: z.strictObject({
    ...windowQuery,
    ...callFilters,
    formula: serviceLevelFormula.default('excluding_short_abandoned'),
    granularity: granularity.default('day'),
  }),
  responses: { 200: z.strictObject({ ...callOverviewFigures, meta: figuresMeta }), 403: problem, 404: problem },
})

export const agentFigures = z.strictObject({
  agentId: z.uuid(),
  name: z.string().nullable(),
  /** Calls that rang at the agent or were taken without ringing; twice where the same call came back. */
  offered: count,
  answered: count,
  ringNoAnswer: count,
  talkSeconds: z.number().min(0),
  holdSeconds: z.number().min(0),
  wrapUpSeconds: z.number().min(0),
  ahtSeconds: secondsFigure,
})

const statistics = { method: 'GET', service: 'analytics', permission: 'analytics:read' } as const
const groupedQuery = <const Sorts extends readonly [string, ...string[]]>(sorts: Sorts, more: z.ZodRawShape = {}) =>
  pageQuery({
    sorts,
    defaultSort: sorts[0] as Sorts[number],
    filters: { ...windowQuery, ...callFilters, granularity: granularity.optional().describe(NO_SERIES), ...more },
  })

export const listAgentFiguresRoute = defineRoute({
  ...statistics,
  path: '/v1/telephony/stats/agents',
  summary: 'What each agent did in the calls that started in a window, transferred calls included.',
  query: groupedQuery(['name']),
  responses: { 200: pageOf(agentFigures).extend({ meta: figuresMeta }), 403: problem, 404: problem },
})

export const queueFigures = z.strictObject({
  queue: z.string(),
  /** A call counts once for each time it enters the queue. */
  entered: count,
  answered: count,
  abandoned: count,
  serviceLevel,
  asaSeconds: secondsFigure,
  wait: waitFigures,
})

export const listQueueFiguresRoute = defineRoute({
  ...statistics,
  path: '/v1/telephony/stats/queues',
  summary:
    'How long callers waited in each queue, by the queue’s own threshold. Without `formula`: as the queue wants to be judged.',
  query: groupedQuery(['queue'], { formula: serviceLevelFormula.optional() }),
  responses: {
    200: pageOf(queueFigures).extend({ percentiles: percentilesFrom, meta: figuresMeta }),
    403: problem,
    404: problem,
  },
})
