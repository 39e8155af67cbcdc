import { type Actor, productDeleted } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion, notFound } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { deleteProductRow, lockProduct, lockProductStock } from './products.repository.ts'

/** Deletes a product that has no stock. Its SKU is free again; its ledger stays. Stock cannot come in meanwhile. */
export async function deleteProduct(
  tx: Tx,
  actor: Actor,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<void> {
  const before = await lockProduct(tx, actor.companyId, id)
  if (before === undefined) throw notFound('product', id)
  ensureVersion(before, ifMatch)
  if (await lockProductStock(tx, actor.companyId, id)) {
    throw new AppError(
      'conflict',
      'product_has_stock',
      `Product '${before.sku}' still has stock; adjust it to zero first, or set active to false.`,
    )
  }

  const { product } = await deleteProductRow(tx, actor.companyId, id)
  append(tx, actor, productDeleted, product, { product })
}
