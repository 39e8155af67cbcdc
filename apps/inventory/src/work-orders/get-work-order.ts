import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { findWorkOrder, type StoredWorkOrder } from './work-orders.repository.ts'

export async function getWorkOrder(db: Executor, actor: Actor, id: string): Promise<StoredWorkOrder> {
  const found = await findWorkOrder(db, actor.companyId, id)
  if (found === undefined) throw notFound('work order', id)
  return found
}
