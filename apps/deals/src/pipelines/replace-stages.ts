import { type Actor, type BodyOf, pipelineUpdated, type replaceStagesRoute, type Stage } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { moveDeals } from '../deal-bulk/move-deals.ts'
import { startSweep } from '../sweeps/start-sweep.ts'
import { getPipeline } from './get-pipeline.ts'
import {
  deleteStages,
  lockPipelines,
  lockStages,
  type StoredPipeline,
  updatePipelineRow,
  upsertStages,
} from './pipelines.repository.ts'

type Input = BodyOf<typeof replaceStagesRoute> & { readonly id: string; readonly ifMatch: number | undefined }

/** Gives a pipeline other stages. Deals of removed stages move; a sweep scores those whose stage has another probability. */
export async function replaceStages(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, stages, moveTo }: Input,
): Promise<StoredPipeline> {
  await lockPipelines(tx, actor.companyId)
  const before = await getPipeline(tx, actor, id)
  ensureVersion(before, ifMatch)
  const asked = stages.map((stage, position): Stage => ({ ...stage, position }))
  if (JSON.stringify(asked.map(comparable)) === JSON.stringify(before.pipeline.stages.map(comparable))) return before

  const known = await lockStages(tx, actor.companyId, id)
  const removed = known.filter((stage) => !asked.some(({ key }) => key === stage.key))
  const reKinded = known.filter(
    (stage) => stage.used && asked.some(({ key, kind }) => key === stage.key && kind !== stage.kind),
  )
  ensureFree(reKinded)
  const target = targetOf(asked, moveTo)
  if (target === undefined) ensureFree(removed.filter(({ used }) => used))

  await upsertStages(tx, actor.companyId, id, asked)
  const from = removed.map(({ key }) => key)
  if (target !== undefined) await moveDeals(tx, actor, { pipelineId: id, from, to: target })
  await deleteStages(tx, actor.companyId, id, from)
  const stale = rescored(known, asked)
  if (stale.length > 0) {
    await startSweep(tx, actor.companyId, { kind: 'rescore-deals', argument: { pipelineId: id, stages: stale } })
  }
  await updatePipelineRow(tx, actor.companyId, before.pipeline)
  const saved = await getPipeline(tx, actor, id)
  append(tx, actor, pipelineUpdated, saved.pipeline, { pipeline: saved.pipeline })
  return saved
}

function comparable({ key, name, kind, probability, rottenDays, position }: Stage): unknown[] {
  return [key, name, kind, probability, rottenDays, position]
}

function targetOf(stages: readonly Stage[], moveTo: string | undefined): string | undefined {
  if (moveTo === undefined || stages.some(({ key }) => key === moveTo)) return moveTo
  throw new AppError('invalid', 'validation_failed', `'moveTo': '${moveTo}' is not one of the new stages.`, {
    errors: [{ path: 'moveTo', message: 'must be one of the stages' }],
  })
}

function ensureFree(used: readonly Stage[]): void {
  if (used.length === 0) return
  const keys = used.map(({ key }) => `'${key}'`).join(', ')
  throw new AppError(
    'conflict',
    'stage_in_use',
    `There are deals in ${keys}; name a stage for them in 'moveTo', or move them first.`,
    { errors: used.map(({ key }) => ({ stage: key, message: 'has deals' })) },
  )
}

/** The stages whose probability is another one now. */
function rescored(known: readonly Stage[], asked: readonly Stage[]): string[] {
  const before = new Map(known.map((stage) => [stage.key, stage.probability]))
  return asked
    .filter(({ key, probability }) => before.has(key) && before.get(key) !== probability)
    .map(({ key }) => key)
}
