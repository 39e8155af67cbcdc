import { z } from 'zod'
import {
  currency,
  instantOut,
  longText,
  moneyOut,
  quantity,
  quantityOut,
  text,
  unitCost,
  unitCostOut,
  version,
} from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { MAX_LINES, moment, searchText } from './fields.ts'

export const purchaseOrderStatuses = [
  'DRAFT',
  'SUBMITTED',
  'PARTIALLY_RECEIVED',
  'RECEIVED',
  'CLOSED',
  'CANCELLED',
] as const
export type PurchaseOrderStatus = (typeof purchaseOrderStatuses)[number]

export const purchaseOrder = z.strictObject({
  id: z.uuid(),
  /** `PO-<year>-<number>`: gap-free per company and year, in the company's time zone. */
  number: z.string().regex(/^PO-\d{4}-\d{4,}$/),
  supplier: z.string(),
  status: z.enum(purchaseOrderStatuses),
  currency,
  items: z.array(
    z.strictObject({
      id: z.uuid(),
      productId: z.uuid(),
      sku: z.string(),
      productName: z.string(),
      quantity: quantityOut,
      unitCost: unitCostOut,
      receivedQuantity: quantityOut,
    }),
  ),
  notes: z.string().nullable(),
  expectedAt: instantOut.nullable(),
  total: moneyOut,
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
  createdById: z.uuid().nullable(),
})
export type PurchaseOrder = z.output<typeof purchaseOrder>

export const listPurchaseOrdersRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/purchase-orders',
  service: 'inventory',
  permission: 'purchase:read',
  summary: 'List purchase orders.',
  query: pageQuery({
    sorts: ['createdAt', 'number'],
    defaultSort: '-createdAt',
    filters: {
      status: z.enum(purchaseOrderStatuses).optional(),
      productId: z.uuid().optional(),
      q: searchText.optional(),
    },
  }),
  responses: { 200: pageOf(purchaseOrder) },
})

export const createPurchaseOrderRoute = defineRoute({
  method: 'POST',
  path: '/v1/inventory/purchase-orders',
  service: 'inventory',
  permission: 'purchase:create',
  summary: 'Draft a purchase order. Its number is the next of the company and year.',
  idempotent: true,
  body: z.strictObject({
    supplier: text(200),
    currency: currency.optional(),
    expectedAt: moment.nullish(),
    notes: longText(20_000).nullish(),
    items: z
      .array(z.strictObject({ productId: z.uuid(), quantity, unitCost }))
      .min(1)
      .max(MAX_LINES),
  }),
  responses: { 201: purchaseOrder, 404: problem, 422: problem },
})

export const getPurchaseOrderRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/purchase-orders/:id',
  service: 'inventory',
  permission: 'purchase:read',
  summary: 'Get one purchase order.',
  responses: { 200: purchaseOrder, 404: problem },
})

export const updatePurchaseOrderRoute = defineRoute({
  method: 'PATCH',
  path: '/v1/inventory/purchase-orders/:id',
  service: 'inventory',
  permission: 'purchase:update',
  summary:
    'Change a draft, or amend an order that has gone out: `items` are the order’s items afterwards, those with an `id` changed, others added, ' +
    'missing ones removed. Less than was received is 409 `below_received`. The currency is fixed once goods have come.',
  body: z.strictObject({
    supplier: text(200).optional(),
    currency: currency.optional(),
    expectedAt: moment.nullish(),
    notes: longText(20_000).nullish(),
    items: z
      .array(z.strictObject({ id: z.uuid().optional(), productId: z.uuid(), quantity, unitCost }))
      .min(1)
      .max(MAX_LINES)
      .refine((items) => {
        const ids = items.flatMap(({ id }) => id ?? [])
        return new Set(ids).size === ids.length
      }, 'must not repeat an item')
      .optional(),
  }),
  errors: ['invalid_state', 'below_received'],
  responses: { 200: purchaseOrder, 404: problem, 409: problem, 412: problem },
})

export const closePurchaseOrderRoute = defineRoute({
  method: 'POST',
  path: '/v1/inventory/purchase-orders/:id/close',
  service: 'inventory',
  permission: 'purchase:manage',
  summary: 'Close an order that has gone out: what is missing will not come.',
  idempotent: true,
  errors: ['invalid_state'],
  responses: { 200: purchaseOrder, 404: problem, 409: problem, 412: problem, 422: problem },
})

export const cancelPurchaseOrderRoute = defineRoute({
  method: 'POST',
  path: '/v1/inventory/purchase-orders/:id/cancel',
  service: 'inventory',
  permission: 'purchase:manage',
  summary: 'Cancel an order of which nothing was received; otherwise 409 `invalid_state`: close it.',
  idempotent: true,
  errors: ['invalid_state'],
  responses: { 200: purchaseOrder, 404: problem, 409: problem, 412: problem, 422: problem },
})

export const purchaseReceipt = z.strictObject({
  id: z.uuid(),
  purchaseOrderId: z.uuid(),
  actorId: z.uuid().nullable(),
  actorName: z.string().nullable(),
  occurredAt: instantOut,
  lines: z.array(
    z.strictObject({
      batchId: z.uuid(),
      productId: z.uuid(),
      locationId: z.uuid(),
      quantity: quantityOut,
      /** As it landed. */
      unitCost: unitCostOut,
      value: moneyOut,
      lotCode: z.string().nullable(),
      expiresAt: instantOut.nullable(),
    }),
  ),
  totalValue: moneyOut,
})

export const listPurchaseReceiptsRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/purchase-orders/:id/receipts',
  service: 'inventory',
  permission: 'purchase:read',
  summary: 'List the receipts of an order: each is a document of its own.',
  query: pageQuery({ sorts: ['occurredAt'], defaultSort: '-occurredAt', filters: {} }),
  responses: { 200: pageOf(purchaseReceipt), 404: problem },
})

export const purchaseAmendment = z.strictObject({
  id: z.uuid(),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
  actorId: z.uuid().nullable(),
  actorName: z.string().nullable(),
  occurredAt: instantOut,
})

export const listPurchaseAmendmentsRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/purchase-orders/:id/amendments',
  service: 'inventory',
  permission: 'purchase:read',
  summary: 'List what was changed after the order had gone out.',
  query: pageQuery({ sorts: ['occurredAt'], defaultSort: '-occurredAt', filters: {} }),
  responses: { 200: pageOf(purchaseAmendment), 404: problem },
})

export const submitPurchaseOrderRoute = defineRoute({
  method: 'POST',
  path: '/v1/inventory/purchase-orders/:id/submit',
  service: 'inventory',
  permission: 'purchase:manage',
  summary: 'Submit a draft to the supplier; goods can be received from then on.',
  idempotent: true,
  errors: ['invalid_state'],
  responses: { 200: purchaseOrder, 404: problem, 409: problem, 412: problem, 422: problem },
})

export const receivePurchaseOrderRoute = defineRoute({
  method: 'POST',
  path: '/v1/inventory/purchase-orders/:id/receive',
  service: 'inventory',
  permission: 'purchase:receive',
  description:
    'All lines or none. Nothing may be received beyond what was ordered: more, or anything on a received order, is `over_receipt`.',
  summary:
    'Receive goods: every line becomes a FIFO layer at the order’s unit cost, or at `unitCost` when the landed cost differs. ' +
    'More than ordered and tolerated (`overReceiptPercent` of the product or the company) is 409 `over_receipt`; an order that is not open is 409 `invalid_state`.',
  idempotent: true,
  body: z.strictObject({
    lines: z
      .array(
        z.strictObject({
          itemId: z.uuid(),
          quantity,
          locationId: z.uuid().nullish(),
          lotCode: text(100).nullish(),
          expiresAt: moment.nullish(),
          unitCost: unitCost.nullish(),
        }),
      )
      .min(1)
      .max(MAX_LINES),
  }),
  errors: ['invalid_state', 'over_receipt', 'currency_rate_missing'],
  responses: { 200: purchaseOrder, 404: problem, 409: problem, 412: problem, 422: problem },
})
