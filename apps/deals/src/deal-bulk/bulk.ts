import type { Actor, DealBulkAnswer, DealBulkResult } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'
import { mayChange } from '../access/ensure-may-change.ts'
import type { LockedDeal } from '../deals/stored-deal.ts'

/** Why an item is left as it is. */
export type Refusal = Pick<DealBulkResult, 'status' | 'code'>

/** The reasons that hold for every kind of bulk change. */
export function refusalOf(actor: Actor, deal: LockedDeal | undefined): Refusal | undefined {
  if (deal === undefined) return { status: 'not_found', code: 'not_found' }
  if (!mayChange(actor, deal)) return { status: 'forbidden', code: 'forbidden' }
  if (deal.approvalStatus === 'SUBMITTED') return { status: 'conflict', code: 'deal_locked' }
  return undefined
}

/** The results with their sums; throws when all or nothing was asked for and something failed. */
export function bulkAnswer(results: DealBulkResult[], atomic: boolean): DealBulkAnswer {
  const ok = results.filter(({ status }) => status === 'ok').length
  const noop = results.filter(({ status }) => status === 'noop').length
  const summary = { ok, noop, failed: results.length - ok - noop }
  if (!atomic || summary.failed === 0) return { results, summary }
  throw new AppError(
    'conflict',
    'bulk_rejected',
    `${summary.failed} of ${results.length} items failed, and all or nothing was asked for; nothing has changed.`,
    { extensions: { results, summary } },
  )
}
