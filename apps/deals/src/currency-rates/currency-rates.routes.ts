import {
  createCurrencyRateRoute,
  deleteCurrencyRateRoute,
  getCurrencyRateRoute,
  listCurrencyRatesRoute,
  updateCurrencyRateRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { created, noContent, ok, once, resource, route, type Versioned } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { createRate } from './create-rate.ts'
import { deleteRate } from './delete-rate.ts'
import { getRate } from './get-rate.ts'
import { listRates } from './list-rates.ts'
import type { Rate } from './rates.repository.ts'
import { updateRate } from './update-rate.ts'

export function currencyRateRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listCurrencyRatesRoute, async ({ actor, query }) => ok(await listRates(database, actor, query)))

  route(app, createCurrencyRateRoute, async ({ actor, body, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createRate(tx, actor, body)
        return created(`/v1/currency-rates/${made.id}`, versioned(made))
      }),
    ),
  )

  route(app, getCurrencyRateRoute, async ({ actor, params: { id } }) =>
    resource(versioned(await getRate(database, actor, id))),
  )

  route(app, updateCurrencyRateRoute, async ({ actor, params: { id }, body: { rate }, ifMatch }) =>
    withTx(database, async (tx) => resource(versioned(await updateRate(tx, actor, { id, ifMatch, rate })))),
  )

  route(app, deleteCurrencyRateRoute, async ({ actor, params: { id }, ifMatch }) =>
    withTx(database, async (tx) => {
      await deleteRate(tx, actor, { id, ifMatch })
      return noContent
    }),
  )
}

function versioned(rate: Rate): Versioned {
  return { json: JSON.stringify(rate), version: rate.version }
}
