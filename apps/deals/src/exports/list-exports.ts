import type { Actor, listExportsRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { madeBy } from '../access/made-by.ts'
import { exportList } from './exports.repository.ts'

export async function listExports(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listExportsRoute>,
): Promise<string> {
  const { limit, cursor, count, sort, createdById, status } = query
  const filters = { ...madeBy(actor, createdById), status }
  return listPage(db, exportList, actor.companyId, { limit, cursor, count, sort, filters })
}
