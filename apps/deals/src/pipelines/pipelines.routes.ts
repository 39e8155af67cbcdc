import {
  createPipelineRoute,
  getPipelineRoute,
  listPipelinesRoute,
  replaceStagesRoute,
  updatePipelineRoute,
} from '@dealwire/contracts'
import { created, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { changeDeals } from '../deals/change-deals.ts'
import type { Dependencies } from '../dependencies.ts'
import { finishSweeps } from '../sweeps/take-sweeps.ts'
import { createPipeline } from './create-pipeline.ts'
import { getPipeline } from './get-pipeline.ts'
import { listPipelines } from './list-pipelines.ts'
import { replaceStages } from './replace-stages.ts'
import { updatePipeline } from './update-pipeline.ts'
import { withDefaultPipeline } from './with-default-pipeline.ts'

export function pipelineRoutes(app: FastifyInstance, dependencies: Dependencies): void {
  const { database } = dependencies

  route(app, listPipelinesRoute, async ({ actor, query }) =>
    ok(await withDefaultPipeline(database, actor, () => listPipelines(database, actor, query))),
  )

  route(app, createPipelineRoute, async ({ actor, body, idempotency }) =>
    changeDeals(dependencies, actor, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createPipeline(tx, actor, body)
        return created(`/v1/pipelines/${made.pipeline.id}`, made)
      }),
    ),
  )

  route(app, getPipelineRoute, async ({ actor, params: { id } }) => resource(await getPipeline(database, actor, id)))

  route(app, updatePipelineRoute, async ({ actor, params: { id }, body, ifMatch }) =>
    changeDeals(dependencies, actor, async (tx) =>
      resource(await updatePipeline(tx, actor, { id, ifMatch, changes: body })),
    ),
  )

  route(app, replaceStagesRoute, async ({ actor, params: { id }, body, ifMatch }) => {
    const answer = await changeDeals(dependencies, actor, async (tx) =>
      resource(await replaceStages(tx, actor, { ...body, id, ifMatch })),
    )
    await finishSweeps(dependencies, actor.companyId)
    return answer
  })
}
