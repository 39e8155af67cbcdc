import type { Actor, Deal } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { historyOf } from '../deal-history/deal-history.ts'
import { recordHistory } from '../deal-history/record-history.ts'
import { appendChanges } from '../deals/append-changes.ts'
import type { LockedDeal } from '../deals/stored-deal.ts'
import { soldItems } from '../line-items/sold-items.ts'

/** History and events of deals that were changed as a set, as single changes would leave them. */
export async function tellChanges(
  tx: Tx,
  actor: Actor,
  locked: ReadonlyMap<string, LockedDeal>,
  saved: readonly Deal[],
): Promise<void> {
  const changes = saved.flatMap((after) => {
    const before = locked.get(after.id)
    return before === undefined ? [] : [{ before, after }]
  })
  const sold = await soldItems(tx, actor.companyId, changes)
  for (const change of changes) appendChanges(tx, actor, { ...change, sold })
  recordHistory(
    tx,
    actor,
    changes.flatMap(({ before, after }) => historyOf(before, after)),
  )
}
