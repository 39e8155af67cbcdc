import { type Actor, type BodyOf, contactUpdated, type updateContactRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append, changedFields, isEmpty, merged } from '@dealwire/messaging'
import { ensureMayChange } from '../access/ensure-may-change.ts'
import { mergedValues } from '../custom-fields/custom-field-values.ts'
import { ensureCustomFieldsFit } from '../custom-fields/ensure-custom-fields-fit.ts'
import { duplicate } from '../parties/duplicate.ts'
import { phoneOf } from '../parties/phone.ts'
import { CONTACT_FIELDS } from './contact-fields.ts'
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

  await ensureCustomFieldsFit(tx, actor, 'contact', changes.customFields)
  const after = changed(before, changes, actor.company.defaultRegion)
  if (isEmpty(changedFields(before, after, CONTACT_FIELDS))) return unchanged(tx, actor, id)

  const newCustomerId = after.customerId === before.customerId ? null : after.customerId
  const saved = await updateContactRow(tx, actor.companyId, { ...after, newCustomerId })
  if ('refusal' in saved)
    throw saved.refusal === 'customer'
      ? notFound('customer', newCustomerId ?? '')
      : duplicate('contact', saved.duplicateOfId)

  append(tx, actor, contactUpdated, saved.contact, {
    contact: saved.contact,
    ...changedFields(before, saved.contact, CONTACT_FIELDS),
  })
  return saved
}

function changed(
  before: LockedContact,
  { phone, customFields, ...rest }: UpdateContactInput['changes'],
  region: string,
): LockedContact {
  const reachable = phone === undefined ? {} : phoneOf(phone, region)
  return merged(before, { ...rest, ...reachable, customFields: mergedValues(before.customFields, customFields) })
}

async function unchanged(tx: Tx, actor: Actor, id: string): Promise<StoredContact> {
  const contact = await findContact(tx, actor.companyId, id)
  if (contact === undefined) throw notFound('contact', id)
  return contact
}
