import { type Actor, type LeadScoreWeights, leadScoreUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion } from '@dealwire/errors'
import { append, changedFields, isEmpty } from '@dealwire/messaging'
import { restartSweep } from '../sweeps/start-sweep.ts'
import { STARTING_WEIGHTS } from './get-weights.ts'
import { lockWeights, updateWeights, type Weights } from './lead-score.repository.ts'

type Input = { readonly ifMatch: number | undefined; readonly weights: Weights }

/** Longer than any transaction that writes a deal may take: one that has read the weights before has ended by then. */
const QUIET_SECONDS = 20

/** Deals are scored by the new weights as they are written. Sweeps do the rest: at once, and again when no older write can follow. */
export async function setWeights(tx: Tx, actor: Actor, { ifMatch, weights }: Input): Promise<LeadScoreWeights> {
  const before = await lockWeights(tx, actor.companyId, STARTING_WEIGHTS)
  ensureVersion(before, ifMatch)
  const change = changedFields(before, weights, ['value', 'stage', 'priority', 'leadSource'])
  if (isEmpty(change)) return before
  const saved = await updateWeights(tx, actor.companyId, weights)
  if (saved === undefined) throw new Error('A locked row can be saved')
  await restartSweep(tx, actor.companyId, { kind: 'rescore-deals', argument: {}, atSeconds: [0, QUIET_SECONDS] })
  append(tx, actor, leadScoreUpdated, { id: actor.companyId, version: saved.version }, { weights: saved, ...change })
  return { ...saved, rescoring: true }
}
