import type { Actor, listDealHistoryRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { getDeal } from '../deals/get-deal.ts'
import { dealHistoryList } from './deal-history.repository.ts'

type HistoryInput = QueryOf<typeof listDealHistoryRoute> & { readonly dealId: string }

export async function listDealHistory(db: Executor, actor: Actor, input: HistoryInput): Promise<string> {
  const { dealId, field, ...page } = input
  await getDeal(db, actor, dealId)
  return listPage(db, dealHistoryList, actor.companyId, { ...page, filters: { dealId, field } })
}
