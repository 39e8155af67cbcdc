import { getCompanyRoute, updateCompanyRoute } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { type Company, findCompany } from './companies.repository.ts'
import { updateCompany } from './update-company.ts'

export function companyRoutes(app: FastifyInstance, { database, principals }: Dependencies): void {
  route(app, getCompanyRoute, async ({ actor }) => {
    const company = await findCompany(database, actor.companyId)
    if (company === undefined) throw notFound('company', actor.companyId)
    return answer(company)
  })

  route(app, updateCompanyRoute, async ({ actor, body, ifMatch }) => {
    const company = await withTx(database, (tx) => updateCompany(tx, actor, { ifMatch, changes: body }))
    principals.forget(actor.companyId)
    return answer(company)
  })
}

function answer(company: Company) {
  return resource({ json: JSON.stringify(company), version: company.version })
}
