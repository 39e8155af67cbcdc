import type { Actor, listDealsRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { dealList } from './deal-list.repository.ts'
import { firstDay, instantEdge, lastDay } from './window.ts'

export async function listDeals(db: Executor, actor: Actor, query: QueryOf<typeof listDealsRoute>): Promise<string> {
  const { limit, cursor, count, sort, ...filters } = query
  const { timeZone } = actor.company
  return listPage(db, dealList, actor.companyId, {
    limit,
    cursor,
    count,
    sort,
    filters: {
      ...filters,
      assignedToId: filters.assignedToId === 'me' ? actor.userId : filters.assignedToId,
      createdFrom: instantEdge(filters.createdFrom, 'from', timeZone),
      createdTo: instantEdge(filters.createdTo, 'to', timeZone),
      expectedCloseFrom: firstDay(filters.expectedCloseFrom, timeZone),
      expectedCloseTo: lastDay(filters.expectedCloseTo, timeZone),
    },
  })
}
