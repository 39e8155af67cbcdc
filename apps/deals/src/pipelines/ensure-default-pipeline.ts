import { type Author, defaultPipeline, pipelineCreated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import { getPipeline } from './get-pipeline.ts'
import { insertPipeline } from './pipelines.repository.ts'

/** Makes the pipeline that every company starts with. Callers at once, or an event after a call, end with the same one. */
export async function ensureDefaultPipeline(tx: Tx, author: Author): Promise<void> {
  const stages = defaultPipeline.stages.map((stage, position) => ({ ...stage, position }))
  const { name } = defaultPipeline
  const made = await insertPipeline(tx, author.companyId, { id: newId(), name, isDefault: true, stages })
  if (made === undefined) return
  const { pipeline } = await getPipeline(tx, author, made)
  append(tx, author, pipelineCreated, pipeline, { pipeline })
}
