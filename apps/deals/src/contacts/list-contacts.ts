import type { Actor, listContactsRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { customFieldFilters } from '../custom-fields/custom-field-filters.ts'
import { searchWords } from '../parties/search-words.ts'
import { contactList } from './contacts.repository.ts'

export async function listContacts(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listContactsRoute>,
): Promise<string> {
  const { query: known, customFields } = await customFieldFilters(db, actor, 'contact', query)
  const { customerId, duplicateOfId, q, ...page } = known
  return listPage(db, contactList, actor.companyId, {
    ...page,
    filters: { customerId, duplicateOfId, customFields, ...searchWords(q) },
  })
}
