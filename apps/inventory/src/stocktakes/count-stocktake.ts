import type { Actor, BodyOf, countStocktakeRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { getStocktake } from './get-stocktake.ts'
import { openStocktake, type Target } from './open-stocktake.ts'
import { type StoredStocktake, updateCounts, updateStocktakeRow } from './stocktakes.repository.ts'

/** Notes what was counted. A line whose stock has moved since is expected anew: a count tells of now, not of then. */
export async function countStocktake(
  tx: Tx,
  actor: Actor,
  { lines, ...target }: Target & BodyOf<typeof countStocktakeRoute>,
): Promise<StoredStocktake> {
  const stocktake = await openStocktake(tx, actor, target)
  const counted = await updateCounts(tx, actor.companyId, stocktake, { counts: lines, countedById: actor.userId })
  const missing = lines.find((line) => !counted.includes(line.productId))
  if (missing !== undefined) throw notFound('product of the stocktake', missing.productId)
  await updateStocktakeRow(tx, actor.companyId, stocktake.id, { status: 'OPEN', postingId: null })
  return getStocktake(tx, actor, stocktake.id)
}
