import { z } from 'zod'
import { changes, defineEvent } from '../core/event.ts'
import { currency, instantOut, moneyOut, quantityOut } from '../core/fields.ts'
import { signedMoneyOut } from './fields.ts'
import { product } from './products.ts'
import { purchaseOrder } from './purchase-orders.ts'
import { reservationStatuses } from './reservations.ts'
import { workOrderDetail } from './work-orders.ts'

/** The product in an event, without its stock: levels are told by the stock events. */
export const productState = z.object(product.shape).omit({ onHand: true, reserved: true, available: true })

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

/** The work order as it is after the change, without the names that others own. */
const workOrderFact = z.object({
  workOrder: z.object(workOrderDetail.shape).omit({
    customerName: true,
    dealTitle: true,
    assignees: true,
    conflicts: true,
  }),
})

export const workOrderCreated = defineEvent(
  'crm.inventory.work-order.created',
  'A work order was drafted: by a person, or because a deal was won.',
  workOrderFact,
)
export const workOrderUpdated = defineEvent(
  'crm.inventory.work-order.updated',
  'Fields or products of a work order changed.',
  workOrderFact,
)
export const workOrderAssigned = defineEvent(
  'crm.inventory.work-order.assigned',
  'Others are to do a work order.',
  workOrderFact,
)
export const workOrderScheduled = defineEvent(
  'crm.inventory.work-order.scheduled',
  'A work order has another time.',
  workOrderFact,
)
export const workOrderStarted = defineEvent('crm.inventory.work-order.started', 'The work has begun.', workOrderFact)
export const workOrderSubmitted = defineEvent(
  'crm.inventory.work-order.submitted',
  'The work is reported as done.',
  workOrderFact,
)
export const workOrderApproved = defineEvent(
  'crm.inventory.work-order.approved',
  'The work was approved and its products were consumed.',
  workOrderFact,
)
export const workOrderReturned = defineEvent(
  'crm.inventory.work-order.returned',
  'Products of a work order came back into stock.',
  workOrderFact,
)
export const workOrderCancelled = defineEvent(
  'crm.inventory.work-order.cancelled',
  'A work order was cancelled; what it had reserved is free.',
  workOrderFact,
)
export const workOrderDeleted = defineEvent(
  'crm.inventory.work-order.deleted',
  'A work order was deleted.',
  z.object({ workOrder: z.object({ id: z.uuid(), number: z.string(), version: z.int() }) }),
)
