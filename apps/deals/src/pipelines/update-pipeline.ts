import { type Actor, type BodyOf, pipelineUpdated, type updatePipelineRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { getPipeline } from './get-pipeline.ts'
import { lockPipelines, type StoredPipeline, updatePipelineRow } from './pipelines.repository.ts'
import { stepDown } from './step-down.ts'

type Input = {
  readonly id: string
  readonly ifMatch: number | undefined
  readonly changes: BodyOf<typeof updatePipelineRoute>
}

/** Renames a pipeline, or makes it the default one. */
export async function updatePipeline(tx: Tx, actor: Actor, { id, ifMatch, changes }: Input): Promise<StoredPipeline> {
  await lockPipelines(tx, actor.companyId)
  const before = await getPipeline(tx, actor, id)
  ensureVersion(before, ifMatch)
  const { name = before.pipeline.name, isDefault = before.pipeline.isDefault } = changes
  if (name === before.pipeline.name && isDefault === before.pipeline.isDefault) return before

  if (isDefault && !before.pipeline.isDefault) await stepDown(tx, actor)
  await updatePipelineRow(tx, actor.companyId, { id, name, isDefault })
  const saved = await getPipeline(tx, actor, id)
  append(tx, actor, pipelineUpdated, saved.pipeline, { pipeline: saved.pipeline })
  return saved
}
