import { type Actor, customerDeleted } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { ensureMayChange } from '../access/ensure-may-change.ts'
import { deleteCustomerRow, lockCustomer } from './customers.repository.ts'

/** Deletes a customer; its contacts and deals keep showing its name, and its e-mail and phone are free again. */
export async function deleteCustomer(
  tx: Tx,
  actor: Actor,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<void> {
  const before = await lockCustomer(tx, actor.companyId, id)
  if (before === undefined) throw notFound('customer', id)
  ensureMayChange(actor, before)
  ensureVersion(before, ifMatch)

  const { customer } = await deleteCustomerRow(tx, actor.companyId, id)
  append(tx, actor, customerDeleted, customer, { customer })
}
