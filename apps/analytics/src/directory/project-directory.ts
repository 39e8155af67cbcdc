import { projection } from '../projections/projection.ts'
import { upsertNewer } from '../projections/upsert-newer.ts'
import {
  companyChanges,
  customerChanges,
  customerDeleted,
  customerMerged,
  userChanges,
  userDeactivated,
} from './directory-events.ts'

const upsertCompanySettings = upsertNewer({
  name: 'company_settings',
  key: ['company_id'],
  columns: { company_id: 'uuid', version: 'integer', name: 'text', currency: 'text', time_zone: 'text' },
})

/** For work that nobody asked for, such as nightly snapshots; a request brings its company's settings along. */
export const projectCompanies = projection(companyChanges, async (tx, events) => {
  await upsertCompanySettings(
    tx,
    events.map(({ companyid, aggregateversion, data: company }) => ({
      company_id: companyid,
      version: aggregateversion,
      name: company.name,
      currency: company.currency,
      time_zone: company.timeZone,
    })),
  )
})

const upsertUserRefs = upsertNewer({
  name: 'user_refs',
  key: ['company_id', 'id'],
  columns: { company_id: 'uuid', id: 'uuid', version: 'integer', name: 'text', active: 'boolean' },
})

export const projectUsers = projection(userChanges, async (tx, events) => {
  await upsertUserRefs(
    tx,
    events.map(({ companyid, type, aggregateversion, data: user }) => ({
      company_id: companyid,
      id: user.userId,
      version: aggregateversion,
      name: user.name,
      active: type !== userDeactivated.type && (user.active ?? true),
    })),
  )
})

const upsertCustomerRefs = upsertNewer({
  name: 'customer_refs',
  key: ['company_id', 'id'],
  columns: {
    company_id: 'uuid',
    id: 'uuid',
    version: 'integer',
    name: 'text',
    deleted: 'boolean',
    merged_into_id: 'uuid',
  },
})

export const projectCustomers = projection(customerChanges, async (tx, events) => {
  await upsertCustomerRefs(
    tx,
    events.map(({ companyid, type, aggregateversion, data }) => ({
      company_id: companyid,
      id: data.customer.id,
      version: aggregateversion,
      name: data.customer.name,
      deleted: type === customerDeleted.type || type === customerMerged.type,
      merged_into_id: 'intoId' in data ? data.intoId : null,
    })),
  )
})
