import {
  type Actor,
  type BodyOf,
  type createPipelineRoute,
  defaultPipeline,
  pipelineCreated,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import { ensureDefaultPipeline } from './ensure-default-pipeline.ts'
import { getPipeline } from './get-pipeline.ts'
import { insertPipeline, lockPipelines, type StoredPipeline } from './pipelines.repository.ts'
import { stepDown } from './step-down.ts'

/** Creates a pipeline beside those there are; a company that has none yet gets its default one first. */
export async function createPipeline(
  tx: Tx,
  actor: Actor,
  { name, isDefault, stages = [...defaultStages] }: BodyOf<typeof createPipelineRoute>,
): Promise<StoredPipeline> {
  await ensureDefaultPipeline(tx, actor)
  await lockPipelines(tx, actor.companyId)
  if (isDefault) await stepDown(tx, actor)
  const placed = stages.map((stage, position) => ({ ...stage, position }))
  const id = newId()
  await insertPipeline(tx, actor.companyId, { id, name, isDefault, stages: placed })
  const made = await getPipeline(tx, actor, id)
  append(tx, actor, pipelineCreated, made.pipeline, { pipeline: made.pipeline })
  return made
}

const defaultStages = defaultPipeline.stages.map((stage) => ({ ...stage, rottenDays: 0 }))
