import type { Actor, listPipelinesRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { pipelineList } from './pipelines.repository.ts'

/** Undefined when the company has no pipeline yet, as far as the query tells. */
export async function listPipelines(
  db: Executor,
  actor: Actor,
  { q, ...page }: QueryOf<typeof listPipelinesRoute>,
): Promise<string | undefined> {
  const found = await listPage(db, pipelineList, actor.companyId, { ...page, filters: { q } })
  return page.cursor === undefined && q === undefined && found.startsWith('{"data":[]') ? undefined : found
}
