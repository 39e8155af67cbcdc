import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { rescoreDealRows } from './deal-moves.repository.ts'

/** The score is that of the stored row, so it follows the probability of its stage. Not a change of the deal: no version, no event. */
export async function rescoreDeals(
  tx: Tx,
  actor: Actor,
  { pipelineId, stages }: { readonly pipelineId: string; readonly stages: readonly string[] },
): Promise<void> {
  if (stages.length > 0) await rescoreDealRows(tx, actor.companyId, pipelineId, stages)
}
