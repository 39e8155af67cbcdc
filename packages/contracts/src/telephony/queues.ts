import { z } from 'zod'
import { instantOut, percent, text, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

export const queue = z.strictObject({
  id: z.uuid(),
  /** As the PBX names the queue. */
  key: z.string(),
  name: z.string(),
  slaThresholdSeconds: z.int(),
  slaGoalPercent: percent,
  includeAbandoned: z.boolean(),
  shortAbandonSeconds: z.int(),
  /** How soon a caller who was missed here is to be called back: decides `dueAt`. Calls outside of queues: 60. */
  callbackDueMinutes: z.int(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})

const figures = {
  slaThresholdSeconds: z.int().min(1).max(3_600),
  slaGoalPercent: percent,
  includeAbandoned: z.boolean(),
  shortAbandonSeconds: z.int().min(0).max(600),
  callbackDueMinutes: z.int().min(1).max(10_080),
}

const base = { service: 'telephony-ingest', permission: 'telephony:manage' } as const

export const listQueuesRoute = defineRoute({
  ...base,
  method: 'GET',
  path: '/v1/telephony/queues',
  summary: 'List the queues.',
  query: pageQuery({
    sorts: ['name', 'createdAt'],
    defaultSort: 'name',
    filters: { key: text(200).optional(), q: text(200).optional() },
  }),
  responses: { 200: pageOf(queue) },
})

export const createQueueRoute = defineRoute({
  ...base,
  method: 'POST',
  path: '/v1/telephony/queues',
  summary: 'Name a queue and set its service level. A key that is taken is 409 `duplicate`.',
  idempotent: true,
  body: z.strictObject({
    key: text(200),
    name: text(200),
    slaThresholdSeconds: figures.slaThresholdSeconds.default(20),
    slaGoalPercent: figures.slaGoalPercent.default(80),
    includeAbandoned: figures.includeAbandoned.default(true),
    shortAbandonSeconds: figures.shortAbandonSeconds.default(5),
    callbackDueMinutes: figures.callbackDueMinutes.default(60),
  }),
  errors: ['duplicate'],
  responses: { 201: queue, 409: problem, 422: problem },
})

export const getQueueRoute = defineRoute({
  ...base,
  method: 'GET',
  path: '/v1/telephony/queues/:id',
  summary: 'Get one queue.',
  responses: { 200: queue, 404: problem },
})

export const updateQueueRoute = defineRoute({
  ...base,
  method: 'PATCH',
  path: '/v1/telephony/queues/:id',
  summary: 'Change fields of a queue.',
  body: z.strictObject({ name: text(200), ...figures }).partial(),
  responses: { 200: queue, 404: problem, 412: problem },
})

export const deleteQueueRoute = defineRoute({
  ...base,
  method: 'DELETE',
  path: '/v1/telephony/queues/:id',
  summary: 'Delete a queue. Its calls keep its key.',
  responses: { 204: null, 404: problem, 412: problem },
})
