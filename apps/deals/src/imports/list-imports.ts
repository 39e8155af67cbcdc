import type { Actor, listImportErrorsRoute, listImportsRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { getImport } from './get-import.ts'
import { importErrorList, importList } from './imports.repository.ts'

export async function listImports(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listImportsRoute>,
): Promise<string> {
  const { limit, cursor, count, sort, createdById, status } = query
  const asked = createdById === 'me' ? actor.userId : createdById
  // Both must hold, so that nobody sees more by asking for somebody else's.
  const visibleTo = actor.role === 'ADMIN' ? undefined : actor.userId
  const filters = { createdById: asked, visibleTo, status }
  return listPage(db, importList, actor.companyId, { limit, cursor, count, sort, filters })
}

export async function listImportErrors(
  db: Executor,
  actor: Actor,
  { importId, ...query }: QueryOf<typeof listImportErrorsRoute> & { readonly importId: string },
): Promise<string> {
  const { limit, cursor, count, sort, code } = query
  await getImport(db, actor, importId)
  return listPage(db, importErrorList, actor.companyId, { limit, cursor, count, sort, filters: { importId, code } })
}
