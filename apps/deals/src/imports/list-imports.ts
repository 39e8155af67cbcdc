import type { Actor, listImportErrorsRoute, listImportsRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { madeBy } from '../access/made-by.ts'
import { getImport } from './get-import.ts'
import { importErrorList, importList } from './imports.repository.ts'

export async function listImports(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listImportsRoute>,
): Promise<string> {
  const { limit, cursor, count, sort, createdById, status } = query
  const filters = { ...madeBy(actor, createdById), status }
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
