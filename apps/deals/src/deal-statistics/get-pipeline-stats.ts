import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { findPipelineStats } from './deal-stats.repository.ts'

/** Count and totals per stage as finished JSON; undefined when the company has no default pipeline yet. */
export async function getPipelineStats(
  db: Executor,
  actor: Actor,
  pipelineId: string | undefined,
): Promise<string | undefined> {
  const stats = await findPipelineStats(db, actor, pipelineId)
  if (stats === undefined && pipelineId !== undefined) throw notFound('pipeline', pipelineId)
  return stats
}
