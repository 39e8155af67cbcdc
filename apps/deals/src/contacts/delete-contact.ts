import { type Actor, contactDeleted } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { ensureMayChange } from '../access/ensure-may-change.ts'
import { deleteContactRow, lockContact } from './contacts.repository.ts'

/** Deletes a contact; its deals keep showing its name, and its e-mail and phone are free again. */
export async function deleteContact(
  tx: Tx,
  actor: Actor,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<void> {
  const before = await lockContact(tx, actor.companyId, id)
  if (before === undefined) throw notFound('contact', id)
  ensureMayChange(actor, before)
  ensureVersion(before, ifMatch)

  const { contact } = await deleteContactRow(tx, actor.companyId, id)
  append(tx, actor, contactDeleted, contact, { contact })
}
