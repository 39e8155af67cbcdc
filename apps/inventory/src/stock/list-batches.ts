import type { Actor, listBatchesRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { batchList } from './stock-lists.repository.ts'

export function listBatches(db: Executor, actor: Actor, query: QueryOf<typeof listBatchesRoute>): Promise<string> {
  const { productId, locationId, purchaseOrderId, open } = query
  return listPage(db, batchList, actor.companyId, {
    ...query,
    filters: { productId, locationId, purchaseOrderId, open },
  })
}
