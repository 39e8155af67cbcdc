import { type Actor, type LeadScoreWeights, leadScoreUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { changedFields, isEmpty } from '../access/changed-fields.ts'
import { STARTING_WEIGHTS } from './get-weights.ts'
import { lockWeights, updateWeights, type Weights } from './lead-score.repository.ts'

type Input = { readonly ifMatch: number | undefined; readonly weights: Weights }

/** Deals are scored by the new weights as they are written; a job does the rest. */
export async function setWeights(tx: Tx, actor: Actor, { ifMatch, weights }: Input): Promise<LeadScoreWeights> {
  const before = await lockWeights(tx, actor.companyId, STARTING_WEIGHTS)
  ensureVersion(before, ifMatch)
  const change = changedFields(before, weights, ['value', 'stage', 'priority', 'leadSource'])
  if (isEmpty(change)) return before
  const saved = await updateWeights(tx, actor.companyId, weights)
  if (saved === undefined) throw new Error('A locked row can be saved')
  append(tx, actor, leadScoreUpdated, { id: actor.companyId, version: saved.version }, { weights: saved, ...change })
  return saved
}
