import { z } from 'zod'
import { instantOut, text, version } from '../core/fields.ts'
import { isOrdered, pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { workOrderKinds, workOrderPriorities, workOrderStatuses } from './work-orders.ts'

const path = '/v1/work-orders'
export const MAX_CALENDAR_DAYS = 42

export const workOrderActivity = z.strictObject({
  id: z.uuid(),
  action: z.string(),
  details: z.record(z.string(), z.unknown()),
  actorId: z.uuid().nullable(),
  actorName: z.string().nullable(),
  occurredAt: instantOut,
})

export const listWorkOrderActivityRoute = defineRoute({
  method: 'GET',
  path: `${path}/:id/activity`,
  service: 'inventory',
  permission: 'workorder:read',
  summary: 'What was done to a work order and by whom, newest first.',
  query: pageQuery({ sorts: ['occurredAt'], defaultSort: '-occurredAt', filters: {} }),
  responses: { 200: pageOf(workOrderActivity), 404: problem },
})

export const deactivatedDevice = z.strictObject({
  id: z.uuid(),
  workOrderId: z.uuid(),
  productId: z.uuid().nullable(),
  serial: z.string(),
  condition: z.string(),
  notes: z.string().nullable(),
  createdById: z.uuid().nullable(),
  createdAt: instantOut,
})

export const listDeactivatedDevicesRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/deactivated-devices',
  service: 'inventory',
  permission: 'workorder:read',
  summary: 'List devices that work orders took out of service.',
  query: pageQuery({
    sorts: ['createdAt'],
    defaultSort: '-createdAt',
    filters: {
      workOrderId: z.uuid().optional(),
      productId: z.uuid().optional(),
      serial: text(100).optional(),
    },
  }),
  responses: { 200: pageOf(deactivatedDevice) },
})

export const workOrderCalendarRoute = defineRoute({
  method: 'GET',
  path: `${path}/calendar`,
  service: 'inventory',
  permission: 'workorder:read',
  summary:
    'Work orders by day, in the company’s time zone, over at most 42 days; one that takes several days is in each of them. ' +
    'A day shows its first 200 and says how many there are.',
  query: z
    .strictObject({
      from: z.iso.date(),
      to: z.iso.date(),
      assignedToId: z.union([z.literal('me'), z.uuid()]).optional(),
    })
    .refine((query) => isOrdered(query.from, query.to), { path: ['to'], message: 'must not be before from' })
    .refine((query) => Date.parse(query.to) - Date.parse(query.from) < MAX_CALENDAR_DAYS * 86_400_000, {
      path: ['to'],
      message: `must be within ${MAX_CALENDAR_DAYS} days`,
    }),
  responses: {
    200: z.strictObject({
      timeZone: z.string(),
      days: z.array(
        z.strictObject({
          date: z.iso.date(),
          count: z.int().min(0),
          items: z.array(
            z.strictObject({
              id: z.uuid(),
              number: z.string(),
              title: z.string(),
              kind: z.enum(workOrderKinds),
              status: z.enum(workOrderStatuses),
              priority: z.enum(workOrderPriorities),
              customerId: z.uuid().nullable(),
              customerName: z.string().nullable(),
              address: z.string().nullable(),
              scheduledStart: instantOut,
              scheduledEnd: instantOut.nullable(),
              assigneeIds: z.array(z.uuid()),
            }),
          ),
        }),
      ),
    }),
  },
})

const bulkItem = z.strictObject({
  id: z.uuid(),
  status: z.enum(['ok', 'noop', 'not_found', 'forbidden', 'conflict', 'invalid']),
  code: z.string().optional(),
  version: version.optional(),
})

const bulkAnswer = z.strictObject({
  results: z.array(bulkItem),
  summary: z.strictObject({ ok: z.int(), noop: z.int(), failed: z.int() }),
})

export const bulkDeleteWorkOrdersRoute = defineRoute({
  method: 'POST',
  path: `${path}/bulk/delete`,
  service: 'inventory',
  permission: 'workorder:delete',
  summary:
    'Delete drafts and cancelled work orders without parts. 200 when all went, 207 when some did not; with `atomic` 409 `bulk_rejected` and nothing changed.',
  idempotent: true,
  body: z.strictObject({
    ids: z
      .array(z.uuid())
      .min(1)
      .max(100)
      .refine((ids) => new Set(ids).size === ids.length, 'must not repeat an id'),
    atomic: z.boolean().default(false),
  }),
  errors: ['bulk_rejected'],
  responses: { 200: bulkAnswer, 207: bulkAnswer, 409: problem, 422: problem },
})
export type BulkResult = z.output<typeof bulkItem>
