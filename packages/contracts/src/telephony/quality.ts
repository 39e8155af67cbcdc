import { z } from 'zod'
import { instantOut, longText, percent, text, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

const criterion = z.strictObject({ name: text(200), score: percent, comment: longText(2_000).optional() })

export const qualityReview = z.strictObject({
  id: z.uuid(),
  callId: z.uuid(),
  reviewerId: z.uuid(),
  score: percent,
  criteria: z.array(z.looseObject({ name: z.string(), score: percent })),
  comment: z.string().nullable(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})

const editable = { criteria: z.array(criterion).max(50), comment: longText(20_000).nullable() }
const path = '/v1/telephony/quality/reviews'
const base = { service: 'telephony-ingest' } as const

export const listQualityReviewsRoute = defineRoute({
  ...base,
  method: 'GET',
  path,
  permission: 'quality:read',
  summary: 'List quality reviews.',
  query: pageQuery({
    sorts: ['createdAt'],
    defaultSort: '-createdAt',
    filters: { callId: z.uuid().optional(), reviewerId: z.uuid().optional() },
  }),
  responses: { 200: pageOf(qualityReview) },
})

export const createQualityReviewRoute = defineRoute({
  ...base,
  method: 'POST',
  path,
  permission: 'quality:create',
  summary: 'Review a call. A second review of one call by one reviewer is 409 `duplicate`.',
  idempotent: true,
  body: z.strictObject({
    callId: z.uuid(),
    reviewerId: z.uuid().optional().describe('Left out: whoever asks'),
    score: percent,
    criteria: editable.criteria.default([]),
    comment: editable.comment.default(null),
  }),
  errors: ['duplicate'],
  responses: { 201: qualityReview, 404: problem, 409: problem, 422: problem },
})

export const getQualityReviewRoute = defineRoute({
  ...base,
  method: 'GET',
  path: `${path}/:id`,
  permission: 'quality:read',
  summary: 'Get one quality review.',
  responses: { 200: qualityReview, 404: problem },
})

export const updateQualityReviewRoute = defineRoute({
  ...base,
  method: 'PATCH',
  path: `${path}/:id`,
  permission: 'quality:update',
  summary: 'Change a quality review.',
  body: z.strictObject({ score: percent, ...editable }).partial(),
  responses: { 200: qualityReview, 404: problem, 412: problem },
})

export const deleteQualityReviewRoute = defineRoute({
  ...base,
  method: 'DELETE',
  path: `${path}/:id`,
  permission: 'quality:delete',
  summary: 'Delete a quality review.',
  responses: { 204: null, 404: problem, 412: problem },
})
