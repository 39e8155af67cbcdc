import { dealRotting } from '@dealwire/contracts'
import { type Database, withTx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import { takeRotting } from './deal-rotting.repository.ts'

const BATCH = 200

/** Tells once of each deal that has become rotten, and again only after something has happened to it. */
export async function tellRottingDeals(database: Database, signal: AbortSignal): Promise<void> {
  let taken = BATCH
  while (taken === BATCH && !signal.aborted) {
    taken = await withTx(database, async (tx) => {
      const rotting = await takeRotting(tx, BATCH)
      for (const { companyId, deal } of rotting) {
        append(tx, { companyId, userId: null, requestId: newId() }, dealRotting, deal, { deal })
      }
      return rotting.length
    })
  }
}
