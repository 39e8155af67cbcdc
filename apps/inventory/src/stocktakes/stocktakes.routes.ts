import {
  countStocktakeRoute,
  createStocktakeRoute,
  getStocktakeRoute,
  listStocktakesRoute,
  postStocktakeRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { created, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { countStocktake } from './count-stocktake.ts'
import { createStocktake } from './create-stocktake.ts'
import { getStocktake } from './get-stocktake.ts'
import { listStocktakes } from './list-stocktakes.ts'
import { postStocktake } from './post-stocktake.ts'

export function stocktakeRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listStocktakesRoute, async ({ actor, query }) => ok(await listStocktakes(database, actor, query)))
  route(app, getStocktakeRoute, async ({ actor, params: { id } }) => resource(await getStocktake(database, actor, id)))

  route(app, createStocktakeRoute, async ({ actor, body, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createStocktake(tx, actor, body)
        return created(`/v1/inventory/stocktakes/${made.stocktake.id}`, made)
      }),
    ),
  )

  route(app, countStocktakeRoute, async ({ actor, params: { id }, body, ifMatch, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => resource(await countStocktake(tx, actor, { ...body, id, ifMatch }))),
    ),
  )

  route(app, postStocktakeRoute, async ({ actor, params: { id }, ifMatch, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => resource(await postStocktake(tx, actor, { id, ifMatch }))),
    ),
  )
}
