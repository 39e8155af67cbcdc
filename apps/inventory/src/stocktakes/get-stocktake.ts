import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { findStocktake, type StoredStocktake } from './stocktakes.repository.ts'

export async function getStocktake(db: Executor, actor: Actor, id: string): Promise<StoredStocktake> {
  const found = await findStocktake(db, actor.companyId, id)
  if (found === undefined) throw notFound('stocktake', id)
  return found
}
