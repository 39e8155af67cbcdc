import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { adjustStock } from '../stock/adjust-stock.ts'
import { getStocktake } from './get-stocktake.ts'
import { openStocktake, type Target } from './open-stocktake.ts'
import { findDifferences, type StoredStocktake, updateStocktakeRow } from './stocktakes.repository.ts'

/** Posts what was found and what is missing, and ends the stocktake: both or neither. What moved since the count stays moved. */
export async function postStocktake(tx: Tx, actor: Actor, target: Target): Promise<StoredStocktake> {
  const { id, locationId } = await openStocktake(tx, actor, target)
  const differences = await findDifferences(tx, actor.companyId, id)
  const reason = `stocktake ${id}`
  const lines = differences.map(({ productId, difference }) => ({
    productId,
    locationId,
    quantity: Number(difference),
    reason,
  }))
  const posting = lines.length === 0 ? undefined : await adjustStock(tx, actor, { kind: 'ADJUSTMENT', lines })
  await updateStocktakeRow(tx, actor.companyId, id, { status: 'POSTED', postingId: posting?.id ?? null })
  return getStocktake(tx, actor, id)
}
