import type { Actor, listContactsRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { searchWords } from '../parties/search-words.ts'
import { contactList } from './contacts.repository.ts'

export async function listContacts(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listContactsRoute>,
): Promise<string> {
  const { customerId, q, ...page } = query
  return listPage(db, contactList, actor.companyId, { ...page, filters: { customerId, ...searchWords(q) } })
}
