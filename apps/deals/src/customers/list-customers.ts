import type { Actor, listCustomersRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { customFieldFilters } from '../custom-fields/custom-field-filters.ts'
import { searchWords } from '../parties/search-words.ts'
import { customerList } from './customers.repository.ts'

export async function listCustomers(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listCustomersRoute>,
): Promise<string> {
  const { query: known, customFields } = await customFieldFilters(db, actor, 'customer', query)
  const { kind, status, source, assignedToId, tag, duplicateOfId, q, ...page } = known
  const assignee = assignedToId === 'me' ? actor.userId : assignedToId
  return listPage(db, customerList, actor.companyId, {
    ...page,
    filters: { kind, status, source, assignedToId: assignee, tag, duplicateOfId, customFields, ...searchWords(q) },
  })
}
