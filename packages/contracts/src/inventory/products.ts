import { z } from 'zod'
import { currency, instantOut, money, moneyOut, quantityOut, text, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { flag, searchText, stockQuantity } from './fields.ts'

export const pickings = ['FIFO', 'FEFO'] as const
export type Picking = (typeof pickings)[number]

export const product = z.strictObject({
  id: z.uuid(),
  /** Unique in the company among products that are not deleted. */
  sku: z.string(),
  name: z.string(),
  unit: z.string(),
  category: z.string().nullable(),
  salePrice: moneyOut,
  currency,
  /** Reorder when what is projected is at or below this; null: never. */
  reorderLevel: quantityOut.nullable(),
  reorderQuantity: quantityOut.nullable(),
  leadTimeDays: z.int().min(0).nullable(),
  active: z.boolean(),
  /** Which layer goes first: the oldest (FIFO), or the one that expires first (FEFO). */
  picking: z.enum(pickings),
  /** What a receipt may exceed its order by, in percent; null: as the company's settings say. */
  overReceiptPercent: z.number().min(0).max(100).nullable(),
  /** Over all locations. */
  onHand: quantityOut,
  reserved: quantityOut,
  /** `onHand` − `reserved`. */
  available: quantityOut,
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})
export type Product = z.output<typeof product>

const sku = text(100)

const editable = {
  unit: text(30).optional(),
  category: text(200).nullish(),
  salePrice: money.optional(),
  currency: currency.optional(),
  reorderLevel: stockQuantity.nullish(),
  reorderQuantity: stockQuantity.nullish(),
  leadTimeDays: z.int().min(0).max(3_650).nullish(),
  active: z.boolean().optional(),
  picking: z.enum(pickings).optional(),
  overReceiptPercent: z.number().min(0).max(100).multipleOf(0.01).nullish(),
}

export const listProductsRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/products',
  service: 'inventory',
  permission: 'product:read',
  summary:
    'List products with their stock over all locations. `lowStock=true`: available at or below the reorder level.',
  query: pageQuery({
    sorts: ['createdAt', 'updatedAt', 'name', 'sku'],
    defaultSort: '-createdAt',
    filters: {
      sku: sku.optional(),
      category: text(200).optional(),
      active: flag.optional(),
      lowStock: z.literal('true').optional(),
      q: searchText.optional(),
    },
  }),
  responses: { 200: pageOf(product) },
})

export const createProductRoute = defineRoute({
  method: 'POST',
  path: '/v1/inventory/products',
  service: 'inventory',
  permission: 'product:create',
  summary: 'Create a product. `unit` defaults to "pcs", `currency` to the company’s.',
  idempotent: true,
  body: z.strictObject({ sku, name: text(200), ...editable }),
  errors: ['duplicate_sku'],
  responses: { 201: product, 409: problem, 422: problem },
})

export const getProductRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/products/:id',
  service: 'inventory',
  permission: 'product:read',
  summary: 'Get one product with its stock over all locations.',
  responses: { 200: product, 404: problem },
})

export const updateProductRoute = defineRoute({
  method: 'PATCH',
  path: '/v1/inventory/products/:id',
  service: 'inventory',
  permission: 'product:update',
  summary: 'Change fields of a product; fields not named keep what concurrent changes gave them.',
  body: z.strictObject({ sku: sku.optional(), name: text(200).optional(), ...editable }),
  errors: ['duplicate_sku'],
  responses: { 200: product, 404: problem, 409: problem, 412: problem },
})

export const deleteProductRoute = defineRoute({
  method: 'DELETE',
  path: '/v1/inventory/products/:id',
  service: 'inventory',
  permission: 'product:delete',
  summary: 'Delete a product that has no stock left; its ledger stays. With stock: 409 `product_has_stock`.',
  errors: ['product_has_stock'],
  responses: { 204: null, 404: problem, 409: problem, 412: problem },
})
