import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { ensureMayChange } from '../access/ensure-may-change.ts'
import { ensurePossible, type Step } from './work-order.ts'
import { lockWorkOrderRow, type WorkOrderRow } from './work-orders.repository.ts'

export type Target = { readonly id: string; readonly ifMatch?: number | undefined }

/** Locks a work order for a step that this actor may take now. */
export async function openWorkOrder(tx: Tx, actor: Actor, { id, ifMatch }: Target, step: Step): Promise<WorkOrderRow> {
  const order = await lockWorkOrderRow(tx, actor.companyId, id)
  if (order === undefined) throw notFound('work order', id)
  ensureMayChange(actor, order)
  ensureVersion(order, ifMatch)
  ensurePossible(step, order)
  return order
}
