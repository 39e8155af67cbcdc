import { z } from 'zod'
import {
  currency,
  instantOut,
  moneyOut,
  quantity,
  quantityOut,
  signedQuantity,
  text,
  unitCost,
  unitCostOut,
} from '../core/fields.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { MAX_LINES, signedMoneyOut } from './fields.ts'

export const createDeductionRoute = defineRoute({
  method: 'POST',
  path: '/v1/inventory/deductions',
  service: 'inventory',
  permission: 'inventory:consume',
  description: 'Available is on hand less reserved; what a work order has reserved is available to that work order.',
  summary:
    'Take stock out, oldest layers first: all lines or none. Lines of one product and location are summed; without a location the default one is meant. ' +
    'Short stock is 409 `insufficient_stock` with `errors[]` per short product: `{productId, locationId, requested, available}`.',
  idempotent: true,
  body: z.strictObject({
    workOrderId: z.uuid().nullish(),
    lines: z
      .array(z.strictObject({ productId: z.uuid(), locationId: z.uuid().nullish(), quantity }))
      .min(1)
      .max(MAX_LINES),
  }),
  errors: ['insufficient_stock'],
  responses: {
    201: z.strictObject({
      id: z.uuid(),
      workOrderId: z.uuid().nullable(),
      occurredAt: instantOut,
      currency,
      lines: z.array(
        z.strictObject({
          productId: z.uuid(),
          locationId: z.uuid(),
          quantity: quantityOut,
          cost: moneyOut,
          batches: z.array(
            z.strictObject({ batchId: z.uuid(), quantity: quantityOut, unitCost: unitCostOut, cost: moneyOut }),
          ),
        }),
      ),
      totalCost: moneyOut,
    }),
    404: problem,
    409: problem,
    422: problem,
  },
})

/** What a posting did, one line per product and location. */
export const stockChange = z.strictObject({
  id: z.uuid(),
  occurredAt: instantOut,
  currency,
  lines: z.array(
    z.strictObject({
      productId: z.uuid(),
      locationId: z.uuid(),
      quantity: quantityOut,
      value: signedMoneyOut,
      onHandAfter: quantityOut,
      valueAfter: moneyOut,
    }),
  ),
  totalValue: signedMoneyOut,
})
export type StockChange = z.output<typeof stockChange>

export const createAdjustmentRoute = defineRoute({
  method: 'POST',
  path: '/v1/inventory/adjustments',
  service: 'inventory',
  permission: 'inventory:adjust',
  summary:
    'Correct stock. A positive quantity makes a layer at `unitCost`, or at the current average cost without one; ' +
    'a negative one takes the oldest layers, never what is reserved (409 `insufficient_stock`). `kind: "SCRAP"` books what is thrown away.',
  idempotent: true,
  body: z
    .strictObject({
      kind: z.enum(['ADJUSTMENT', 'SCRAP']).default('ADJUSTMENT'),
      lines: z
        .array(
          z
            .strictObject({
              productId: z.uuid(),
              locationId: z.uuid().nullish(),
              quantity: signedQuantity,
              unitCost: unitCost.nullish(),
              reason: text(500).nullish(),
            })
            .refine((line) => line.quantity > 0 || (line.unitCost ?? null) === null, {
              path: ['unitCost'],
              message: 'is only for a quantity that is added: what is taken away leaves at the cost of its layers',
            }),
        )
        .min(1)
        .max(MAX_LINES),
    })
    .refine((body) => body.kind === 'ADJUSTMENT' || body.lines.every((line) => line.quantity < 0), {
      path: ['kind'],
      message: 'SCRAP only takes away: every quantity must be negative',
    }),
  errors: ['insufficient_stock'],
  responses: { 201: stockChange, 404: problem, 409: problem, 422: problem },
})

export const createTransferRoute = defineRoute({
  method: 'POST',
  path: '/v1/inventory/transfers',
  service: 'inventory',
  permission: 'inventory:adjust',
  summary:
    'Bring stock from one location to another: all lines or none. It leaves as a deduction does and arrives as new layers with the same unit cost, ' +
    'lot and expiry. What is reserved stays (409 `insufficient_stock`).',
  idempotent: true,
  body: z.strictObject({
    lines: z
      .array(
        z
          .strictObject({
            productId: z.uuid(),
            fromLocationId: z.uuid().nullish(),
            toLocationId: z.uuid().meta({ example: '0192f0c1-7b6a-7c3e-9d2b-4f5a6b7c8d9f' }).nullish(),
            quantity,
            reason: text(500).nullish(),
          })
          .refine((line) => (line.fromLocationId ?? null) !== (line.toLocationId ?? null), {
            path: ['toLocationId'],
            message: 'must be another location than fromLocationId',
          }),
      )
      .min(1)
      .max(MAX_LINES),
  }),
  errors: ['insufficient_stock'],
  responses: { 201: stockChange, 404: problem, 409: problem, 422: problem },
})
