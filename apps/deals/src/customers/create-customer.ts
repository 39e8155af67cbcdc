import { type Actor, type BodyOf, type createCustomerRoute, customerCreated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { append, merged, newId } from '@dealwire/messaging'
import { ensureAllGiven, mergedValues } from '../custom-fields/custom-field-values.ts'
import { duplicate } from '../parties/duplicate.ts'
import { phoneOf } from '../parties/phone.ts'
import { type CustomerFields, insertCustomer, type StoredCustomer } from './customers.repository.ts'

type CreateCustomerInput = BodyOf<typeof createCustomerRoute> & { readonly allowDuplicate: boolean }

/** A twin that commits between our snapshot and our insert is seen by the second attempt. */
const ATTEMPTS = 3

/** Creates a customer. The unique indexes decide what is a duplicate, so two calls at once cannot both be the first. */
export async function createCustomer(tx: Tx, actor: Actor, input: CreateCustomerInput): Promise<StoredCustomer> {
  const row = rowOf(actor, input)
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const made = await insertCustomer(tx, actor, row)
    if (!('refusal' in made)) {
      ensureAllGiven(made.definitions, input.customFields)
      append(tx, actor, customerCreated, made.customer, { customer: made.customer })
      return made
    }
    if (made.refusal === 'assignee') throw notFound('user', row.assignedToId ?? '')
    if (made.duplicateOfId !== null && !row.allowDuplicate) throw duplicate('customer', made.duplicateOfId)
  }
  throw new Error('The customer found a twin, but the twin was never there')
}

const DEFAULTS: Omit<CustomerFields, 'name' | 'phone' | 'phoneRaw'> = {
  kind: 'ORGANIZATION',
  email: null,
  source: null,
  status: 'LEAD',
  assignedToId: null,
  tags: [],
  customFields: {},
}

function rowOf(actor: Actor, { phone, ...given }: CreateCustomerInput) {
  const reachable = phoneOf(phone, actor.company.defaultRegion)
  return {
    ...merged<CustomerFields>({ ...DEFAULTS, ...reachable, name: given.name }, given),
    customFields: mergedValues({}, given.customFields),
    id: newId(),
    createdById: actor.userId,
    allowDuplicate: given.allowDuplicate,
  }
}
