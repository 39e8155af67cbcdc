import { type Actor, contactMerged, contactUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, changedFields, isEmpty } from '@dealwire/messaging'
import { mergedValues } from '../custom-fields/custom-field-values.ts'
import { relinkDeals } from '../deals/relink-deals.ts'
import { filledReach } from '../party-merge/fill-reach.ts'
import { type MergeInput, mergeParties } from '../party-merge/merge-parties.ts'
import { CONTACT_FIELDS } from './contact-fields.ts'
import {
  deleteContactRow,
  findContacts,
  type LockedContact,
  lockContact,
  type StoredContact,
  updateContactRow,
} from './contacts.repository.ts'

/** Merges a contact into another one, which gets its deals and what it lacks itself. */
export async function mergeContacts(tx: Tx, actor: Actor, input: MergeInput): Promise<StoredContact> {
  const { companyId } = actor
  return mergeParties(tx, actor, input, {
    kind: 'contact',
    lock: (id) => lockContact(tx, companyId, id),
    find: (ids) => findContacts(tx, companyId, ids),
    async retire(id, intoId) {
      const { contact } = await deleteContactRow(tx, companyId, id)
      append(tx, actor, contactMerged, contact, { contact, intoId })
    },
    relink: (id, intoId) => relinkDeals(tx, actor, { field: 'contactId', from: id, to: intoId }),
    tellDuplicate({ contact }, formerId) {
      const after = { duplicateOfId: contact.duplicateOfId }
      append(tx, actor, contactUpdated, contact, { contact, before: { duplicateOfId: formerId }, after })
    },
    async fill(survivor, merged) {
      for (const after of [filled(survivor, merged, true), filled(survivor, merged, false)]) {
        const change = changedFields(survivor, after, CONTACT_FIELDS)
        if (isEmpty(change)) return undefined
        const saved = await updateContactRow(tx, companyId, { ...after, newCustomerId: null })
        if ('refusal' in saved) continue
        append(tx, actor, contactUpdated, saved.contact, { contact: saved.contact, ...change })
        return saved
      }
      return undefined
    },
  })
}

/** Without reach when a third contact is the one with that e-mail or phone. */
function filled(survivor: LockedContact, merged: LockedContact, withReach: boolean): LockedContact {
  return {
    ...survivor,
    ...(withReach ? filledReach(survivor, merged) : {}),
    customerId: survivor.customerId ?? merged.customerId,
    position: survivor.position ?? merged.position,
    customFields: mergedValues(merged.customFields, survivor.customFields),
  }
}
