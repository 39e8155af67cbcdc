import { z } from 'zod'
import { currency, instant, instantOut, moneyOut, quantityOut, unitCostOut } from '../core/fields.ts'
import { isOrdered, pageOf, pageQuery, windowEdge } from '../core/page.ts'
import { defineRoute } from '../core/route.ts'
import { signedMoneyOut } from './fields.ts'

export const transactionKinds = ['RECEIPT', 'CONSUMPTION', 'RETURN', 'ADJUSTMENT', 'TRANSFER', 'SCRAP'] as const
export type TransactionKind = (typeof transactionKinds)[number]

export const stockLevel = z.strictObject({
  id: z.uuid(),
  productId: z.uuid(),
  sku: z.string(),
  productName: z.string(),
  locationId: z.uuid(),
  locationKey: z.string(),
  onHand: quantityOut,
  /** Null at a time in the past: reservations are not in the ledger. */
  reserved: quantityOut.nullable(),
  available: quantityOut.nullable(),
  value: moneyOut,
})

export const listStockRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/stock',
  service: 'inventory',
  permission: 'inventory:read',
  summary: 'List stock per product and location: now, or with `at` folded from the ledger as it was then.',
  query: pageQuery({
    sorts: ['createdAt'],
    defaultSort: 'createdAt',
    filters: { productId: z.uuid().optional(), locationId: z.uuid().optional(), at: instant.optional() },
  }),
  responses: { 200: pageOf(stockLevel) },
})

export const batch = z.strictObject({
  id: z.uuid(),
  productId: z.uuid(),
  locationId: z.uuid(),
  receivedAt: instantOut,
  receivedQuantity: quantityOut,
  remainingQuantity: quantityOut,
  unitCost: unitCostOut,
  /** What is left at its cost, in cents. The last unit takes all of it, so an empty batch is worth exactly nothing. */
  remainingValue: moneyOut,
  currency,
  lotCode: z.string().nullable(),
  expiresAt: instantOut.nullable(),
  purchaseOrderId: z.uuid().nullable(),
})

export const listBatchesRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/batches',
  service: 'inventory',
  permission: 'inventory:read',
  summary: 'List FIFO layers in the order in which they are consumed. `open=true`: only those with something left.',
  query: pageQuery({
    sorts: ['receivedAt', 'createdAt'],
    defaultSort: 'receivedAt',
    filters: {
      productId: z.uuid().optional(),
      locationId: z.uuid().optional(),
      purchaseOrderId: z.uuid().optional(),
      open: z.literal('true').optional(),
    },
  }),
  responses: { 200: pageOf(batch) },
})

export const stockTransaction = z.strictObject({
  id: z.uuid(),
  /** 1, 2, 3… per product and location: the order in which the entries took effect there. */
  seq: z.int().min(1),
  kind: z.enum(transactionKinds),
  productId: z.uuid(),
  locationId: z.uuid(),
  batchId: z.uuid(),
  /** Signed: negative leaves the location. */
  quantity: quantityOut,
  unitCost: unitCostOut,
  value: signedMoneyOut,
  /** Stock and value of the product at the location after this entry. */
  onHandAfter: quantityOut,
  valueAfter: moneyOut,
  /** The receipt, deduction or adjustment that the entry belongs to. */
  postingId: z.uuid(),
  workOrderId: z.uuid().nullable(),
  purchaseOrderId: z.uuid().nullable(),
  reason: z.string().nullable(),
  actorId: z.uuid().nullable(),
  occurredAt: instantOut,
})

export const listTransactionsRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/transactions',
  service: 'inventory',
  permission: 'inventory:read',
  summary: 'List the ledger: every change of stock, never altered, newest first.',
  query: pageQuery({
    sorts: ['occurredAt', 'createdAt'],
    defaultSort: '-occurredAt',
    filters: {
      kind: z.enum(transactionKinds).optional(),
      productId: z.uuid().optional(),
      locationId: z.uuid().optional(),
      batchId: z.uuid().optional(),
      postingId: z.uuid().optional(),
      workOrderId: z.uuid().optional(),
      purchaseOrderId: z.uuid().optional(),
      actorId: z.uuid().optional(),
      from: windowEdge.optional(),
      to: windowEdge.optional(),
    },
  }).refine((query) => isOrdered(query.from, query.to), { path: ['to'], message: 'must not be before from' }),
  responses: { 200: pageOf(stockTransaction) },
})

export const getStockValueRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/value',
  service: 'inventory',
  permission: 'inventory:read',
  summary: 'Value of the stock at the cost of its layers, by category and location: now, or with `at` as it was then.',
  query: z.strictObject({ at: instant.optional() }),
  responses: {
    200: z.strictObject({
      total: moneyOut,
      currency,
      byCategory: z.array(z.strictObject({ category: z.string().nullable(), value: moneyOut })),
      byLocation: z.array(z.strictObject({ locationId: z.uuid(), key: z.string(), name: z.string(), value: moneyOut })),
    }),
  },
})

export const invariantNames = [
  'ledger_quantity',
  'layer_quantity',
  'layer_value',
  'ledger_value',
  'reserved_quantity',
] as const

export const auditStockRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/audit',
  service: 'inventory',
  permission: 'inventory:read',
  summary:
    'Check what must hold for every product and location: ledger, layers and levels tell the same quantities and values.',
  responses: {
    200: z.strictObject({
      ok: z.boolean(),
      invariants: z.array(
        z.strictObject({ name: z.enum(invariantNames), checked: z.int().min(0), violations: z.int().min(0) }),
      ),
    }),
  },
})
