import type { Actor, LeadScoreWeights } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { findWeights, type Weights } from './lead-score.repository.ts'

export const STARTING_WEIGHTS: Weights = { value: 40, stage: 30, priority: 15, leadSource: 15 }

export async function getWeights(db: Executor, actor: Actor): Promise<LeadScoreWeights> {
  const found = await findWeights(db, actor.companyId)
  return found ?? { ...STARTING_WEIGHTS, rescoring: false, version: 1, updatedAt: null }
}
