import { companyCreated, companyUpdated, customerMerged } from '@dealwire/contracts'
import { type Handler, on } from '@dealwire/messaging'
import { keepCompanyOnChange } from './directory/keep-company-on-change.ts'
import { projectCustomers, projectDeals, projectUsers } from './directory/project-directory.ts'
import { dealWonForStock, draftWorkOrderOnDealWon } from './work-orders/draft-work-order-on-deal-won.ts'
import { moveWorkOrdersOnCustomerMerged } from './work-orders/move-work-orders-on-customer-merged.ts'

type Subscription = {
  readonly consumer: string
  readonly filterSubject: string
  readonly handlers: readonly Handler[]
  readonly batchSize?: number
}

/** What the service does when others tell it something. */
export const subscriptions: readonly Subscription[] = [
  {
    consumer: 'inventory-companies',
    filterSubject: 'crm.identity.company.>',
    handlers: [on(companyCreated, keepCompanyOnChange), on(companyUpdated, keepCompanyOnChange)],
  },
  { consumer: 'inventory-users', filterSubject: 'crm.identity.user.>', handlers: [projectUsers] },
  {
    consumer: 'inventory-customers',
    filterSubject: 'crm.deals.customer.>',
    handlers: [projectCustomers, on(customerMerged, moveWorkOrdersOnCustomerMerged)],
  },
  { consumer: 'inventory-deals', filterSubject: 'crm.deals.deal.>', handlers: [projectDeals] },
  {
    consumer: 'inventory-won-deals',
    filterSubject: 'crm.deals.deal.won.>',
    handlers: [on(dealWonForStock, draftWorkOrderOnDealWon)],
    // Stock is locked in one order within a deal, not across deals: each has its own transaction.
    batchSize: 1,
  },
]
