import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion, notFound } from '@dealwire/errors'
import { type LockedStocktake, lockStocktake } from './stocktakes.repository.ts'

export type Target = { readonly id: string; readonly ifMatch: number | undefined }

/** Locks a stocktake that is not posted yet. */
export async function openStocktake(tx: Tx, actor: Actor, { id, ifMatch }: Target): Promise<LockedStocktake> {
  const stocktake = await lockStocktake(tx, actor.companyId, id)
  if (stocktake === undefined) throw notFound('stocktake', id)
  ensureVersion(stocktake, ifMatch)
  if (stocktake.status !== 'OPEN')
    throw new AppError('conflict', 'invalid_state', `Stocktake '${id}' is ${stocktake.status}; start another one.`)
  return stocktake
}
