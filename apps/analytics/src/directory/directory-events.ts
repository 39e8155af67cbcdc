import { defineEvent } from '@dealwire/contracts'
import { z } from 'zod'

const companyFact = z.looseObject({ name: z.string(), currency: z.string(), timeZone: z.string() })
const userFact = z.looseObject({ userId: z.uuid(), name: z.string(), active: z.boolean().nullish() })
const customerFact = z.looseObject({ customer: z.looseObject({ id: z.uuid(), name: z.string() }) })

export const companyChanges = [
  defineEvent('crm.identity.company.created', 'A company was registered.', companyFact),
  defineEvent('crm.identity.company.updated', 'Settings of a company changed.', companyFact),
] as const

export const userDeactivated = defineEvent('crm.identity.user.deactivated', 'A user was deactivated.', userFact)

export const userChanges = [
  defineEvent('crm.identity.user.created', 'A user was added.', userFact),
  defineEvent('crm.identity.user.updated', 'A user changed.', userFact),
  userDeactivated,
] as const

export const customerDeleted = defineEvent('crm.deals.customer.deleted', 'A customer was deleted.', customerFact)

export const customerMerged = defineEvent(
  'crm.deals.customer.merged',
  'A customer was merged into another one.',
  customerFact.extend({ intoId: z.uuid() }),
)

export const customerChanges = [
  defineEvent('crm.deals.customer.created', 'A customer was created.', customerFact),
  defineEvent('crm.deals.customer.updated', 'Fields of a customer changed.', customerFact),
  customerDeleted,
  customerMerged,
] as const
