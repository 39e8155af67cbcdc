import {
  createCustomerRoute,
  deleteCustomerRoute,
  getCustomerRoute,
  listCustomersRoute,
  mergeCustomerRoute,
  updateCustomerRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { created, noContent, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { changeDeals } from '../deals/change-deals.ts'
import type { Dependencies } from '../dependencies.ts'
import { redirectMerged } from '../party-merge/redirect-merged.ts'
import { awaitUser } from '../users/await-user.ts'
import { createCustomer } from './create-customer.ts'
import { findCustomer } from './customers.repository.ts'
import { deleteCustomer } from './delete-customer.ts'
import { listCustomers } from './list-customers.ts'
import { mergeCustomers } from './merge-customers.ts'
import { updateCustomer } from './update-customer.ts'

export function customerRoutes(app: FastifyInstance, dependencies: Dependencies): void {
  const { database } = dependencies
  route(app, listCustomersRoute, async ({ actor, query }) => ok(await listCustomers(database, actor, query)))

  route(app, createCustomerRoute, async ({ actor, body, query, idempotency }) => {
    await awaitUser(database, actor, body.assignedToId)
    return withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createCustomer(tx, actor, { ...body, allowDuplicate: query.allowDuplicate === 'true' })
        return created(`/v1/customers/${made.customer.id}`, made)
      }),
    )
  })

  route(app, getCustomerRoute, async ({ actor, params: { id } }) => {
    const customer = await findCustomer(database, actor.companyId, id)
    return customer === undefined ? redirectMerged(database, actor, 'customer', id) : resource(customer)
  })

  route(app, updateCustomerRoute, async ({ actor, params: { id }, body, ifMatch }) => {
    await awaitUser(database, actor, body.assignedToId)
    return withTx(database, async (tx) => resource(await updateCustomer(tx, actor, { id, ifMatch, changes: body })))
  })

  route(app, deleteCustomerRoute, async ({ actor, params: { id }, ifMatch }) =>
    withTx(database, async (tx) => {
      await deleteCustomer(tx, actor, { id, ifMatch })
      return noContent
    }),
  )

  route(app, mergeCustomerRoute, async ({ actor, params: { id }, body: { intoId }, ifMatch, idempotency }) =>
    changeDeals(dependencies, actor, (tx) =>
      once(tx, idempotency, async () => resource(await mergeCustomers(tx, actor, { id, intoId, ifMatch }))),
    ),
  )
}
