import type { Actor, listDealsRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { type ListSpec, listPage } from '@dealwire/db/page'
import { customFieldFilters } from '../custom-fields/custom-field-filters.ts'
import { dealList, dealSearchList } from './deal-list.ts'
import { firstDay, instantEdge, lastDay } from './window.ts'

type Query = QueryOf<typeof listDealsRoute>

export async function listDeals(db: Executor, actor: Actor, query: Query): Promise<string> {
  const { limit, cursor, count, sort, ...asked } = query
  const { list, filters } = await dealSelection(db, actor, asked)
  const best = asked.q === undefined ? '-createdAt' : '-relevance'
  return listPage(db, list, actor.companyId, { limit, cursor, count, sort: sort ?? best, filters })
}

/** Which list serves the filters of a query, and the filters as that list takes them. */
export async function dealSelection(
  db: Executor,
  actor: Actor,
  asked: Filters & Pick<Query, 'q'>,
): Promise<DealSelection> {
  const { query, customFields } = await customFieldFilters(db, actor, 'deal', asked)
  const { q, ...known } = query
  const filters = { ...dealFilters(actor, known), customFields }
  if (q === undefined) return { list: dealList, filters }
  return { list: dealSearchList, filters: { ...searchFilters(actor, q), ...filters } }
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
