import { type Tx, withTx } from '@dealwire/db/client'
import { DEALS_CACHE } from '../deals/change-deals.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Sweep } from './sweep.ts'
import {
  advanceSweep,
  eraseCustomField,
  forgetCustomField,
  indexDeals,
  rescoreDeals,
  takeSweep,
} from './sweeps.repository.ts'

/** Does every sweep that is due, a batch for each transaction. Other processes take other sweeps. */
export async function takeSweeps(dependencies: Dependencies, signal: AbortSignal): Promise<void> {
  let taken = true
  while (taken && !signal.aborted) taken = await takeBatch(dependencies, null)
}

const SOON_MS = 2_000

/** For the edge, after COMMIT: does what is due of a company as long as that is soon done; the job does the rest. */
export async function finishSweeps(dependencies: Dependencies, companyId: string): Promise<void> {
  const endsAt = performance.now() + SOON_MS
  let taken = true
  while (taken && performance.now() < endsAt) taken = await takeBatch(dependencies, companyId)
}

async function takeBatch({ database, cache }: Dependencies, companyId: string | null): Promise<boolean> {
  const sweep = await withTx(database, async (tx) => {
    const taken = await takeSweep(tx, companyId)
    if (taken !== undefined) await advanceSweep(tx, taken, await workOn(tx, taken))
    return taken
  })
  // Statistics show average scores.
  if (sweep?.kind === 'rescore-deals') await cache.invalidate(sweep.companyId, DEALS_CACHE)
  return sweep !== undefined
}

/** One batch; answers up to where, or null at the end. */
async function workOn(tx: Tx, sweep: Sweep): Promise<string | null> {
  switch (sweep.kind) {
    case 'rescore-deals':
      return rescoreDeals(tx, sweep, sweep.argument)
    case 'index-deals':
      return indexDeals(tx, sweep, sweep.argument.language)
    case 'erase-custom-field': {
      const last = await eraseCustomField(tx, sweep, sweep.argument)
      if (last === null) await forgetCustomField(tx, sweep.companyId, sweep.argument.id)
      return last
    }
  }
}
