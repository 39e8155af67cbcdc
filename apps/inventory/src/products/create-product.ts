import { type Actor, type BodyOf, type createProductRoute, productCreated } from '@dealwire/contracts'
import { isConstraint, type Tx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import { duplicateSku } from './duplicate-sku.ts'
import { insertProduct, type StoredProduct } from './products.repository.ts'

const DEFAULT_UNIT = 'pcs'

/** Creates a product. The unique index decides whether its SKU is free, so of two calls at once one is refused. */
export async function createProduct(
  tx: Tx,
  actor: Actor,
  input: BodyOf<typeof createProductRoute>,
): Promise<StoredProduct> {
  const made = await insertProduct(tx, actor.companyId, {
    id: newId(),
    sku: input.sku,
    name: input.name,
    unit: input.unit ?? DEFAULT_UNIT,
    category: input.category ?? null,
    salePrice: input.salePrice ?? '0.00',
    currency: input.currency ?? actor.company.currency,
    reorderLevel: input.reorderLevel ?? null,
    reorderQuantity: input.reorderQuantity ?? null,
    leadTimeDays: input.leadTimeDays ?? null,
    active: input.active ?? true,
    picking: input.picking ?? 'FIFO',
    overReceiptPercent: input.overReceiptPercent ?? null,
    createdById: actor.userId,
  }).catch((error: unknown) => {
    throw isConstraint(error, 'products_sku') ? duplicateSku(input.sku, error) : error
  })
  append(tx, actor, productCreated, made.product, { product: made.product })
  return made
}
