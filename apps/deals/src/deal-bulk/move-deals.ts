import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { type BulkDeal, lockDealsForChange, updateDealRows } from './deal-bulk.repository.ts'
import { findDealsInStages, moveDeletedDeals } from './deal-moves.repository.ts'
import { tellChanges } from './tell-changes.ts'

/** What one transaction can move, with history and an event for each. */
const MOST_MOVED = 5_000

type Move = { readonly pipelineId: string; readonly from: readonly string[]; readonly to: string }

/** Moves all deals of some stages to another one of the pipeline, as single moves would: with score, history and events. */
export async function moveDeals(tx: Tx, actor: Actor, move: Move): Promise<void> {
  if (move.from.length === 0) return
  const ids = await findDealsInStages(tx, actor.companyId, move, MOST_MOVED + 1)
  if (ids.length > MOST_MOVED) {
    throw new AppError(
      'conflict',
      'stage_in_use',
      `More than ${MOST_MOVED} deals would move; move some of them first, for example with /v1/deals/bulk/update.`,
    )
  }
  const { deals } = await lockDealsForChange(tx, actor, { ids, stage: move.to })
  const changes = [...deals.values()].map((deal) => ({ ...deal, stage: move.to, rate: rateOf(deal) }))
  const saved = await updateDealRows(tx, actor, changes)
  await tellChanges(tx, actor, deals, saved)
  await moveDeletedDeals(tx, actor.companyId, move)
}

function rateOf(deal: BulkDeal): string {
  if (deal.targetKind === 'LOST' && deal.lostReason === null) {
    throw new AppError(
      'conflict',
      'lost_reason_required',
      `The deal '${deal.id}' would be lost without a reason; choose another stage for 'moveTo'.`,
    )
  }
  if (deal.rate !== null || deal.targetKind === 'OPEN' || deal.targetKind === deal.stageKind) return deal.rate ?? '1'
  throw new AppError('conflict', 'currency_rate_missing', `There is no rate for ${deal.currency}; add one first.`)
}
