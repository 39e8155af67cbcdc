import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { findPurchaseOrder, type StoredPurchaseOrder } from './purchase-orders.repository.ts'

export async function getPurchaseOrder(db: Executor, actor: Actor, id: string): Promise<StoredPurchaseOrder> {
  const found = await findPurchaseOrder(db, actor.companyId, id)
  if (found === undefined) throw notFound('purchase order', id)
  return found
}
