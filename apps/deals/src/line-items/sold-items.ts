import type { Deal, SoldItem } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { findSoldItems } from './line-items.repository.ts'

type Changed = Pick<Deal, 'id' | 'stageKind'>
export type SoldItems = ReadonlyMap<string, SoldItem[]>

/** The items of those deals that a change has won, which the event of it tells of. No statement when none was. */
export async function soldItems(
  tx: Tx,
  companyId: string,
  changes: readonly { readonly before: Pick<Deal, 'stageKind'>; readonly after: Changed }[],
): Promise<SoldItems> {
  const won = changes.flatMap(({ before, after }) =>
    after.stageKind === 'WON' && before.stageKind !== 'WON' ? [after.id] : [],
  )
  if (won.length === 0) return new Map()
  const found = await findSoldItems(tx, companyId, won)
  return new Map(found.map(({ dealId, items }) => [dealId, items]))
}
