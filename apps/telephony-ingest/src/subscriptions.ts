import type { Handler } from '@dealwire/messaging'
import { projectUsers } from './agents/project-users.ts'
import { settleCallbacks } from './callbacks/settle-callbacks.ts'
import { projectContacts, projectCustomers } from './contacts/project-contacts.ts'
import { forgetWorkOrders, projectDeals, projectWorkOrders } from './lookup/project-open-business.ts'
import { noteRecordings } from './recordings/note-recordings.ts'

type Subscription = { readonly consumer: string; readonly filterSubject: string; readonly handlers: readonly Handler[] }

/** What telephony listens to, and what for. */
export const subscriptions: readonly Subscription[] = [
  { consumer: 'telephony-contacts', filterSubject: 'crm.deals.contact.>', handlers: [projectContacts] },
  { consumer: 'telephony-customers', filterSubject: 'crm.deals.customer.>', handlers: [projectCustomers] },
  { consumer: 'telephony-users', filterSubject: 'crm.identity.user.>', handlers: [projectUsers] },
  { consumer: 'telephony-deals', filterSubject: 'crm.deals.deal.>', handlers: [projectDeals] },
  {
    consumer: 'telephony-work-orders',
    filterSubject: 'crm.inventory.work-order.>',
    handlers: [projectWorkOrders, forgetWorkOrders],
  },
  {
    consumer: 'telephony-recordings',
    filterSubject: 'crm.telephony.recording.>',
    handlers: [noteRecordings],
  },
  { consumer: 'telephony-callbacks', filterSubject: 'crm.telephony.call.ended.>', handlers: [settleCallbacks] },
]
