import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { findDeal } from './deals.repository.ts'

export async function getDeal(db: Executor, actor: Actor, id: string): Promise<{ json: string; version: number }> {
  const deal = await findDeal(db, actor.companyId, id)
  if (deal === undefined) throw notFound('deal', id)
  return deal
}
