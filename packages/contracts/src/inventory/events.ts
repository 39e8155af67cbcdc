import { z } from 'zod'
import { changes, defineEvent } from '../core/event.ts'
import { currency, instantOut, moneyOut, quantityOut } from '../core/fields.ts'
import { signedMoneyOut } from './fields.ts'
import { product } from './products.ts'
import { purchaseOrder } from './purchase-orders.ts'
import { reservationStatuses } from './reservations.ts'
import { invariantNames } from './stock.ts'

/** The product in an event, without its stock: levels are told by the stock events. */
export const productState = z
  .object(product.shape)
  .omit({ onHand: true, reserved: true, available: true })
  // Added after the first of these events was published.
  .extend({
    picking: product.shape.picking.optional(),
    overReceiptPercent: product.shape.overReceiptPercent.optional(),
  })

const productFact = z.object({ product: productState })

export const productCreated = defineEvent('crm.inventory.product.created', 'A product was created.', productFact)
export const productUpdated = defineEvent(
  'crm.inventory.product.updated',
  'Fields of a product changed.',
  z.object({ product: productState, before: changes, after: changes }),
)
export const productDeleted = defineEvent('crm.inventory.product.deleted', 'A product was deleted.', productFact)

const levelState = z.object({ onHand: quantityOut, reserved: quantityOut, value: moneyOut })

/**
 * A change of stock at one or more products and locations, at most 100 of them. `seq` ascends per product and location by the number
 * of ledger entries: a projection applies a line only when its `seq` is greater than the last one it applied there.
 */
const stockMovement = z.object({
  /** Also the subject: the receipt, deduction or adjustment. */
  postingId: z.uuid(),
  workOrderId: z.uuid().nullable(),
  purchaseOrderId: z.uuid().nullable(),
  occurredAt: instantOut,
  currency,
  lines: z.array(
    z.object({
      productId: z.uuid(),
      sku: z.string(),
      productName: z.string(),
      category: z.string().nullable(),
      locationId: z.uuid(),
      /** Signed: negative leaves the location. */
      quantity: quantityOut,
      value: signedMoneyOut,
      seq: z.int().min(1),
      before: levelState,
      after: levelState,
    }),
  ),
  /** Sum of the lines' values. */
  totalValue: signedMoneyOut,
})

export const stockReceived = defineEvent(
  'crm.inventory.stock.received',
  'Goods of a purchase order came in.',
  stockMovement,
)
export const stockConsumed = defineEvent(
  'crm.inventory.stock.consumed',
  'Stock was taken out, oldest layers first.',
  stockMovement,
)
export const stockAdjusted = defineEvent('crm.inventory.stock.adjusted', 'Stock was corrected.', stockMovement)

export const stockTransferred = defineEvent(
  'crm.inventory.stock.transferred',
  'Stock went from one location to another at the cost of its layers; there are lines of both.',
  stockMovement,
)
export const stockReturned = defineEvent(
  'crm.inventory.stock.returned',
  'Units that a work order had used came back, at the cost at which they had left.',
  stockMovement,
)

/** Who speaks for stock changed; no goods moved, so there is no entry in the ledger and `quantity` is what `reserved` changed by. */
const stockHold = z.object({
  reservationId: z.uuid(),
  dealId: z.uuid().nullable(),
  workOrderId: z.uuid().nullable(),
  /** `EXPIRED` tells a release by the clock from one by a person. */
  status: z.enum(reservationStatuses),
  lines: z.array(
    z.object({
      productId: z.uuid(),
      sku: z.string(),
      productName: z.string(),
      locationId: z.uuid(),
      quantity: quantityOut,
      before: levelState,
      after: levelState,
    }),
  ),
})

export const stockReserved = defineEvent('crm.inventory.stock.reserved', 'Stock was reserved.', stockHold)
export const stockReleased = defineEvent(
  'crm.inventory.stock.released',
  'Reserved stock became available again, without having been used.',
  stockHold,
)
export const stockLow = defineEvent(
  'crm.inventory.stock.low',
  'The available stock of a product, over all locations, fell to its reorder level or below. Told once until it has recovered.',
  z.object({
    productId: z.uuid(),
    sku: z.string(),
    productName: z.string(),
    available: quantityOut,
    reorderLevel: quantityOut,
    reorderQuantity: quantityOut.nullable(),
  }),
)

const orderFact = z.object({ purchaseOrder: z.object(purchaseOrder.shape) })

export const purchaseOrderCreated = defineEvent(
  'crm.inventory.purchase-order.created',
  'A purchase order was drafted.',
  orderFact,
)
export const purchaseOrderSubmitted = defineEvent(
  'crm.inventory.purchase-order.submitted',
  'A purchase order went to the supplier.',
  orderFact,
)
export const purchaseOrderReceived = defineEvent(
  'crm.inventory.purchase-order.received',
  'Goods of a purchase order were received, in part or in full.',
  orderFact.extend({ postingId: z.uuid() }),
)

export const purchaseOrderUpdated = defineEvent(
  'crm.inventory.purchase-order.updated',
  'A purchase order was changed, or amended after it had gone out.',
  orderFact.extend({ before: changes, after: changes }),
)
export const purchaseOrderClosed = defineEvent(
  'crm.inventory.purchase-order.closed',
  'A purchase order was closed: what is missing will not come.',
  orderFact,
)
export const purchaseOrderCancelled = defineEvent(
  'crm.inventory.purchase-order.cancelled',
  'A purchase order was cancelled before anything came.',
  orderFact,
)

export const invariantViolated = defineEvent(
  'crm.inventory.invariant.violated',
  'The audit found products at locations whose ledger, layers, level and reservations do not agree.',
  z.object({
    checkedAt: instantOut,
    invariants: z.array(
      z.object({ name: z.enum(invariantNames), checked: z.int().min(0), violations: z.int().min(1) }),
    ),
  }),
)
