import { listTelephonyDeadLettersRoute, retryTelephonyDeadLetterRoute } from '@dealwire/contracts'
import { listPage } from '@dealwire/db/page'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { deadLetterLists } from './dead-letters.repository.ts'
import { retryNow } from './retry-now.ts'

export function deadLetterRoutes(app: FastifyInstance, dependencies: Dependencies): void {
  const { database } = dependencies

  route(app, listTelephonyDeadLettersRoute, async ({ actor, query: { status, connectionId, code, ...page } }) =>
    ok(
      await listPage(database, deadLetterLists[status], actor.companyId, { ...page, filters: { connectionId, code } }),
    ),
  )

  route(app, retryTelephonyDeadLetterRoute, async ({ actor, params: { id } }) =>
    ok(await retryNow(dependencies, actor, id)),
  )
}
