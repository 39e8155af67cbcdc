import type { Actor, listStocktakesRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { stocktakeList } from './stocktakes.repository.ts'

export function listStocktakes(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listStocktakesRoute>,
): Promise<string> {
  const { status, locationId, ...page } = query
  return listPage(db, stocktakeList, actor.companyId, { ...page, filters: { status, locationId } })
}
