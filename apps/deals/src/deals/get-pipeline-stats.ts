import type { Actor } from '@dealwire/contracts'
import { type Database, withTx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { ensureDefaultPipeline } from '../pipelines/ensure-default-pipeline.ts'
import { findPipelineStats } from './deal-stats.repository.ts'

/** Count and totals per stage. Totals add values in the company's currency only, never a mix. */
export async function getPipelineStats(database: Database, actor: Actor, pipelineId: string | undefined): Promise<string> {
  const found = await findPipelineStats(database, actor, pipelineId)
  if (found !== undefined) return found
  if (pipelineId !== undefined) throw notFound('pipeline', pipelineId)
  await withTx(database, (tx) => ensureDefaultPipeline(tx, actor.companyId))
  const made = await findPipelineStats(database, actor, undefined)
  if (made === undefined) throw notFound('pipeline', 'default')
  return made
}
