import type { Actor, listExportsRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { exportList } from './exports.repository.ts'

export async function listExports(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listExportsRoute>,
): Promise<string> {
  const { limit, cursor, count, sort, createdById, status } = query
  const asked = createdById === 'me' ? actor.userId : createdById
  // Both must hold, so that nobody sees more by asking for somebody else's.
  const visibleTo = actor.role === 'ADMIN' ? undefined : actor.userId
  const filters = { createdById: asked, visibleTo, status }
  return listPage(db, exportList, actor.companyId, { limit, cursor, count, sort, filters })
}
