import { z } from 'zod'
import { instantOut, longText, quantityOut, signedQuantity, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { MAX_LINES, stockQuantity } from './fields.ts'

export const MAX_STOCKTAKE_LINES = 1_000

export const stocktake = z.strictObject({
  id: z.uuid(),
  locationId: z.uuid(),
  status: z.enum(['OPEN', 'POSTED']),
  notes: z.string().nullable(),
  lineCount: z.int().min(0),
  countedCount: z.int().min(0),
  postingId: z.uuid().nullable(),
  postedAt: instantOut.nullable(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
  createdById: z.uuid().nullable(),
})

export const stocktakeDetail = stocktake.extend({
  lines: z.array(
    z.strictObject({
      productId: z.uuid(),
      sku: z.string(),
      productName: z.string(),
      /** What the books said when the stocktake began, or when it was counted if stock had moved by then. */
      expected: quantityOut,
      counted: quantityOut.nullable(),
      difference: quantityOut.nullable(),
      /** Stock moved between the beginning and the count. */
      moved: z.boolean(),
      countedAt: instantOut.nullable(),
    }),
  ),
})
export type Stocktake = z.output<typeof stocktakeDetail>

export const listStocktakesRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/stocktakes',
  service: 'inventory',
  permission: 'inventory:read',
  summary: 'List stocktakes.',
  query: pageQuery({
    sorts: ['createdAt'],
    defaultSort: '-createdAt',
    filters: { status: z.enum(['OPEN', 'POSTED']).optional(), locationId: z.uuid().optional() },
  }),
  responses: { 200: pageOf(stocktake) },
})

export const createStocktakeRoute = defineRoute({
  method: 'POST',
  path: '/v1/inventory/stocktakes',
  service: 'inventory',
  permission: 'inventory:adjust',
  summary:
    'Begin a stocktake: what the books say is frozen. Without products it is all that ever were at the location, at most 1,000 (409 `too_many_products`).',
  idempotent: true,
  body: z.strictObject({
    locationId: z.uuid().nullish(),
    productIds: z.array(z.uuid()).min(1).max(MAX_STOCKTAKE_LINES).optional(),
    notes: longText(2_000).nullish(),
  }),
  errors: ['too_many_products'],
  responses: { 201: stocktakeDetail, 404: problem, 409: problem, 422: problem },
})

export const getStocktakeRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/stocktakes/:id',
  service: 'inventory',
  permission: 'inventory:read',
  summary: 'Get one stocktake with its lines.',
  responses: { 200: stocktakeDetail, 404: problem },
})

export const countStocktakeRoute = defineRoute({
  method: 'POST',
  path: '/v1/inventory/stocktakes/:id/count',
  service: 'inventory',
  permission: 'inventory:adjust',
  summary:
    'Note what was counted; counting again replaces it. Where stock has moved since the stocktake began, the count is compared with the books of now.',
  idempotent: true,
  body: z.strictObject({
    lines: z
      .array(z.strictObject({ productId: z.uuid(), quantity: stockQuantity }))
      .min(1)
      .max(MAX_LINES)
      .refine(
        (lines) => new Set(lines.map((line) => line.productId)).size === lines.length,
        'must not repeat a product',
      ),
  }),
  errors: ['invalid_state'],
  responses: { 200: stocktakeDetail, 404: problem, 409: problem, 412: problem, 422: problem },
})

export const postStocktakeRoute = defineRoute({
  method: 'POST',
  path: '/v1/inventory/stocktakes/:id/post',
  service: 'inventory',
  permission: 'inventory:adjust',
  summary:
    'Post the differences against the level of now: what moved since the count stays moved. What is not counted is left alone. ' +
    'A loss of what is reserved is 409 `insufficient_stock`.',
  idempotent: true,
  errors: ['invalid_state', 'insufficient_stock'],
  responses: { 200: stocktakeDetail, 404: problem, 409: problem, 412: problem, 422: problem },
})

export const reorderSuggestion = z.strictObject({
  id: z.uuid(),
  productId: z.uuid(),
  sku: z.string(),
  name: z.string(),
  onHand: quantityOut,
  reserved: quantityOut,
  /** On submitted orders and not received. */
  onOrder: quantityOut,
  /** `onHand` − `reserved` + `onOrder`. */
  projected: signedQuantity.or(z.literal(0)),
  reorderLevel: quantityOut,
  /** The reorder quantity, or what is missing to the level where that is more; at least 1. */
  suggestedQuantity: quantityOut,
  leadTimeDays: z.int().nullable(),
})

export const listReorderSuggestionsRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/reorder-suggestions',
  service: 'inventory',
  permission: 'inventory:read',
  summary: 'List active products whose projected stock is at or below their reorder level.',
  query: pageQuery({ sorts: ['createdAt', 'name', 'sku'], defaultSort: 'createdAt', filters: {} }),
  responses: { 200: pageOf(reorderSuggestion) },
})
