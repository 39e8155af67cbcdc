import { type Actor, type BodyOf, contactCreated, type createContactRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { append, newId } from '@dealwire/messaging'
import { ensureAllGiven, mergedValues } from '../custom-fields/custom-field-values.ts'
import { duplicate } from '../parties/duplicate.ts'
import { phoneOf } from '../parties/phone.ts'
import { insertContact, type StoredContact } from './contacts.repository.ts'

type CreateContactInput = BodyOf<typeof createContactRoute> & { readonly allowDuplicate: boolean }

/** A twin that commits between our snapshot and our insert is seen by the second attempt. */
const ATTEMPTS = 3

/** Creates a contact. The unique indexes decide what is a duplicate, so two calls at once cannot both be the first. */
export async function createContact(tx: Tx, actor: Actor, input: CreateContactInput): Promise<StoredContact> {
  const row = {
    id: newId(),
    name: input.name,
    email: input.email ?? null,
    ...phoneOf(input.phone, actor.company.defaultRegion),
    customerId: input.customerId ?? null,
    position: input.position ?? null,
    customFields: mergedValues({}, input.customFields),
    createdById: actor.userId,
    allowDuplicate: input.allowDuplicate,
  }
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const made = await insertContact(tx, actor.companyId, row)
    if (!('refusal' in made)) {
      ensureAllGiven(made.definitions, input.customFields)
      append(tx, actor, contactCreated, made.contact, { contact: made.contact })
      return made
    }
    if (made.refusal === 'customer') throw notFound('customer', row.customerId ?? '')
    if (made.duplicateOfId !== null && !row.allowDuplicate) throw duplicate('contact', made.duplicateOfId)
  }
  throw new Error('The contact found a twin, but the twin was never there')
}
