import {
  callEnded,
  companyCreated,
  companyUpdated,
  departmentCreated,
  departmentDeleted,
  departmentUpdated,
  userCreated,
  userDeactivated,
  userUpdated,
} from '@dealwire/contracts'
import { type Handler, on } from '@dealwire/messaging'
import { addActivityOnCallEnded } from './activities/add-activity-on-call-ended.ts'
import { makePipelineOnCompanyCreated } from './pipelines/make-pipeline-on-company-created.ts'
import { projectProducts } from './products/project-products.ts'
import { indexDealsOnCompanyUpdated } from './sweeps/index-deals-on-company-updated.ts'
import { keepMemberOnChange } from './teams/keep-member-on-change.ts'
import { keepTeamOnChange } from './teams/keep-team-on-change.ts'
import { keepUserOnChange } from './users/keep-user-on-change.ts'
import { retireUserOnDeactivated } from './users/retire-user-on-deactivated.ts'

type Subscription = {
  readonly consumer: string
  readonly filterSubject: string
  readonly handlers: readonly Handler[]
}

/** What the service does when something happens elsewhere. */
export const subscriptions: readonly Subscription[] = [
  {
    consumer: 'deals-identity',
    filterSubject: 'crm.identity.>',
    handlers: [
      on(companyCreated, makePipelineOnCompanyCreated),
      on(companyUpdated, indexDealsOnCompanyUpdated),
      on(userCreated, keepUserOnChange),
      on(userUpdated, keepUserOnChange),
      on(userDeactivated, retireUserOnDeactivated),
    ],
  },
  {
    // A name of its own: it starts from the beginning of the stream, and a replay of identity's log fills what is older.
    consumer: 'deals-teams',
    filterSubject: 'crm.identity.>',
    handlers: [
      on(userCreated, keepMemberOnChange),
      on(userUpdated, keepMemberOnChange),
      on(departmentCreated, keepTeamOnChange),
      on(departmentUpdated, keepTeamOnChange),
      on(departmentDeleted, keepTeamOnChange),
    ],
  },
  {
    consumer: 'deals-telephony',
    filterSubject: 'crm.telephony.call.ended.>',
    handlers: [on(callEnded, addActivityOnCallEnded)],
  },
  { consumer: 'deals-products', filterSubject: 'crm.inventory.product.>', handlers: [projectProducts] },
]
