import {
  createDealRoute,
  deleteDealRoute,
  getDealRoute,
  listDealHistoryRoute,
  listDealsRoute,
  updateDealRoute,
} from '@dealwire/contracts'
import { created, noContent, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { listDealHistory } from '../deal-history/list-deal-history.ts'
import type { Dependencies } from '../dependencies.ts'
import { awaitUser } from '../users/await-user.ts'
import { changeDeals } from './change-deals.ts'
import { createDeal } from './create-deal.ts'
import { deleteDeal } from './delete-deal.ts'
import { getDeal } from './get-deal.ts'
import { listDeals } from './list-deals.ts'
import { readDeals } from './read-deals.ts'
import { updateDeal } from './update-deal.ts'

export function dealRoutes(app: FastifyInstance, dependencies: Dependencies): void {
  const { database } = dependencies
  route(app, listDealsRoute, async ({ actor, query }) =>
    ok(await readDeals(dependencies, actor, (db) => listDeals(db, actor, query))),
  )

  route(app, createDealRoute, async ({ actor, body, idempotency }) => {
    await awaitUser(database, actor, body.assignedToId)
    return changeDeals(dependencies, actor, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createDeal(tx, actor, body)
        return created(`/v1/deals/${made.deal.id}`, made)
      }),
    )
  })

  route(app, getDealRoute, async ({ actor, params: { id } }) => resource(await getDeal(database, actor, id)))

  route(app, updateDealRoute, async ({ actor, params: { id }, body, ifMatch }) => {
    await awaitUser(database, actor, body.assignedToId)
    return changeDeals(dependencies, actor, async (tx) =>
      resource(await updateDeal(tx, actor, { id, ifMatch, changes: body })),
    )
  })

  route(app, deleteDealRoute, async ({ actor, params: { id }, ifMatch }) =>
    changeDeals(dependencies, actor, async (tx) => {
      await deleteDeal(tx, actor, { id, ifMatch })
      return noContent
    }),
  )

  route(app, listDealHistoryRoute, async ({ actor, params: { id }, query }) =>
    ok(await listDealHistory(database, actor, { ...query, dealId: id })),
  )
}
