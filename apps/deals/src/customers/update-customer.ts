import { type Actor, type BodyOf, customerUpdated, type updateCustomerRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append, changedFields, isEmpty, merged } from '@dealwire/messaging'
import { ensureMayChange } from '../access/ensure-may-change.ts'
import { mergedValues } from '../custom-fields/custom-field-values.ts'
import { ensureCustomFieldsFit } from '../custom-fields/ensure-custom-fields-fit.ts'
import { duplicate } from '../parties/duplicate.ts'
import { phoneOf } from '../parties/phone.ts'
import { CUSTOMER_FIELDS } from './customer-fields.ts'
import {
  findCustomer,
  type LockedCustomer,
  lockCustomer,
  type StoredCustomer,
  updateCustomerRow,
} from './customers.repository.ts'

type UpdateCustomerInput = {
  readonly id: string
  readonly ifMatch: number | undefined
  readonly changes: BodyOf<typeof updateCustomerRoute>
}

/** Changes the given fields of a customer. */
export async function updateCustomer(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, changes }: UpdateCustomerInput,
): Promise<StoredCustomer> {
  const before = await lockCustomer(tx, actor.companyId, id)
  if (before === undefined) throw notFound('customer', id)
  ensureMayChange(actor, before)
  ensureVersion(before, ifMatch)

  await ensureCustomFieldsFit(tx, actor, 'customer', changes.customFields)
  const after = changed(before, changes, actor.company.defaultRegion)
  if (isEmpty(changedFields(before, after, CUSTOMER_FIELDS))) return unchanged(tx, actor, id)

  const newAssigneeId = after.assignedToId === before.assignedToId ? null : after.assignedToId
  const saved = await updateCustomerRow(tx, actor, { ...after, newAssigneeId })
  if ('refusal' in saved)
    throw saved.refusal === 'assignee'
      ? notFound('user', newAssigneeId ?? '')
      : duplicate('customer', saved.duplicateOfId)

  append(tx, actor, customerUpdated, saved.customer, {
    customer: saved.customer,
    ...changedFields(before, saved.customer, CUSTOMER_FIELDS),
  })
  return saved
}

function changed(
  before: LockedCustomer,
  { phone, customFields, ...rest }: UpdateCustomerInput['changes'],
  region: string,
): LockedCustomer {
  const reachable = phone === undefined ? {} : phoneOf(phone, region)
  return merged(before, { ...rest, ...reachable, customFields: mergedValues(before.customFields, customFields) })
}

async function unchanged(tx: Tx, actor: Actor, id: string): Promise<StoredCustomer> {
  const customer = await findCustomer(tx, actor.companyId, id)
  if (customer === undefined) throw notFound('customer', id)
  return customer
}
