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

export const createAdjustmentRoute = defineRoute({
  method: 'POST',
  path: '/v1/inventory/adjustments',
  service: 'inventory',
  permission: 'inventory:adjust',
  summary:
    'Correct stock. A positive quantity makes a layer at `unitCost`, or at the current average cost without one; ' +
    'a negative one takes the oldest layers, never what is reserved (409 `insufficient_stock`).',
  idempotent: true,
  body: z.strictObject({
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
  }),
  errors: ['insufficient_stock'],
  responses: {
    201: z.strictObject({
      id: z.uuid(),
      occurredAt: instantOut,
      currency,
      /** One per product and location. */
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
    }),
    404: problem,
    409: problem,
    422: problem,
  },
})
