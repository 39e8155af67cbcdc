import { z } from 'zod'
import { currency, instantOut, moneyOut } from '../core/fields.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { deal } from './deals.ts'
import { stageKinds } from './pipelines.ts'

export const pipelineStatsRoute = defineRoute({
  method: 'GET',
  path: '/v1/deals/stats/pipeline',
  service: 'deals',
  permission: 'deal:read',
  description: 'Cached, and exact after the caller’s own writes.',
  summary:
    'Count and totals per stage of a pipeline, in the company’s currency. Without `pipelineId`: the default pipeline.',
  query: z.strictObject({ pipelineId: z.uuid().optional() }),
  responses: {
    200: z.strictObject({
      data: z.array(
        z.strictObject({
          stage: z.string(),
          name: z.string(),
          kind: z.enum(stageKinds),
          count: z.int().min(0),
          totalValue: moneyOut,
          weightedValue: moneyOut,
          avgLeadScore: z.number().nullable(),
        }),
      ),
      currency,
      asOf: instantOut,
    }),
    404: problem,
  },
})

export const myDealsRoute = defineRoute({
  method: 'GET',
  path: '/v1/deals/stats/my-deals',
  service: 'deals',
  permission: 'deal:read',
  summary:
    'The caller’s own deals in figures, in the company’s currency and time zone. `winRate` is won / (won + lost), null before the first of them.',
  responses: {
    200: z.strictObject({
      open: z.int().min(0),
      won: z.int().min(0),
      lost: z.int().min(0),
      /** Open, and expected to be closed before today. */
      overdue: z.int().min(0),
      openValue: moneyOut,
      wonValueThisMonth: moneyOut,
      winRate: z.number().min(0).max(1).nullable(),
      currency,
      asOf: instantOut,
    }),
  },
})

const MOST_PER_STAGE = 100

export const dealBoardRoute = defineRoute({
  method: 'GET',
  path: '/v1/deals/board',
  service: 'deals',
  permission: 'deal:read',
  summary:
    'The stages of a pipeline with totals and their newest deals. `page.nextCursor` of a stage continues in `GET /v1/deals?pipelineId&stage`, with `pipelineId` and `stage` as the only filters.',
  query: z.strictObject({
    pipelineId: z.uuid().optional(),
    perStage: z.coerce.number().int().min(1).max(MOST_PER_STAGE).default(20),
  }),
  responses: {
    200: z.strictObject({
      pipelineId: z.uuid(),
      data: z.array(
        z.strictObject({
          stage: z.string(),
          name: z.string(),
          kind: z.enum(stageKinds),
          count: z.int().min(0),
          totalValue: moneyOut,
          weightedValue: moneyOut,
          deals: z.array(deal),
          page: z.strictObject({ limit: z.int(), nextCursor: z.string().nullable() }),
        }),
      ),
      currency,
      asOf: instantOut,
    }),
    404: problem,
  },
})
