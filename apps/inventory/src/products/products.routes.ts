import {
  createProductRoute,
  deleteProductRoute,
  getProductRoute,
  listProductsRoute,
  listReorderSuggestionsRoute,
  updateProductRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { created, noContent, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { createProduct } from './create-product.ts'
import { deleteProduct } from './delete-product.ts'
import { getProduct } from './get-product.ts'
import { listProducts } from './list-products.ts'
import { listReorderSuggestions } from './list-reorder-suggestions.ts'
import { updateProduct } from './update-product.ts'

export function productRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listProductsRoute, async ({ actor, query }) => ok(await listProducts(database, actor, query)))

  route(app, listReorderSuggestionsRoute, async ({ actor, query }) =>
    ok(await listReorderSuggestions(database, actor, query)),
  )

  route(app, createProductRoute, async ({ actor, body, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createProduct(tx, actor, body)
        return created(`/v1/inventory/products/${made.product.id}`, made)
      }),
    ),
  )

  route(app, getProductRoute, async ({ actor, params: { id } }) => resource(await getProduct(database, actor, id)))

  route(app, updateProductRoute, async ({ actor, params: { id }, body, ifMatch }) =>
    withTx(database, async (tx) => resource(await updateProduct(tx, actor, { id, ifMatch, changes: body }))),
  )

  route(app, deleteProductRoute, async ({ actor, params: { id }, ifMatch }) =>
    withTx(database, async (tx) => {
      await deleteProduct(tx, actor, { id, ifMatch })
      return noContent
    }),
  )
}
