import type { Actor, listPipelinesRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { pipelineList } from './pipelines.repository.ts'

/** Undefined when the company has no pipeline yet. */
export async function listPipelines(
  db: Executor,
  actor: Actor,
  query: QueryOf<typeof listPipelinesRoute>,
): Promise<string | undefined> {
  const page = await listPage(db, pipelineList, actor.companyId, { ...query, filters: {} })
  return query.cursor === undefined && page.startsWith('{"data":[]') ? undefined : page
}
