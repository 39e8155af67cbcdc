import { z } from 'zod'
import { instantOut, text } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

/** What a PBX sent and we could not use: kept until it can be. */
export const telephonyDeadLetter = z.strictObject({
  id: z.uuid(),
  connectionId: z.uuid(),
  /** `malformed_json`, `validation_failed`, `not_storable`, `fold_failed`… */
  code: z.string(),
  message: z.string(),
  /** The beginning of what was sent, as text. */
  excerpt: z.string(),
  bytes: z.int().min(0),
  /** How often the same was sent. */
  seenCount: z.int().min(1),
  attempts: z.int().min(0),
  createdAt: instantOut,
  resolvedAt: instantOut.nullable(),
})

export const listTelephonyDeadLettersRoute = defineRoute({
  method: 'GET',
  path: '/v1/telephony/dead-letters',
  service: 'telephony-ingest',
  permission: 'telephony:manage',
  summary: 'List what was authentic but not understood. `status` is `open` unless said otherwise.',
  query: pageQuery({
    sorts: ['createdAt'],
    defaultSort: '-createdAt',
    filters: {
      status: z.enum(['open', 'resolved']).default('open'),
      connectionId: z.uuid().optional(),
      code: text(100).optional(),
    },
  }),
  responses: { 200: pageOf(telephonyDeadLetter) },
})

export const retryTelephonyDeadLetterRoute = defineRoute({
  method: 'POST',
  path: '/v1/telephony/dead-letters/:id/retry',
  service: 'telephony-ingest',
  permission: 'telephony:manage',
  summary:
    'Try again with what we understand today. What is still not understood stays open, with the reason of this attempt.',
  errors: ['dead_letter_resolved'],
  responses: { 200: telephonyDeadLetter, 404: problem, 409: problem },
})
