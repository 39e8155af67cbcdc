import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { AppError, notFound } from '@dealwire/errors'
import { findPipelineId, findStageKey } from './pipelines.repository.ts'

type Place = { readonly pipelineId: string | null; readonly stage: string | null }

/** The stage that a place means, by its key. Null is the default pipeline, or the pipeline's first open stage. */
export async function getStage(db: Executor, actor: Actor, place: Place): Promise<string> {
  const pipelineId = await findPipelineId(db, actor.companyId, place.pipelineId)
  if (pipelineId === undefined) throw notFound('pipeline', place.pipelineId ?? 'default')
  const key = await findStageKey(db, actor.companyId, pipelineId, place.stage)
  if (key !== undefined) return key
  throw new AppError(
    'not_found',
    'not_found',
    `The pipeline '${pipelineId}' has no stage '${place.stage ?? 'that is open'}'.`,
  )
}
