import { type Actor, type BodyOf, type createStocktakeRoute, MAX_STOCKTAKE_LINES } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, notFound } from '@dealwire/errors'
import { newId } from '@dealwire/messaging'
import { ensureDefaultLocation } from '../locations/ensure-default-location.ts'
import { getLocation } from '../locations/get-location.ts'
import { getStocktake } from './get-stocktake.ts'
import { insertStocktake, type StoredStocktake } from './stocktakes.repository.ts'

/** Begins a stocktake: what the books say is frozen, in one statement and so of one moment. */
export async function createStocktake(
  tx: Tx,
  actor: Actor,
  input: BodyOf<typeof createStocktakeRoute>,
): Promise<StoredStocktake> {
  const { id: locationId } = input.locationId
    ? (await getLocation(tx, actor, input.locationId)).location
    : await ensureDefaultLocation(tx, actor.companyId)
  const stocktake = {
    id: newId(),
    locationId,
    notes: input.notes ?? null,
    createdById: actor.userId,
    productIds: input.productIds,
  }
  const frozen = await insertStocktake(tx, actor.companyId, stocktake, MAX_STOCKTAKE_LINES + 1)
  const missing = (input.productIds ?? []).find((productId) => !frozen.includes(productId))
  if (missing !== undefined) throw notFound('product', missing)
  if (frozen.length > MAX_STOCKTAKE_LINES)
    throw new AppError(
      'conflict',
      'too_many_products',
      `A stocktake has at most ${MAX_STOCKTAKE_LINES} products, and there are more here: name those to count in productIds.`,
    )
  return getStocktake(tx, actor, stocktake.id)
}
