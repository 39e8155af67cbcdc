import type { Actor, listActivitiesRoute, listDealActivitiesRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { getDeal } from '../deals/get-deal.ts'
import { activityList } from './activities.repository.ts'

export async function listActivities(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listActivitiesRoute>,
): Promise<string> {
  const { limit, cursor, count, sort, due, assignedToId, ...filters } = query
  const assigned = assignedToId === 'me' ? actor.userId : assignedToId
  return listPage(db, activityList, actor.companyId, {
    ...{ limit, cursor, count, sort },
    filters: { ...filters, assignedToId: assigned, ...(due === undefined ? {} : { [due]: actor.company.timeZone }) },
  })
}

export async function listDealActivities(
  db: Executor,
  actor: Actor,
  dealId: string,
  query: QueryOf<typeof listDealActivitiesRoute>,
): Promise<string> {
  await getDeal(db, actor, dealId)
  const { limit, cursor, count, sort, ...filters } = query
  return listPage(db, activityList, actor.companyId, { limit, cursor, count, sort, filters: { dealId, ...filters } })
}
