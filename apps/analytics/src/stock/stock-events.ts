import { defineEvent } from '@dealwire/contracts'
import { z } from 'zod'

/** What analytics reads of a product. */
const productFact = z.looseObject({
  product: z.looseObject({
    id: z.uuid(),
    name: z.string(),
    category: z.string().nullish(),
    reorderLevel: z.number().nullish(),
    active: z.boolean().nullish(),
  }),
})

export const productChanges = [
  defineEvent('crm.inventory.product.created', 'A product was created.', productFact),
  defineEvent('crm.inventory.product.updated', 'A product changed.', productFact),
] as const

export const productDeleted = defineEvent('crm.inventory.product.deleted', 'A product was deleted.', z.looseObject({}))

const stockMovement = z.looseObject({
  postingId: z.uuid(),
  workOrderId: z.uuid().nullish(),
  occurredAt: z.iso.datetime(),
  currency: z.string(),
  lines: z
    .array(
      z.looseObject({
        productId: z.uuid(),
        locationId: z.uuid(),
        /** Signed, as is the value. */
        quantity: z.number(),
        value: z.string(),
        /** Ascends per product and location. */
        seq: z.int().min(1),
        after: z.looseObject({ onHand: z.number(), reserved: z.number(), value: z.string() }),
      }),
    )
    .max(1_000),
})

/** Every event that moves goods tells by how much, and what is there afterwards. */
export const stockMoves = [
  defineEvent('crm.inventory.stock.received', 'Goods came in.', stockMovement),
  defineEvent('crm.inventory.stock.consumed', 'Goods were used.', stockMovement),
  defineEvent('crm.inventory.stock.adjusted', 'A level was corrected.', stockMovement),
  defineEvent('crm.inventory.stock.transferred', 'Goods went to another location.', stockMovement),
  defineEvent('crm.inventory.stock.returned', 'Goods came back.', stockMovement),
] as const
