import {
  createSalesPlanRoute,
  deleteSalesPlanRoute,
  getSalesPlanRoute,
  listSalesPlansRoute,
  planProgressRoute,
  type SalesPlan,
  teamProgressRoute,
  updateSalesPlanRoute,
} from '@dealwire/contracts'
import { created, noContent, ok, once, resource, route, type Versioned } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { changeDeals } from '../deals/change-deals.ts'
import { readDeals } from '../deals/read-deals.ts'
import type { Dependencies } from '../dependencies.ts'
import { awaitTeam } from '../teams/await-team.ts'
import { awaitUser } from '../users/await-user.ts'
import { createPlan } from './create-plan.ts'
import { deletePlan } from './delete-plan.ts'
import { getPlan } from './get-plan.ts'
import { getPlanProgress } from './get-plan-progress.ts'
import { getTeamProgress } from './get-team-progress.ts'
import { listPlans } from './list-plans.ts'
import { updatePlan } from './update-plan.ts'

/** Progress is cached with the statistics of deals, so plans are changed as deals are. */
export function salesPlanRoutes(app: FastifyInstance, dependencies: Dependencies): void {
  const { database } = dependencies
  route(app, listSalesPlansRoute, async ({ actor, query }) => ok(await listPlans(database, actor, query)))

  route(app, createSalesPlanRoute, async ({ actor, body, idempotency }) => {
    await awaitUser(database, actor, body.userId)
    await awaitTeam(database, actor, body.teamId)
    return changeDeals(dependencies, actor, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createPlan(tx, actor, body)
        return created(`/v1/sales-plans/${made.id}`, versioned(made))
      }),
    )
  })

  route(app, planProgressRoute, async ({ actor, query }) => ok(await getPlanProgress(dependencies, actor, query)))

  route(app, teamProgressRoute, async ({ actor, query }) =>
    ok(await readDeals(dependencies, actor, (db) => getTeamProgress(db, actor, query))),
  )

  route(app, getSalesPlanRoute, async ({ actor, params: { id } }) =>
    resource(versioned(await getPlan(database, actor, id))),
  )

  route(app, updateSalesPlanRoute, async ({ actor, params: { id }, body, ifMatch }) =>
    changeDeals(dependencies, actor, async (tx) =>
      resource(versioned(await updatePlan(tx, actor, { ...body, id, ifMatch }))),
    ),
  )

  route(app, deleteSalesPlanRoute, async ({ actor, params: { id }, ifMatch }) =>
    changeDeals(dependencies, actor, async (tx) => {
      await deletePlan(tx, actor, { id, ifMatch })
      return noContent
    }),
  )
}

function versioned(plan: SalesPlan): Versioned {
  return { json: JSON.stringify(plan), version: plan.version }
}
