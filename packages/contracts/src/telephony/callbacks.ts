import { z } from 'zod'
import { instantOut, longText, text, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

export const callbackStatuses = ['OPEN', 'ASSIGNED', 'DONE', 'AUTO_RESOLVED'] as const

export const callback = z.strictObject({
  id: z.uuid(),
  /** E.164. One open callback per number. */
  phone: z.string(),
  contactId: z.uuid().nullable(),
  contactName: z.string().nullable(),
  /** The latest of the missed calls. */
  callId: z.uuid(),
  queue: z.string().nullable(),
  status: z.enum(callbackStatuses),
  missedCount: z.int().min(1),
  lastMissedAt: instantOut,
  dueAt: instantOut,
  assignedToId: z.uuid().nullable(),
  note: z.string().nullable(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})

const base = { service: 'telephony-ingest', permission: 'telephony:callback' } as const

export const listCallbacksRoute = defineRoute({
  ...base,
  method: 'GET',
  path: '/v1/telephony/callbacks',
  summary: 'List callbacks, the most urgent first.',
  query: pageQuery({
    sorts: ['dueAt', 'createdAt'],
    defaultSort: 'dueAt',
    filters: {
      status: z.enum(callbackStatuses).optional(),
      assignedToId: z.union([z.literal('me'), z.uuid()]).optional(),
      queue: text(200).optional(),
      phone: text(100).optional(),
      callId: z.uuid().optional(),
    },
  }),
  responses: { 200: pageOf(callback) },
})

export const getCallbackRoute = defineRoute({
  ...base,
  method: 'GET',
  path: '/v1/telephony/callbacks/:id',
  summary: 'Get one callback.',
  responses: { 200: callback, 404: problem },
})

export const assignCallbackRoute = defineRoute({
  ...base,
  method: 'POST',
  path: '/v1/telephony/callbacks/:id/assign',
  summary: 'Say who calls back; left out: whoever asks. A callback that is closed is 409 `invalid_state`.',
  idempotent: true,
  body: z.strictObject({ assignedToId: z.uuid().optional() }),
  errors: ['invalid_state'],
  responses: { 200: callback, 404: problem, 409: problem, 412: problem, 422: problem },
})

export const completeCallbackRoute = defineRoute({
  ...base,
  method: 'POST',
  path: '/v1/telephony/callbacks/:id/complete',
  summary:
    'Close a callback as done. A call missed later opens another. A callback that is closed is 409 `invalid_state`.',
  idempotent: true,
  body: z.strictObject({ note: longText(20_000).optional() }),
  errors: ['invalid_state'],
  responses: { 200: callback, 404: problem, 409: problem, 412: problem, 422: problem },
})
