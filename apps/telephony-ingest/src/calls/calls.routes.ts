import { getCallRoute, listCallsRoute, listLiveCallsRoute } from '@dealwire/contracts'
import { notFound } from '@dealwire/errors'
import { ok, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { findCall } from './calls.repository.ts'
import { listCalls, listLiveCalls } from './list-calls.ts'

export function callRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listCallsRoute, async ({ actor, query }) => ok(await listCalls(database, actor, query)))

  route(app, listLiveCallsRoute, async ({ actor, query }) => ok(await listLiveCalls(database, actor, query)))

  route(app, getCallRoute, async ({ actor, params: { id } }) => {
    const call = await findCall(database, actor.companyId, id)
    if (call === undefined) throw notFound('call', id)
    const { mergedIntoId } = call
    if (mergedIntoId !== null) return { status: 308, headers: { location: `/v1/telephony/calls/${mergedIntoId}` } }
    return resource(call)
  })
}
