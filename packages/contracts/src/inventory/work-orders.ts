import { z } from 'zod'
import { instant, instantOut, longText, moneyOut, quantity, quantityOut, text, version } from '../core/fields.ts'
import { isOrdered, pageOf, pageQuery, windowEdge } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { MAX_LINES, searchText, stockQuantity } from './fields.ts'

export const workOrderKinds = ['INSTALLATION', 'REPAIR', 'MAINTENANCE', 'JOB'] as const
export const workOrderStatuses = ['DRAFT', 'SCHEDULED', 'IN_PROGRESS', 'SUBMITTED', 'APPROVED', 'CANCELLED'] as const
export type WorkOrderStatus = (typeof workOrderStatuses)[number]
export const workOrderPriorities = ['LOW', 'MEDIUM', 'HIGH', 'URGENT'] as const

/** Most people on one work order. */
export const MAX_ASSIGNEES = 20

export const workOrder = z.strictObject({
  id: z.uuid(),
  /** `WO-<year>-<number>`: gap-free per company and year. */
  number: z
    .string()
    .regex(/^WO-\d{4}-\d{4,}$/)
    .meta({ example: 'WO-2026-0001' }),
  title: z.string(),
  description: z.string().nullable(),
  kind: z.enum(workOrderKinds),
  status: z.enum(workOrderStatuses),
  priority: z.enum(workOrderPriorities),
  customerId: z.uuid().nullable(),
  customerName: z.string().nullable(),
  dealId: z.uuid().nullable(),
  dealTitle: z.string().nullable(),
  parentId: z.uuid().nullable(),
  address: z.string().nullable(),
  scheduledStart: instantOut.nullable(),
  scheduledEnd: instantOut.nullable(),
  assigneeIds: z.array(z.uuid()),
  assignees: z.array(z.strictObject({ id: z.uuid(), name: z.string().nullable() })),
  /** Of the products used and not returned, at the cost of their layers. */
  materialCost: moneyOut,
  startedAt: instantOut.nullable(),
  submittedAt: instantOut.nullable(),
  approvedAt: instantOut.nullable(),
  approvedById: z.uuid().nullable(),
  cancelledAt: instantOut.nullable(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
  createdById: z.uuid().nullable(),
})
export type WorkOrder = z.output<typeof workOrder>

export const workOrderDetail = workOrder.extend({
  products: z.array(
    z.strictObject({
      productId: z.uuid(),
      sku: z.string(),
      productName: z.string(),
      locationId: z.uuid(),
      /** Planned. */
      quantity: quantityOut,
      reserved: quantityOut,
      used: quantityOut,
      returned: quantityOut,
      cost: moneyOut,
    }),
  ),
  /** Other work orders of the same people at the same time, the first twenty. */
  conflicts: z.array(
    z.strictObject({
      workOrderId: z.uuid(),
      number: z.string(),
      title: z.string(),
      assigneeIds: z.array(z.uuid()),
      scheduledStart: instantOut,
      scheduledEnd: instantOut,
    }),
  ),
})
export type WorkOrderDetail = z.output<typeof workOrderDetail>

const assigneeIds = z
  .array(z.uuid())
  .max(MAX_ASSIGNEES)
  .transform((ids) => [...new Set(ids)])

const editable = {
  description: longText(20_000).nullish(),
  kind: z.enum(workOrderKinds).optional(),
  priority: z.enum(workOrderPriorities).optional(),
  customerId: z.uuid().nullish(),
  dealId: z.uuid().nullish(),
  /** The order that this one is a part of; that one has no parent itself. */
  parentId: z.uuid().nullish(),
  address: text(500).nullish(),
  scheduledStart: instant.nullish(),
  scheduledEnd: instant.nullish(),
  assigneeIds: assigneeIds.optional(),
}

const path = '/v1/work-orders'
const changed = { 200: workOrderDetail, 404: problem, 409: problem, 412: problem, 422: problem }

export const listWorkOrdersRoute = defineRoute({
  method: 'GET',
  path,
  service: 'inventory',
  permission: 'workorder:read',
  summary: 'List work orders. `assignedToId=me` are my tasks; `from`/`to` choose those that are scheduled within.',
  query: pageQuery({
    sorts: ['createdAt', 'scheduledStart', 'number'],
    defaultSort: '-createdAt',
    filters: {
      status: z.enum(workOrderStatuses).optional(),
      kind: z.enum(workOrderKinds).optional(),
      priority: z.enum(workOrderPriorities).optional(),
      assignedToId: z.union([z.literal('me'), z.uuid()]).optional(),
      customerId: z.uuid().optional(),
      dealId: z.uuid().optional(),
      parentId: z.uuid().optional(),
      from: windowEdge.optional(),
      to: windowEdge.optional(),
      q: searchText.optional(),
    },
  }).refine((query) => isOrdered(query.from, query.to), { path: ['to'], message: 'must not be before from' }),
  responses: { 200: pageOf(workOrder) },
})

export const createWorkOrderRoute = defineRoute({
  method: 'POST',
  path,
  service: 'inventory',
  permission: 'workorder:create',
  summary: 'Draft a work order with the next number of the company and year.',
  idempotent: true,
  body: z.strictObject({ title: text(200), ...editable }),
  errors: ['nested_work_order'],
  responses: { 201: workOrderDetail, 404: problem, 409: problem, 422: problem },
})

export const getWorkOrderRoute = defineRoute({
  method: 'GET',
  path: `${path}/:id`,
  service: 'inventory',
  permission: 'workorder:read',
  summary: 'Get one work order with its products and the conflicts of its schedule.',
  responses: { 200: workOrderDetail, 404: problem },
})

export const updateWorkOrderRoute = defineRoute({
  method: 'PATCH',
  path: `${path}/:id`,
  service: 'inventory',
  permission: 'workorder:update',
  summary: 'Change fields of a work order that is neither approved nor cancelled.',
  body: z.strictObject({ title: text(200).optional(), ...editable }),
  errors: ['invalid_state', 'nested_work_order'],
  responses: { 200: workOrderDetail, 404: problem, 409: problem, 412: problem },
})

const action = {
  method: 'POST',
  service: 'inventory',
  permission: 'workorder:update',
  idempotent: true,
  responses: changed,
} as const

export const assignWorkOrderRoute = defineRoute({
  ...action,
  path: `${path}/:id/assign`,
  description: 'With times the order becomes SCHEDULED.',
  summary: 'Say who does it and when. A draft with a time becomes SCHEDULED. Conflicts are shown, not refused.',
  body: z.strictObject({
    assigneeIds,
    scheduledStart: instant.nullish(),
    scheduledEnd: instant.nullish(),
  }),
  errors: ['invalid_state'],
})

export const startWorkOrderRoute = defineRoute({
  ...action,
  path: `${path}/:id/start`,
  summary: 'Begin the work: IN_PROGRESS.',
  errors: ['invalid_state'],
})

const productLines = z
  .array(z.strictObject({ productId: z.uuid(), locationId: z.uuid().nullish(), quantity }))
  .min(1)
  .max(MAX_LINES)

export const addWorkOrderProductsRoute = defineRoute({
  ...action,
  path: `${path}/:id/products`,
  summary:
    'Plan products, while DRAFT to IN_PROGRESS: they are reserved, all lines or none (409 `insufficient_stock`).',
  body: z.strictObject({ lines: productLines }),
  errors: ['invalid_state', 'insufficient_stock', 'too_many_products'],
})

export const addWorkOrderDevicesRoute = defineRoute({
  ...action,
  path: `${path}/:id/devices`,
  summary: 'Note devices that were taken out of service.',
  body: z.strictObject({
    devices: z
      .array(
        z.strictObject({
          productId: z.uuid().nullish(),
          serial: text(100),
          condition: text(100),
          notes: longText(2_000).nullish(),
        }),
      )
      .min(1)
      .max(MAX_LINES),
  }),
  errors: ['invalid_state'],
})

export const submitWorkOrderRoute = defineRoute({
  ...action,
  path: `${path}/:id/submit`,
  summary: 'Report the work as done: SUBMITTED, to be approved.',
  errors: ['invalid_state'],
})

export const approveWorkOrderRoute = defineRoute({
  ...action,
  path: `${path}/:id/approve`,
  permission: 'workorder:approve',
  description:
    'From SUBMITTED or IN_PROGRESS. Consumption and the new status are one transaction: with short stock nothing changes.',
  summary:
    'Approve: what was planned is consumed and the status changes, in one transaction. `lines` say what was really used of some products; ' +
    'what is left of the reservation is free again. Short stock is 409 `insufficient_stock` and changes nothing.',
  body: z.strictObject({
    lines: z
      .array(z.strictObject({ productId: z.uuid(), locationId: z.uuid().nullish(), quantity: stockQuantity }))
      .max(MAX_LINES)
      .optional(),
  }),
  errors: ['invalid_state', 'insufficient_stock', 'open_parts'],
})

export const cancelWorkOrderRoute = defineRoute({
  ...action,
  path: `${path}/:id/cancel`,
  summary: 'Cancel an order that is not approved; what it had reserved is free again.',
  errors: ['invalid_state'],
})

export const returnWorkOrderRoute = defineRoute({
  ...action,
  path: `${path}/:id/return`,
  permission: 'workorder:approve',
  description: 'Units go back into the layers they were taken from last, at the cost they left with.',
  summary:
    'Give units back at the cost at which they left, into the layers that were used last. More than was used is 409 `over_return`.',
  body: z.strictObject({
    lines: z
      .array(z.strictObject({ productId: z.uuid(), quantity, reason: text(500).nullish() }))
      .min(1)
      .max(MAX_LINES),
  }),
  errors: ['invalid_state', 'over_return'],
})
