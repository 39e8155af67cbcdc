import { defineEvent } from '@dealwire/contracts'
import { on } from '@dealwire/messaging'
import { z } from 'zod'
import { makeLocationOnCompanyCreated } from './locations/make-location-on-company-created.ts'

/** Nothing of its data is needed here, so nothing of it can be wrong. */
const companyCreated = defineEvent('crm.identity.company.created', 'A company signed up', z.object({}))

/** What the service does when others tell it something. */
export const subscriptions = [
  {
    consumer: 'inventory-companies',
    filterSubject: 'crm.identity.company.created.>',
    handlers: [on(companyCreated, makeLocationOnCompanyCreated)],
  },
] as const
