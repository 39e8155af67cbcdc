import type { Actor, Deal } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { ensureMayChange } from '../access/ensure-may-change.ts'
import { touchDealRow } from './deals.repository.ts'

/** Something happens on a deal that the caller may change: its last activity is now. Holds its row until the transaction ends. */
export async function touchDeal(tx: Tx, actor: Actor, id: string): Promise<Pick<Deal, 'customerId'>> {
  const deal = await touchDealRow(tx, actor.companyId, id)
  if (deal === undefined) throw notFound('deal', id)
  ensureMayChange(actor, deal)
  return deal
}
