import { companyCreated } from '@dealwire/contracts'
import { on } from '@dealwire/messaging'
import { makeLocationOnCompanyCreated } from './locations/make-location-on-company-created.ts'

/** What the service does when others tell it something. */
export const subscriptions = [
  {
    consumer: 'inventory-companies',
    filterSubject: 'crm.identity.company.created.>',
    handlers: [on(companyCreated, makeLocationOnCompanyCreated)],
  },
] as const
