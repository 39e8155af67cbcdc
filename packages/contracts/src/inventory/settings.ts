import { z } from 'zod'
import { version } from '../core/fields.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

export const inventorySettings = z.strictObject({
  /** What a receipt may exceed the order by, in percent, where the product says nothing else. */
  overReceiptPercent: z.number().min(0).max(100),
  /** A deal that is won and has line items with products drafts a work order and reserves what there is. */
  wonDealDraftsWorkOrder: z.boolean(),
  version,
})

export const getInventorySettingsRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/settings',
  service: 'inventory',
  permission: 'inventory:read',
  summary: 'How the company wants its stock handled.',
  responses: { 200: inventorySettings },
})

export const updateInventorySettingsRoute = defineRoute({
  method: 'PATCH',
  path: '/v1/inventory/settings',
  service: 'inventory',
  permission: 'product:manage',
  summary: 'Change how the company wants its stock handled.',
  body: z.strictObject({
    overReceiptPercent: z.number().min(0).max(100).multipleOf(0.01).optional(),
    wonDealDraftsWorkOrder: z.boolean().optional(),
  }),
  responses: { 200: inventorySettings, 412: problem },
})
