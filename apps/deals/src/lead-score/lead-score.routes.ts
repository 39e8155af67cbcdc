import { getLeadScoreWeightsRoute, type LeadScoreWeights, setLeadScoreWeightsRoute } from '@dealwire/contracts'
import { resource, route, type Versioned } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { changeDeals } from '../deals/change-deals.ts'
import type { Dependencies } from '../dependencies.ts'
import { getWeights } from './get-weights.ts'
import { setWeights } from './set-weights.ts'

export function leadScoreRoutes(app: FastifyInstance, dependencies: Dependencies): void {
  route(app, getLeadScoreWeightsRoute, async ({ actor }) =>
    resource(versioned(await getWeights(dependencies.database, actor))),
  )

  route(app, setLeadScoreWeightsRoute, async ({ actor, body, ifMatch }) =>
    changeDeals(dependencies, actor, async (tx) =>
      resource(versioned(await setWeights(tx, actor, { ifMatch, weights: body }))),
    ),
  )
}

function versioned(weights: LeadScoreWeights): Versioned {
  return { json: JSON.stringify(weights), version: weights.version }
}
