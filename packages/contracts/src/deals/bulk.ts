import { z } from 'zod'
import { tags, text, version } from '../core/fields.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { priorities } from './deals.ts'
import { stageKey } from './pipelines.ts'

const MOST_ITEMS = 100

const dealIds = z
  .array(z.uuid())
  .min(1)
  .max(MOST_ITEMS)
  .refine((ids) => new Set(ids).size === ids.length, 'must not name a deal twice')

/** With `atomic`, one item that fails refuses all: 409 `bulk_rejected` with the results. */
const atomic = z.boolean().default(false)

export const dealBulkResult = z.strictObject({
  id: z.uuid(),
  status: z.enum(['ok', 'noop', 'not_found', 'forbidden', 'conflict', 'invalid']),
  code: z.string().optional(),
  version: version.optional(),
})
export type DealBulkResult = z.output<typeof dealBulkResult>

export const dealBulkAnswer = z.strictObject({
  results: z.array(dealBulkResult),
  summary: z.strictObject({ ok: z.int(), noop: z.int(), failed: z.int() }),
})
export type DealBulkAnswer = z.output<typeof dealBulkAnswer>

const responses = { 200: dealBulkAnswer, 207: dealBulkAnswer, 404: problem, 409: problem, 422: problem }

export const bulkUpdateDealsRoute = defineRoute({
  method: 'POST',
  path: '/v1/deals/bulk/update',
  service: 'deals',
  permission: 'deal:update',
  description:
    'Results are in the order of the ids; 200 when all are ok or unchanged, 207 otherwise. With `atomic: true` any failure is 409 `bulk_rejected`, and nothing changes.',
  summary:
    'Make one change to up to 100 deals. Each item has its own result, in the order of `ids`; 207 when some failed. A stage is looked for in each deal’s own pipeline.',
  idempotent: true,
  body: z.strictObject({
    ids: dealIds,
    changes: z.strictObject({
      stage: stageKey.optional(),
      priority: z.enum(priorities).optional(),
      assignedToId: z.uuid().nullish(),
      addTags: tags.optional(),
      removeTags: tags.optional(),
      lostReason: text(500).optional(),
    }),
    atomic,
  }),
  responses,
  errors: ['bulk_rejected', 'concurrent_change'],
})

export const bulkDeleteDealsRoute = defineRoute({
  method: 'POST',
  path: '/v1/deals/bulk/delete',
  service: 'deals',
  permission: 'deal:delete',
  description:
    'Results are in the order of the ids; 200 when all are ok, 207 otherwise. With `atomic: true` any failure is 409 `bulk_rejected`, and nothing changes.',
  summary: 'Delete up to 100 deals. Each item has its own result, in the order of `ids`; 207 when some failed.',
  idempotent: true,
  body: z.strictObject({ ids: dealIds, atomic }),
  responses,
  errors: ['bulk_rejected'],
})
