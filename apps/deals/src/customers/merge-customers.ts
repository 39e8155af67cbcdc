import { type Actor, customerMerged, customerUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, changedFields, isEmpty } from '@dealwire/messaging'
import { relinkContacts } from '../contacts/relink-contacts.ts'
import { mergedValues } from '../custom-fields/custom-field-values.ts'
import { relinkDeals } from '../deals/relink-deals.ts'
import { filledReach } from '../party-merge/fill-reach.ts'
import { type MergeInput, mergeParties } from '../party-merge/merge-parties.ts'
import { CUSTOMER_FIELDS } from './customer-fields.ts'
import {
  deleteCustomerRow,
  findCustomers,
  type LockedCustomer,
  lockCustomer,
  type StoredCustomer,
  updateCustomerRow,
} from './customers.repository.ts'

/** Merges a customer into another one, which gets its contacts, its deals, its tags and what it lacks itself. */
export async function mergeCustomers(tx: Tx, actor: Actor, input: MergeInput): Promise<StoredCustomer> {
  const { companyId } = actor
  return mergeParties(tx, actor, input, {
    kind: 'customer',
    lock: (id) => lockCustomer(tx, companyId, id),
    find: (ids) => findCustomers(tx, companyId, ids),
    async retire(id, intoId) {
      const { customer } = await deleteCustomerRow(tx, companyId, id)
      append(tx, actor, customerMerged, customer, { customer, intoId })
    },
    async relink(id, intoId) {
      await relinkContacts(tx, actor, { from: id, to: intoId })
      await relinkDeals(tx, actor, { field: 'customerId', from: id, to: intoId })
    },
    tellDuplicate({ customer }, formerId) {
      const after = { duplicateOfId: customer.duplicateOfId }
      append(tx, actor, customerUpdated, customer, { customer, before: { duplicateOfId: formerId }, after })
    },
    async fill(survivor, merged) {
      for (const after of [filled(survivor, merged, true), filled(survivor, merged, false)]) {
        const change = changedFields(survivor, after, CUSTOMER_FIELDS)
        if (isEmpty(change)) return undefined
        const saved = await updateCustomerRow(tx, actor, { ...after, newAssigneeId: null })
        if ('refusal' in saved) continue
        append(tx, actor, customerUpdated, saved.customer, { customer: saved.customer, ...change })
        return saved
      }
      return undefined
    },
  })
}

const MOST_TAGS = 50

/** Without reach when a third customer is the one with that e-mail or phone. */
function filled(survivor: LockedCustomer, merged: LockedCustomer, withReach: boolean): LockedCustomer {
  return {
    ...survivor,
    ...(withReach ? filledReach(survivor, merged) : {}),
    source: survivor.source ?? merged.source,
    assignedToId: survivor.assignedToId ?? merged.assignedToId,
    tags: [...new Set([...survivor.tags, ...merged.tags])].slice(0, MOST_TAGS),
    customFields: mergedValues(merged.customFields, survivor.customFields),
  }
}
