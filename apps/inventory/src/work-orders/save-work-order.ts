import type { Author, workOrderUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import type { Step } from './work-order.ts'
import {
  findWorkOrder,
  insertActivities,
  type StoredWorkOrder,
  updateWorkOrderRow,
  type WorkOrderRow,
} from './work-orders.repository.ts'

/** All of them tell the order as it is afterwards. */
type WorkOrderEvent = Omit<typeof workOrderUpdated, 'type'> & { readonly type: `crm.inventory.work-order.${string}` }

type Change = {
  readonly step: Step | 'created'
  readonly details: object
  readonly events: readonly WorkOrderEvent[]
}

/** Stores a locked order as it is now, with its line in the log and its events. */
export async function saveWorkOrder(
  tx: Tx,
  author: Author,
  after: WorkOrderRow,
  change: Change,
): Promise<StoredWorkOrder> {
  await updateWorkOrderRow(tx, author.companyId, after)
  return tellWorkOrder(tx, author, after.id, change)
}

export async function tellWorkOrder(
  tx: Tx,
  author: Author,
  id: string,
  { step, details, events }: Change,
): Promise<StoredWorkOrder> {
  await insertActivities(tx, author.companyId, [
    { id: newId(), workOrderId: id, action: step, details, actorId: author.userId },
  ])
  const saved = await findWorkOrder(tx, author.companyId, id)
  if (saved === undefined) throw new Error('A work order that is locked could not be read')
  for (const event of events) append(tx, author, event, saved.workOrder, { workOrder: saved.workOrder })
  return saved
}
