import { z } from 'zod'
import { currency, instantOut, money, moneyOut, quantity, quantityOut, text, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

export const MOST_LINE_ITEMS = 100

export const lineItem = z.strictObject({
  id: z.uuid(),
  dealId: z.uuid(),
  /** As it was when the item was written: a renamed or deleted product changes no offer. */
  name: z.string(),
  productId: z.uuid().nullable(),
  quantity: quantityOut,
  oneTimePrice: moneyOut,
  monthlyPrice: moneyOut,
  discountPercent: z.number().min(0).max(100),
  /** Quantity × price less the discount, rounded half up. */
  oneTimeTotal: moneyOut,
  monthlyTotal: moneyOut,
  position: z.int().min(1),
  createdById: z.uuid().nullable(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})
export type LineItem = z.output<typeof lineItem>

/** Of all items of the deal, whatever the page; `total` is what is paid once and the first month. */
export const lineItemTotals = z.strictObject({
  count: z.int().min(0),
  oneTime: moneyOut,
  monthly: moneyOut,
  total: moneyOut,
  currency,
})

const hasTwoDecimals = (value: number) => /^\d+(\.\d{1,2})?$/.test(String(value))
const discountPercent = z.number().min(0).max(100).refine(hasTwoDecimals, 'must have at most 2 decimals')

const editable = {
  quantity: quantity.optional(),
  oneTimePrice: money.optional(),
  monthlyPrice: money.optional(),
  discountPercent: discountPercent.optional(),
}

/** Makes the sum of the items the deal’s value, in the same transaction. */
const effect = z.strictObject({ updateValue: z.enum(['true', 'false']).optional() })

const path = '/v1/deals/:id/line-items'

export const listLineItemsRoute = defineRoute({
  method: 'GET',
  path,
  service: 'deals',
  permission: 'deal:read',
  summary: `List the line items of a deal in their order, with the totals of all. A deal has at most ${MOST_LINE_ITEMS}.`,
  query: pageQuery({
    sorts: ['position', 'createdAt'],
    defaultSort: 'position',
    filters: { productId: z.uuid().optional() },
  }),
  responses: { 200: pageOf(lineItem).extend({ totals: lineItemTotals }), 404: problem },
})

export const createLineItemRoute = defineRoute({
  method: 'POST',
  path,
  service: 'deals',
  permission: 'deal:update',
  description:
    'Prices are in the deal’s currency. `updateValue=true` makes the total of all items the deal’s value. When the deal is won its items travel with the event, from which inventory may draft a work order and reserve the products.',
  summary: `Add a line item at the end; quantity is 1 unless given, and the name that of the product. More than ${MOST_LINE_ITEMS} are 409 \`too_many_line_items\`.`,
  idempotent: true,
  query: effect,
  body: z
    .strictObject({ name: text(200).optional(), productId: z.uuid().nullish(), ...editable })
    .refine(({ name, productId }) => name !== undefined || typeof productId === 'string', {
      path: ['name'],
      message: 'is required for an item without a product',
    }),
  errors: ['deal_locked', 'too_many_line_items', 'currency_rate_missing'],
  responses: { 201: lineItem, 403: problem, 404: problem, 409: problem, 422: problem },
})

export const getLineItemRoute = defineRoute({
  method: 'GET',
  path: `${path}/:itemId`,
  service: 'deals',
  permission: 'deal:read',
  summary: 'Get one line item.',
  responses: { 200: lineItem, 404: problem },
})

export const updateLineItemRoute = defineRoute({
  method: 'PATCH',
  path: `${path}/:itemId`,
  service: 'deals',
  permission: 'deal:update',
  summary: 'Change fields of a line item; the others keep what concurrent changes gave them.',
  query: effect,
  body: z.strictObject({ name: text(200).optional(), productId: z.uuid().nullish(), ...editable }),
  errors: ['deal_locked', 'currency_rate_missing'],
  responses: { 200: lineItem, 403: problem, 404: problem, 409: problem, 412: problem },
})

export const deleteLineItemRoute = defineRoute({
  method: 'DELETE',
  path: `${path}/:itemId`,
  service: 'deals',
  permission: 'deal:update',
  summary: 'Delete a line item.',
  query: effect,
  errors: ['deal_locked', 'currency_rate_missing'],
  responses: { 204: null, 403: problem, 404: problem, 409: problem, 412: problem },
})
