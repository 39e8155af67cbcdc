import { listAuditLogRoute } from '@dealwire/contracts'
import { listPage } from '@dealwire/db/page'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { auditList } from './audit-entries.repository.ts'
import { instantEdge } from './window.ts'

export function auditRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listAuditLogRoute, async ({ actor, query }) => {
    const { limit, cursor, count, sort, ...given } = query
    const { timeZone } = actor.company
    const from = instantEdge(given.from, 'from', timeZone)
    const to = instantEdge(given.to, 'to', timeZone)
    const filters = { ...given, from, to }
    return ok(await listPage(database, auditList, actor.companyId, { limit, cursor, count, sort, filters }))
  })
}
