import { assignCallbackRoute, completeCallbackRoute, getCallbackRoute, listCallbacksRoute } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'
import { ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { awaitUser } from '../agents/await-user.ts'
import { parsePhoneNumber } from '../calls/phone-number.ts'
import type { Dependencies } from '../dependencies.ts'
import { callbackList, findCallback } from './callbacks.repository.ts'
import { assignCallback, completeCallback } from './close-callback.ts'

export function callbackRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listCallbacksRoute, async ({ actor, query }) => {
    const { limit, cursor, count, sort, assignedToId, phone, ...filters } = query
    const assignee = assignedToId === 'me' ? actor.userId : assignedToId
    const number =
      phone === undefined ? undefined : (parsePhoneNumber(phone, actor.company.defaultRegion).e164 ?? phone)
    const page = { limit, cursor, count, sort, filters: { ...filters, assignedToId: assignee, phone: number } }
    return ok(await listPage(database, callbackList, actor.companyId, page))
  })

  route(app, getCallbackRoute, async ({ actor, params: { id } }) => {
    const callback = await findCallback(database, actor.companyId, id)
    if (callback === undefined) throw notFound('callback', id)
    return resource(callback)
  })

  route(app, assignCallbackRoute, async ({ actor, params: { id }, body: { assignedToId }, ifMatch, idempotency }) => {
    await awaitUser(database, actor, assignedToId)
    return withTx(database, (tx) =>
      once(tx, idempotency, async () => resource(await assignCallback(tx, actor, { id, ifMatch, assignedToId }))),
    )
  })

  route(app, completeCallbackRoute, async ({ actor, params: { id }, body: { note }, ifMatch, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => resource(await completeCallback(tx, actor, { id, ifMatch, note }))),
    ),
  )
}
