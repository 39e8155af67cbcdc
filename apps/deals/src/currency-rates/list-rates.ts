import type { Actor, listCurrencyRatesRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { rateList } from './rates.repository.ts'

export async function listRates(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listCurrencyRatesRoute>,
): Promise<string> {
  const { limit, cursor, count, sort, ...filters } = query
  return listPage(db, rateList, actor.companyId, { limit, cursor, count, sort, filters })
}
