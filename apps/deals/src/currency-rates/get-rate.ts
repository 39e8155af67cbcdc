import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { findRateById, type Rate } from './rates.repository.ts'

export async function getRate(db: Executor, actor: Actor, id: string): Promise<Rate> {
  const rate = await findRateById(db, actor.companyId, id)
  if (rate === undefined) throw notFound('currency rate', id)
  return rate
}
