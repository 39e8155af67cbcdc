import type { Actor, listReorderSuggestionsRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { reorderList } from './reorder.repository.ts'

export function listReorderSuggestions(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listReorderSuggestionsRoute>,
): Promise<string> {
  return listPage(db, reorderList, actor.companyId, { ...query, filters: {} })
}
