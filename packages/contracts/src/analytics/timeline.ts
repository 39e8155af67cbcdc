import { z } from 'zod'
import { instantOut } from '../core/fields.ts'
import { pageOf, pageQuery, windowEdge } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { figuresMeta } from './figures.ts'

export const timelineEntry = z.strictObject({
  id: z.uuid(),
  /** `deal.created`, `deal.won`, `call.ended`, `work-order.approved`, `activity.completed`… */
  kind: z.string(),
  /** The deal, call, work order or activity. */
  subjectId: z.uuid(),
  occurredAt: instantOut,
  /** What is worth showing of it; depends on the kind. */
  details: z.record(z.string(), z.unknown()),
})

export const listCustomerTimelineRoute = defineRoute({
  method: 'GET',
  path: '/v1/analytics/customers/:id/timeline',
  service: 'analytics',
  permission: 'analytics:read',
  summary: 'List what happened with a customer, from every service, newest first.',
  query: pageQuery({
    sorts: ['occurredAt'],
    defaultSort: '-occurredAt',
    filters: { kind: z.string().max(100).optional(), from: windowEdge.optional(), to: windowEdge.optional() },
  }),
  responses: { 200: pageOf(timelineEntry).extend({ meta: figuresMeta }), 404: problem },
})
