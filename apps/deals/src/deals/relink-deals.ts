import { type Actor, dealUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append } from '@dealwire/messaging'
import { ensureNotTooMany, MOST_RELINKED } from '../party-merge/relink-limit.ts'
import { lockDealsOf, type PartyField, relinkDealRows } from './relinked-deals.repository.ts'

type Relink = { readonly field: PartyField; readonly from: string; readonly to: string }

/** Gives the deals of one contact or customer to another one. A deal that waits for approval goes along: nothing of it is another. */
export async function relinkDeals(tx: Tx, actor: Actor, { field, from, to }: Relink): Promise<void> {
  const locked = await lockDealsOf(tx, actor.companyId, { field, from }, MOST_RELINKED + 1)
  ensureNotTooMany(locked, 'deals')
  const moved = await relinkDealRows(tx, actor.companyId, { field, from, to })
  for (const deal of moved) {
    append(tx, actor, dealUpdated, deal, { deal, before: { [field]: from }, after: { [field]: to } })
  }
}
