import { listPipelinesRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { listPipelines } from './list-pipelines.ts'
import { withDefaultPipeline } from './with-default-pipeline.ts'

export function pipelineRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listPipelinesRoute, async ({ actor, query }) =>
    ok(await withDefaultPipeline(database, actor, () => listPipelines(database, actor, query))),
  )
}
