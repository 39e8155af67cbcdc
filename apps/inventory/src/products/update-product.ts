import { type Actor, type BodyOf, productUpdated, type updateProductRoute } from '@dealwire/contracts'
import { isConstraint, type Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append, changedFields, isEmpty, merged } from '@dealwire/messaging'
import { repickLayers } from '../stock/repick-layers.ts'
import { duplicateSku } from './duplicate-sku.ts'
import { getProduct } from './get-product.ts'
import { lockProduct, productFields, type StoredProduct, updateProductRow } from './products.repository.ts'

type UpdateProductInput = {
  readonly id: string
  readonly ifMatch: number | undefined
  readonly changes: BodyOf<typeof updateProductRoute>
}

/** Changes the given fields of a product. */
export async function updateProduct(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, changes }: UpdateProductInput,
): Promise<StoredProduct> {
  const before = await lockProduct(tx, actor.companyId, id)
  if (before === undefined) throw notFound('product', id)
  ensureVersion(before, ifMatch)

  const after = merged(before, changes)
  if (isEmpty(changedFields(before, after, productFields))) return getProduct(tx, actor, id)

  if (after.picking !== before.picking) await repickLayers(tx, actor.companyId, id, after.picking)
  const saved = await updateProductRow(tx, actor.companyId, after).catch((error: unknown) => {
    throw isConstraint(error, 'products_sku') ? duplicateSku(after.sku, error) : error
  })
  append(tx, actor, productUpdated, saved.product, {
    product: saved.product,
    ...changedFields(before, saved.product, productFields),
  })
  return saved
}
