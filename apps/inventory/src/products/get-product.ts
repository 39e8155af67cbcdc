import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { findProduct, type StoredProduct } from './products.repository.ts'

export async function getProduct(db: Executor, actor: Actor, id: string): Promise<StoredProduct> {
  const found = await findProduct(db, actor.companyId, id)
  if (found === undefined) throw notFound('product', id)
  return found
}
