import {
  contactCreated,
  contactDeleted,
  contactMerged,
  contactUpdated,
  customerCreated,
  customerDeleted,
  customerMerged,
  customerUpdated,
} from '@dealwire/contracts'
import { onBatch } from '@dealwire/messaging'
import { putDirectoryEntries } from './contacts.repository.ts'

/** Who has which number: from the contacts of deals. Of two that were merged the survivor is told by an update of its own. */
export const projectContacts = onBatch([contactCreated, contactUpdated, contactDeleted, contactMerged], (tx, events) =>
  putDirectoryEntries(
    tx,
    events.map(({ companyid, type, aggregateversion, data: { contact } }) => ({
      company_id: companyid,
      kind: 'contact',
      id: contact.id,
      name: contact.name,
      customer_id: contact.customerId,
      e164: contact.phone,
      is_duplicate: contact.duplicateOfId !== null,
      version: aggregateversion,
      is_deleted: type === contactDeleted.type || type === contactMerged.type,
    })),
  ),
)

export const projectCustomers = onBatch(
  [customerCreated, customerUpdated, customerDeleted, customerMerged],
  (tx, events) =>
    putDirectoryEntries(
      tx,
      events.map(({ companyid, type, aggregateversion, data: { customer } }) => ({
        company_id: companyid,
        kind: 'customer',
        id: customer.id,
        name: customer.name,
        customer_id: null,
        e164: customer.phone,
        is_duplicate: customer.duplicateOfId !== null,
        version: aggregateversion,
        is_deleted: type === customerDeleted.type || type === customerMerged.type,
      })),
    ),
)
