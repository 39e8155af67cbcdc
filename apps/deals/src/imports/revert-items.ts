import {
  type Contact,
  type Customer,
  contactDeleted,
  customerDeleted,
  type Deal,
  dealDeleted,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append } from '@dealwire/messaging'
import type { JobTarget } from '../jobs/job-queue.ts'
import { RANKS } from './import-parties.ts'
import { lockImport } from './imports.repository.ts'
import { deleteUntouched, saveReverted, takeItems } from './revert-items.repository.ts'

/** Takes back a batch of what an import made; answers whether some is left. What somebody has touched since is kept. */
export async function revertItems(tx: Tx, target: JobTarget, limit: number): Promise<boolean> {
  const locked = await lockImport(tx, target)
  if (locked?.status !== 'reverting') return false
  const items = await takeItems(tx, target, limit)
  const rank = items[0]?.rank
  if (rank === undefined) return false

  // One kind at a time: a contact is free to go only when the deals that name it have gone.
  const ids = items.flatMap((item) => (item.rank === rank ? [item.id] : []))
  const deleted = await deleteUntouched(tx, target.companyId, rank, ids)
  const author = { ...locked.author, companyId: target.companyId }
  for (const entity of deleted) {
    if (rank === RANKS.deal) append(tx, author, dealDeleted, entity, { deal: entity as Deal })
    if (rank === RANKS.contact) append(tx, author, contactDeleted, entity, { contact: entity as Contact })
    if (rank === RANKS.customer) append(tx, author, customerDeleted, entity, { customer: entity as Customer })
  }
  await saveReverted(tx, target, { rank, ids, deleted: deleted.map(({ id }) => id) })
  return true
}
