import { type Actor, purchaseOrderSubmitted } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { getPurchaseOrder } from './get-purchase-order.ts'
import { invalidState } from './purchase-order.ts'
import { lockPurchaseOrder, type StoredPurchaseOrder, updatePurchaseOrderRow } from './purchase-orders.repository.ts'

/** Submits a draft; from then on goods can be received. */
export async function submitPurchaseOrder(
  tx: Tx,
  actor: Actor,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<StoredPurchaseOrder> {
  const order = await lockPurchaseOrder(tx, actor.companyId, id)
  if (order === undefined) throw notFound('purchase order', id)
  ensureVersion(order, ifMatch)
  if (order.status !== 'DRAFT') throw invalidState(order, 'submitted')

  await updatePurchaseOrderRow(tx, actor.companyId, id, { status: 'SUBMITTED', received: [] })
  const saved = await getPurchaseOrder(tx, actor, id)
  append(tx, actor, purchaseOrderSubmitted, saved.purchaseOrder, { purchaseOrder: saved.purchaseOrder })
  return saved
}
