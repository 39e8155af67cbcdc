import type { Actor, listDealsRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { type ListSpec, listPage } from '@dealwire/db/page'
import { customFieldFilters } from '../custom-fields/custom-field-filters.ts'
import { dealList, dealSearchList } from './deal-list.ts'
import { firstDay, instantEdge, lastDay } from './window.ts'

type Query = QueryOf<typeof listDealsRoute>

export async function listDeals(db: Executor, actor: Actor, query: Query): Promise<string> {
  const { query: known, customFields } = await customFieldFilters(db, actor, 'deal', query)
  const { limit, cursor, count, sort, ...asked } = known
  const { list, filters } = dealSelection(actor, asked)
  const best = asked.q === undefined ? '-createdAt' : '-relevance'
  const page = { limit, cursor, count, sort: sort ?? best, filters: { ...filters, customFields } }
  return listPage(db, list, actor.companyId, page)
}

/** Which list serves the filters of a query, and the filters as that list takes them. */
export function dealSelection(actor: Actor, { q, ...filters }: Filters & Pick<Query, 'q'>): DealSelection {
  if (q === undefined) return { list: dealList, filters: dealFilters(actor, filters) }
  return { list: dealSearchList, filters: { ...searchFilters(actor, q), ...dealFilters(actor, filters) } }
}

type DealSelection = { readonly list: ListSpec; readonly filters: Record<string, unknown> }
type Filters = Omit<Query, 'limit' | 'cursor' | 'count' | 'sort' | 'q'>

/** The filters of a deal query as `dealList` takes them. */
export function dealFilters(actor: Actor, filters: Filters): Record<string, unknown> {
  const { timeZone } = actor.company
  return {
    ...filters,
    assignedToId: filters.assignedToId === 'me' ? actor.userId : filters.assignedToId,
    createdFrom: instantEdge(filters.createdFrom, 'from', timeZone),
    createdTo: instantEdge(filters.createdTo, 'to', timeZone),
    expectedCloseFrom: firstDay(filters.expectedCloseFrom, timeZone),
    expectedCloseTo: lastDay(filters.expectedCloseTo, timeZone),
  }
}

/** The language and the phrase have fixed places in the statement, so they come before everything else. */
function searchFilters(actor: Actor, q: string): Record<string, string> {
  const words = q.split(/\s+/).map((word, index) => [`word${index}`, word])
  return { searchLanguage: actor.company.searchLanguage, phrase: q, ...Object.fromEntries(words) }
}
