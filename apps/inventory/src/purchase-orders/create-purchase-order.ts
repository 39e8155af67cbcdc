import { type Actor, type BodyOf, type createPurchaseOrderRoute, purchaseOrderCreated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { append, newId } from '@dealwire/messaging'
import { getPurchaseOrder } from './get-purchase-order.ts'
import { findMissingProduct, insertPurchaseOrder, type StoredPurchaseOrder } from './purchase-orders.repository.ts'

/** Drafts a purchase order with the next number of the company and year. */
export async function createPurchaseOrder(
  tx: Tx,
  actor: Actor,
  input: BodyOf<typeof createPurchaseOrderRoute>,
): Promise<StoredPurchaseOrder> {
  const id = newId()
  const isMade = await insertPurchaseOrder(tx, actor.companyId, actor.company.timeZone, {
    id,
    supplier: input.supplier,
    currency: input.currency ?? actor.company.currency,
    expectedAt: input.expectedAt ?? null,
    notes: input.notes ?? null,
    createdById: actor.userId,
    items: input.items.map((item, position) => ({ ...item, id: newId(), position })),
  })
  if (!isMade)
    throw notFound(
      'product',
      (await findMissingProduct(
        tx,
        actor.companyId,
        input.items.map((item) => item.productId),
      )) ?? '',
    )

  const made = await getPurchaseOrder(tx, actor, id)
  append(tx, actor, purchaseOrderCreated, made.purchaseOrder, { purchaseOrder: made.purchaseOrder })
  return made
}
