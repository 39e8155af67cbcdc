import { type Actor, contactUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append } from '@dealwire/messaging'
import { ensureNotTooMany, MOST_RELINKED } from '../party-merge/relink-limit.ts'
import { lockContactsOf, relinkContactRows } from './contacts-of-customer.repository.ts'

/** Gives the contacts of one customer to another one. */
export async function relinkContacts(
  tx: Tx,
  actor: Actor,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  ensureNotTooMany(await lockContactsOf(tx, actor.companyId, from, MOST_RELINKED + 1), 'contacts')
  for (const contact of await relinkContactRows(tx, actor.companyId, from, to)) {
    append(tx, actor, contactUpdated, contact, { contact, before: { customerId: from }, after: { customerId: to } })
  }
}
