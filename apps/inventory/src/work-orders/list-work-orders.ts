import type {
  Actor,
  listDeactivatedDevicesRoute,
  listWorkOrderActivityRoute,
  listWorkOrdersRoute,
  QueryOf,
  workOrderCalendarRoute,
} from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'
import { searchWords } from '../access/search-words.ts'
import { windowEnd, windowStart } from '../stock/window.ts'
import {
  activityList,
  deviceList,
  findCalendar,
  workOrderExists,
  workOrderList,
} from './work-order-lists.repository.ts'

export function listWorkOrders(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listWorkOrdersRoute>,
): Promise<string> {
  const { status, kind, priority, assignedToId, customerId, dealId, parentId, from, to, q, ...page } = query
  const { timeZone } = actor.company
  return listPage(db, workOrderList, actor.companyId, {
    ...page,
    filters: {
      status,
      kind,
      priority,
      assignedToId: userOf(actor, assignedToId),
      customerId,
      dealId,
      parentId,
      from: from === undefined ? undefined : windowStart(from, timeZone),
      to: to === undefined ? undefined : windowEnd(to, timeZone),
      ...searchWords(q),
    },
  })
}

/** What was done to a work order, with the names of those who did it. */
export async function listWorkOrderActivity(
  db: Executor,
  actor: Actor,
  { id, ...page }: QueryOf<typeof listWorkOrderActivityRoute> & { readonly id: string },
): Promise<string> {
  if (!(await workOrderExists(db, actor.companyId, id))) throw notFound('work order', id)
  return listPage(db, activityList, actor.companyId, { ...page, filters: { workOrderId: id } })
}

export function listDeactivatedDevices(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listDeactivatedDevicesRoute>,
): Promise<string> {
  const { workOrderId, productId, serial, ...page } = query
  return listPage(db, deviceList, actor.companyId, { ...page, filters: { workOrderId, productId, serial } })
}

export function getCalendar(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof workOrderCalendarRoute>,
): Promise<string> {
  const { from, to } = query
  const assignedToId = userOf(actor, query.assignedToId) ?? null
  return findCalendar(db, actor.companyId, { from, to, timeZone: actor.company.timeZone, assignedToId })
}

function userOf(actor: Actor, assignedToId: string | undefined): string | undefined {
  return assignedToId === 'me' ? (actor.userId ?? undefined) : assignedToId
}
