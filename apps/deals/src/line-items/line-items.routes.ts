import {
  createLineItemRoute,
  deleteLineItemRoute,
  getLineItemRoute,
  type LineItem,
  listLineItemsRoute,
  updateLineItemRoute,
} from '@dealwire/contracts'
import { created, noContent, ok, once, resource, route, type Versioned } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { changeDeals } from '../deals/change-deals.ts'
import type { Dependencies } from '../dependencies.ts'
import { awaitProduct } from '../products/await-product.ts'
import type { Effect } from './change-line-items.ts'
import { createLineItem } from './create-line-item.ts'
import { deleteLineItem } from './delete-line-item.ts'
import { getLineItem, listLineItems } from './list-line-items.ts'
import { updateLineItem } from './update-line-item.ts'

export function lineItemRoutes(app: FastifyInstance, dependencies: Dependencies): void {
  const { database } = dependencies
  route(app, listLineItemsRoute, async ({ actor, params, query }) =>
    ok(await listLineItems(database, actor, params.id, query)),
  )

  route(app, createLineItemRoute, async ({ actor, params: { id: dealId }, query, body, idempotency }) => {
    await awaitProduct(database, actor, body.productId)
    return changeDeals(dependencies, actor, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createLineItem(tx, actor, { ...body, ...effectOf(query), dealId })
        return created(`/v1/deals/${dealId}/line-items/${made.id}`, versioned(made))
      }),
    )
  })

  route(app, getLineItemRoute, async ({ actor, params: { id: dealId, itemId: id } }) =>
    resource(versioned(await getLineItem(database, actor, { dealId, id }))),
  )

  route(app, updateLineItemRoute, async ({ actor, params: { id: dealId, itemId: id }, query, body, ifMatch }) => {
    await awaitProduct(database, actor, body.productId)
    return changeDeals(dependencies, actor, async (tx) =>
      resource(versioned(await updateLineItem(tx, actor, { ...effectOf(query), dealId, id, ifMatch, changes: body }))),
    )
  })

  route(app, deleteLineItemRoute, async ({ actor, params: { id: dealId, itemId: id }, query, ifMatch }) =>
    changeDeals(dependencies, actor, async (tx) => {
      await deleteLineItem(tx, actor, { ...effectOf(query), dealId, id, ifMatch })
      return noContent
    }),
  )
}

function effectOf(query: { readonly updateValue?: 'true' | 'false' | undefined }): Effect {
  return { updateValue: query.updateValue === 'true' }
}

function versioned(item: LineItem): Versioned {
  return { json: JSON.stringify(item), version: item.version }
}
