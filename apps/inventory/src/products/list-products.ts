import type { Actor, listProductsRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { searchWords } from '../access/search-words.ts'
import { productList } from './products.repository.ts'

export function listProducts(db: Executor, actor: Actor, query: QueryOf<typeof listProductsRoute>): Promise<string> {
  const { sku, category, active, lowStock, q, ...page } = query
  return listPage(db, productList, actor.companyId, {
    ...page,
    filters: { sku, category, active, lowStock, ...searchWords(q) },
  })
}
