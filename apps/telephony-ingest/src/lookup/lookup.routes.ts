import { lookupRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { findCaller } from './lookup.repository.ts'
import { lookupNumber } from './lookup-number.ts'

export function lookupRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, lookupRoute, async ({ actor, query: { phone } }) => {
    return ok(await findCaller(database, actor.companyId, lookupNumber(phone, actor.company.defaultRegion)))
  })
}
