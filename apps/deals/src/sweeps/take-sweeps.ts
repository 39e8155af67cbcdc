import { type Tx, withTx } from '@dealwire/db/client'
import { DEALS_CACHE } from '../deals/change-deals.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Sweep } from './sweep.ts'
import {
  advanceSweep,
  eraseCustomField,
  forgetCustomField,
  indexDeals,
  postponeSweep,
  rescoreDeals,
  takeSweep,
} from './sweeps.repository.ts'

/** Does every sweep that is due, a batch for each transaction. Other processes take other sweeps. */
export async function takeSweeps(dependencies: Dependencies, signal: AbortSignal): Promise<void> {
  let taken = true
  while (taken && !signal.aborted) taken = await takeBatch(dependencies, null)
}

const SOON_MS = 2_000

/** For the edge, after COMMIT: does what is due of a company as long as that is soon done. A failure is left to the job, as the rest is. */
export async function finishSweeps(dependencies: Dependencies, companyId: string): Promise<void> {
  const endsAt = performance.now() + SOON_MS
  let taken = true
  // The change that was asked for has committed, so its answer must not become an error.
  while (taken && performance.now() < endsAt) taken = await takeBatch(dependencies, companyId).catch(() => false)
}

async function takeBatch({ database, cache }: Dependencies, companyId: string | null): Promise<boolean> {
  let sweep: Sweep | undefined
  try {
    await withTx(database, async (tx) => {
      sweep = await takeSweep(tx, companyId)
      if (sweep !== undefined) await advanceSweep(tx, sweep, await workOn(tx, sweep))
    })
  } catch (error) {
    const failed = sweep
    if (failed !== undefined) await withTx(database, (tx) => postponeSweep(tx, failed))
    throw error
  }
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
