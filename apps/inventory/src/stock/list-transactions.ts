import type { Actor, listTransactionsRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { transactionList } from './stock-lists.repository.ts'
import { windowEnd, windowStart } from './window.ts'

export function listTransactions(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listTransactionsRoute>,
): Promise<string> {
  const { kind, productId, locationId, batchId, postingId, workOrderId, purchaseOrderId, actorId } = query
  const { timeZone } = actor.company
  return listPage(db, transactionList, actor.companyId, {
    ...query,
    filters: {
      kind,
      productId,
      locationId,
      batchId,
      postingId,
      workOrderId,
      purchaseOrderId,
      actorId,
      from: query.from === undefined ? undefined : windowStart(query.from, timeZone),
      to: query.to === undefined ? undefined : windowEnd(query.to, timeZone),
    },
  })
}
