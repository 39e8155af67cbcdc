import { bulkDeleteDealsRoute, bulkUpdateDealsRoute, type DealBulkAnswer } from '@dealwire/contracts'
import { type Answer, once, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { changeDeals } from '../deals/change-deals.ts'
import type { Dependencies } from '../dependencies.ts'
import { awaitUser } from '../users/await-user.ts'
import { bulkDeleteDeals } from './bulk-delete-deals.ts'
import { bulkUpdateDeals } from './bulk-update-deals.ts'

export function dealBulkRoutes(app: FastifyInstance, dependencies: Dependencies): void {
  route(app, bulkUpdateDealsRoute, async ({ actor, body, idempotency }) => {
    await awaitUser(dependencies.database, actor, body.changes.assignedToId)
    return changeDeals(dependencies, actor, (tx) =>
      once(tx, idempotency, async () => answerOf(await bulkUpdateDeals(tx, actor, body))),
    )
  })

  route(app, bulkDeleteDealsRoute, async ({ actor, body, idempotency }) =>
    changeDeals(dependencies, actor, (tx) =>
      once(tx, idempotency, async () => answerOf(await bulkDeleteDeals(tx, actor, body))),
    ),
  )
}

function answerOf(body: DealBulkAnswer): Answer {
  return { status: body.summary.failed === 0 ? 200 : 207, body }
}
