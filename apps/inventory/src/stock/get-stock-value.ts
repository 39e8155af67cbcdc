import type { Actor, getStockValueRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { findStockValue } from './stock-value.repository.ts'

export function getStockValue(db: Executor, actor: Actor, query: QueryOf<typeof getStockValueRoute>): Promise<string> {
  return findStockValue(db, actor.companyId, actor.company.currency, query.at)
}
