import type { Actor, listPurchaseOrdersRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { searchWords } from '../access/search-words.ts'
import { purchaseOrderList } from './purchase-orders.repository.ts'

export function listPurchaseOrders(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listPurchaseOrdersRoute>,
): Promise<string> {
  const { status, productId, q, ...page } = query
  return listPage(db, purchaseOrderList, actor.companyId, {
    ...page,
    filters: { status, productId, ...searchWords(q) },
  })
}
