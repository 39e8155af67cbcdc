import {
  type Activity,
  createActivityRoute,
  deleteActivityRoute,
  getActivityRoute,
  listActivitiesRoute,
  listDealActivitiesRoute,
  updateActivityRoute,
} from '@dealwire/contracts'
import { created, noContent, ok, once, resource, route, type Versioned } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { changeDeals } from '../deals/change-deals.ts'
import type { Dependencies } from '../dependencies.ts'
import { awaitUser } from '../users/await-user.ts'
import { createActivity } from './create-activity.ts'
import { deleteActivity } from './delete-activity.ts'
import { getActivity } from './get-activity.ts'
import { listActivities, listDealActivities } from './list-activities.ts'
import { updateActivity } from './update-activity.ts'

/** An activity is the last one of its deal, so it changes what lists of deals show. */
export function activityRoutes(app: FastifyInstance, dependencies: Dependencies): void {
  const { database } = dependencies
  route(app, listActivitiesRoute, async ({ actor, query }) => ok(await listActivities(database, actor, query)))

  route(app, listDealActivitiesRoute, async ({ actor, params, query }) =>
    ok(await listDealActivities(database, actor, params.id, query)),
  )

  route(app, createActivityRoute, async ({ actor, params: { id: dealId }, body, idempotency }) => {
    await awaitUser(database, actor, body.assignedToId)
    return changeDeals(dependencies, actor, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createActivity(tx, actor, { ...body, dealId })
        return created(`/v1/deals/${dealId}/activities/${made.id}`, versioned(made))
      }),
    )
  })

  route(app, getActivityRoute, async ({ actor, params: { id: dealId, activityId: id } }) =>
    resource(versioned(await getActivity(database, actor, { dealId, id }))),
  )

  route(app, updateActivityRoute, async ({ actor, params: { id: dealId, activityId: id }, body, ifMatch }) => {
    await awaitUser(database, actor, body.assignedToId)
    return changeDeals(dependencies, actor, async (tx) =>
      resource(versioned(await updateActivity(tx, actor, { dealId, id, ifMatch, changes: body }))),
    )
  })

  route(app, deleteActivityRoute, async ({ actor, params: { id: dealId, activityId: id }, ifMatch }) =>
    changeDeals(dependencies, actor, async (tx) => {
      await deleteActivity(tx, actor, { dealId, id, ifMatch })
      return noContent
    }),
  )
}

function versioned(activity: Activity): Versioned {
  return { json: JSON.stringify(activity), version: activity.version }
}
