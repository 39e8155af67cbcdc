import type { Actor, listPipelinesRoute, QueryOf } from '@dealwire/contracts'
import { type Database, withTx } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { ensureDefaultPipeline } from './ensure-default-pipeline.ts'
import { pipelineList } from './pipelines.repository.ts'

/** A company that has only just registered sees its default pipeline, even before identity's event has arrived. */
export async function listPipelines(database: Database, actor: Actor, query: QueryOf<typeof listPipelinesRoute>): Promise<string> {
  const input = { ...query, filters: {} }
  const page = await listPage(database, pipelineList, actor.companyId, input)
  if (query.cursor !== undefined || !page.startsWith('{"data":[]')) return page
  await withTx(database, (tx) => ensureDefaultPipeline(tx, actor.companyId))
  return listPage(database, pipelineList, actor.companyId, input)
}
