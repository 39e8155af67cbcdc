import {
  customerCreated,
  customerDeleted,
  customerUpdated,
  dealCreated,
  dealDeleted,
  dealUpdated,
  userCreated,
  userDeactivated,
  userUpdated,
} from '@dealwire/contracts'
import { onBatch } from '@dealwire/messaging'
import { putEntries } from './directory.repository.ts'

/** Names of others, to show and to check references without asking. */
export const projectUsers = onBatch([userCreated, userUpdated, userDeactivated], (tx, events) =>
  putEntries(
    tx,
    events.map(({ companyid, aggregateversion, data }) => ({
      companyId: companyid,
      kind: 'user',
      id: data.userId,
      name: data.name,
      active: 'active' in data ? data.active : false,
      version: aggregateversion,
    })),
  ),
)

export const projectCustomers = onBatch([customerCreated, customerUpdated, customerDeleted], (tx, events) =>
  putEntries(
    tx,
    events.map(({ companyid, type, aggregateversion, data: { customer } }) => ({
      companyId: companyid,
      kind: 'customer',
      id: customer.id,
      name: customer.name,
      active: type !== customerDeleted.type,
      version: aggregateversion,
    })),
  ),
)

export const projectDeals = onBatch([dealCreated, dealUpdated, dealDeleted], (tx, events) =>
  putEntries(
    tx,
    events.map(({ companyid, type, aggregateversion, data: { deal } }) => ({
      companyId: companyid,
      kind: 'deal',
      id: deal.id,
      name: deal.title,
      active: type !== dealDeleted.type,
      version: aggregateversion,
    })),
  ),
)
