import { type Actor, type BodyOf, contactUpdated, type updateContactRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { changedFields, isEmpty, merged } from '../access/changed-fields.ts'
import { ensureMayChange } from '../access/ensure-may-change.ts'
import { duplicate } from '../parties/duplicate.ts'
import { phoneOf } from '../parties/phone.ts'
import {
  findContact,
  type LockedContact,
  lockContact,
  type StoredContact,
  updateContactRow,
} from './contacts.repository.ts'

type UpdateContactInput = {
  readonly id: string
  readonly ifMatch: number | undefined
  readonly changes: BodyOf<typeof updateContactRoute>
}

const FIELDS = ['name', 'email', 'phone', 'phoneRaw', 'customerId', 'position'] as const

/** Changes the given fields of a contact. */
export async function updateContact(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, changes }: UpdateContactInput,
): Promise<StoredContact> {
  const before = await lockContact(tx, actor.companyId, id)
  if (before === undefined) throw notFound('contact', id)
  ensureMayChange(actor, before)
  ensureVersion(before, ifMatch)

  const after = changed(before, changes, actor.company.defaultRegion)
  if (isEmpty(changedFields(before, after, FIELDS))) return unchanged(tx, actor, id)

  const newCustomerId = after.customerId === before.customerId ? null : after.customerId
  const saved = await updateContactRow(tx, actor.companyId, { ...after, newCustomerId })
  if ('refusal' in saved)
    throw saved.refusal === 'customer'
      ? notFound('customer', newCustomerId ?? '')
      : duplicate('contact', saved.duplicateOfId)

  append(tx, actor, contactUpdated, saved.contact, {
    contact: saved.contact,
    ...changedFields(before, saved.contact, FIELDS),
  })
  return saved
}

function changed(
  before: LockedContact,
  { phone, ...rest }: UpdateContactInput['changes'],
  region: string,
): LockedContact {
  return merged(before, phone === undefined ? rest : { ...rest, ...phoneOf(phone, region) })
}

async function unchanged(tx: Tx, actor: Actor, id: string): Promise<StoredContact> {
  const contact = await findContact(tx, actor.companyId, id)
  if (contact === undefined) throw notFound('contact', id)
  return contact
}
