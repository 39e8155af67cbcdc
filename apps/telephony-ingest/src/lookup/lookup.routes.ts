import { lookupRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { parsePhoneNumber, significantSuffix } from '../calls/phone-number.ts'
import type { Dependencies } from '../dependencies.ts'
import { findCaller } from './lookup.repository.ts'

export function lookupRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, lookupRoute, async ({ actor, query: { phone } }) => {
    const { e164 } = parsePhoneNumber(phone, actor.company.defaultRegion)
    const number = { e164, suffix: e164 === null ? null : significantSuffix(e164) }
    return ok(await findCaller(database, actor.companyId, number))
  })
}
