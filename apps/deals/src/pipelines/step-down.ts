import { type Actor, pipelineUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append } from '@dealwire/messaging'
import { getPipeline } from './get-pipeline.ts'
import { unsetDefault } from './pipelines.repository.ts'

/** The default pipeline makes room for another one. */
export async function stepDown(tx: Tx, actor: Actor): Promise<void> {
  const id = await unsetDefault(tx, actor.companyId)
  if (id === undefined) return
  const { pipeline } = await getPipeline(tx, actor, id)
  append(tx, actor, pipelineUpdated, pipeline, { pipeline })
}
