import type { Actor, listStockRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { stockAtList, stockList } from './stock-lists.repository.ts'

export function listStock(db: Executor, actor: Actor, query: QueryOf<typeof listStockRoute>): Promise<string> {
  const { productId, locationId, at } = query
  const spec = at === undefined ? stockList : stockAtList
  return listPage(db, spec, actor.companyId, { ...query, filters: { at, productId, locationId } })
}
