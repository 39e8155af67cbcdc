import { type Actor, type BodyOf, type createCustomerRoute, customerCreated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { append, newId } from '@dealwire/messaging'
import { duplicate } from '../parties/duplicate.ts'
import { phoneOf } from '../parties/phone.ts'
import { insertCustomer, type StoredCustomer } from './customers.repository.ts'

type CreateCustomerInput = BodyOf<typeof createCustomerRoute> & { readonly allowDuplicate: boolean }

/** A twin that commits between our snapshot and our insert is seen by the second attempt. */
const ATTEMPTS = 3

/** Creates a customer. The unique indexes decide what is a duplicate, so two calls at once cannot both be the first. */
export async function createCustomer(tx: Tx, actor: Actor, input: CreateCustomerInput): Promise<StoredCustomer> {
  const row = {
    id: newId(),
    kind: input.kind ?? 'ORGANIZATION',
    name: input.name,
    email: input.email ?? null,
    ...phoneOf(input.phone, actor.company.defaultRegion),
    source: input.source ?? null,
    status: input.status ?? 'LEAD',
    assignedToId: input.assignedToId ?? null,
    tags: input.tags ?? [],
    createdById: actor.userId,
    allowDuplicate: input.allowDuplicate,
  }
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const made = await insertCustomer(tx, actor, row)
    if (!('refusal' in made)) {
      append(tx, actor, customerCreated, made.customer, { customer: made.customer })
      return made
    }
    if (made.refusal === 'assignee') throw notFound('user', row.assignedToId ?? '')
    if (made.duplicateOfId !== null && !row.allowDuplicate) throw duplicate('customer', made.duplicateOfId)
  }
  throw new Error('The customer found a twin, but the twin was never there')
}
