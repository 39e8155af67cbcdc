import { type customerMerged, eventAuthor, workOrderUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, type EventOf, newId } from '@dealwire/messaging'
import { forgetMergedCustomer } from '../directory/forget-merged-customer.ts'
import { moveOrdersOfCustomer } from './customer-orders.repository.ts'
import { insertActivities } from './work-orders.repository.ts'

/** The work orders of a customer that was merged are those of the one it lives on as. */
export async function moveWorkOrdersOnCustomerMerged(tx: Tx, event: EventOf<typeof customerMerged>): Promise<void> {
  const { companyid: companyId, aggregateversion: version } = event
  const { customer, intoId } = event.data
  await forgetMergedCustomer(tx, companyId, { id: customer.id, name: customer.name, version })
  const moved = await moveOrdersOfCustomer(tx, companyId, customer.id, intoId)
  if (moved.length === 0) return
  const details = { before: { customerId: customer.id }, after: { customerId: intoId } }
  await insertActivities(
    tx,
    companyId,
    moved.map(({ id }) => ({ id: newId(), workOrderId: id, action: 'updated', details, actorId: null })),
  )
  for (const workOrder of moved) append(tx, eventAuthor(event), workOrderUpdated, workOrder, { workOrder })
}
