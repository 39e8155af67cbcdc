import { z } from 'zod'
import { changes, defineEvent } from '../core/event.ts'
import { activity } from './activities.ts'
import { contact } from './contacts.ts'
import { customField, customFieldsOut } from './custom-fields.ts'
import { customer } from './customers.ts'
import { deal } from './deals.ts'
import { leadScoreWeights } from './lead-score.ts'
import { lineItem } from './line-items.ts'
import { pipeline } from './pipelines.ts'
import { salesPlan } from './sales-plans.ts'

// Every event carries the entity as it is after the change, without joined names: a projection may upsert from any one of them.

// Added after the first messages were published, which lack it.
const sinceFirstMessages = { customFields: customFieldsOut.optional() }

/** The deal in an event. */
export const dealState = z.object({ ...deal.shape, ...sinceFirstMessages }).omit({
  notes: true,
  contactName: true,
  customerName: true,
  assignedToName: true,
  rotten: true,
  lastActivityAt: true,
})
export const contactState = z.object({ ...contact.shape, ...sinceFirstMessages }).omit({ customerName: true })
export const customerState = z.object({ ...customer.shape, ...sinceFirstMessages }).omit({ assignedToName: true })

const dealFact = z.object({ deal: dealState })
const dealChanged = z.object({ deal: dealState, before: changes, after: changes })

export const dealCreated = defineEvent('crm.deals.deal.created', 'A deal was created.', dealFact)
export const dealUpdated = defineEvent(
  'crm.deals.deal.updated',
  'Fields other than stage and assignee changed.',
  dealChanged,
)
export const dealStageChanged = defineEvent(
  'crm.deals.deal.stage-changed',
  'A deal moved to another stage or pipeline.',
  dealChanged,
)

/** What was sold, as far as others act on it: at most 100 items. */
const soldItem = z.object(lineItem.shape).pick({
  id: true,
  name: true,
  productId: true,
  quantity: true,
  oneTimePrice: true,
  monthlyPrice: true,
  discountPercent: true,
})
export type SoldItem = z.output<typeof soldItem>

export const dealWon = defineEvent(
  'crm.deals.deal.won',
  'A deal entered a WON stage. Inventory drafts a work order of its line items where the company wants that.',
  dealFact.extend({ lineItems: z.array(soldItem).optional() }),
)

export const dealLost = defineEvent('crm.deals.deal.lost', 'A deal entered a LOST stage.', dealFact)
export const dealReopened = defineEvent(
  'crm.deals.deal.reopened',
  'A closed deal went back to an open stage.',
  dealFact,
)
export const dealAssigned = defineEvent('crm.deals.deal.assigned', 'A deal got another assignee, or none.', dealChanged)
export const dealDeleted = defineEvent('crm.deals.deal.deleted', 'A deal was deleted.', dealFact)

export const dealSubmitted = defineEvent('crm.deals.deal.submitted', 'A deal was submitted for approval.', dealFact)
export const dealApproved = defineEvent('crm.deals.deal.approved', 'A submitted deal was approved.', dealFact)
export const dealUnlocked = defineEvent(
  'crm.deals.deal.unlocked',
  'A submitted or approved deal was taken back to work.',
  dealFact,
)
export const dealCancelled = defineEvent('crm.deals.deal.cancelled', 'A request for approval was withdrawn.', dealFact)

const contactFact = z.object({ contact: contactState })
const contactChanged = z.object({ contact: contactState, before: changes, after: changes })

export const contactCreated = defineEvent('crm.deals.contact.created', 'A contact was created.', contactFact)
export const contactUpdated = defineEvent('crm.deals.contact.updated', 'Fields of a contact changed.', contactChanged)
export const contactDeleted = defineEvent('crm.deals.contact.deleted', 'A contact was deleted.', contactFact)
export const contactMerged = defineEvent(
  'crm.deals.contact.merged',
  'A contact was merged into another one, which was not merged itself: it is gone, and what referred to it refers to that one.',
  contactFact.extend({ intoId: z.uuid() }),
)

const customerFact = z.object({ customer: customerState })
const customerChanged = z.object({ customer: customerState, before: changes, after: changes })

export const customerCreated = defineEvent('crm.deals.customer.created', 'A customer was created.', customerFact)
export const customerUpdated = defineEvent(
  'crm.deals.customer.updated',
  'Fields of a customer changed.',
  customerChanged,
)
export const customerDeleted = defineEvent('crm.deals.customer.deleted', 'A customer was deleted.', customerFact)
export const customerMerged = defineEvent(
  'crm.deals.customer.merged',
  'A customer was merged into another one, which was not merged itself: it is gone, and what referred to it refers to that one.',
  customerFact.extend({ intoId: z.uuid() }),
)

const pipelineFact = z.object({ pipeline: z.object(pipeline.shape) })

export const pipelineCreated = defineEvent('crm.deals.pipeline.created', 'A pipeline was created.', pipelineFact)
export const pipelineUpdated = defineEvent(
  'crm.deals.pipeline.updated',
  'A pipeline got another name or other stages, or became the default one or ceased to be it.',
  pipelineFact,
)

export const dealRotting = defineEvent(
  'crm.deals.deal.rotting',
  'Nothing has happened to an open deal for as long as its stage allows. Told once, until something happens again.',
  dealFact,
)

const activityFact = z.object({
  activity: z.object(activity.shape).omit({ body: true }),
  /** Of the deal at the time; events from before there was this field do not have it. */
  customerId: z.uuid().nullish(),
})

export const activityCreated = defineEvent(
  'crm.deals.activity.created',
  'An activity was added to a deal.',
  activityFact,
)
export const activityCompleted = defineEvent('crm.deals.activity.completed', 'An activity was done.', activityFact)
export const activityUpdated = defineEvent(
  'crm.deals.activity.updated',
  'Fields of an activity changed; not told where that completed it.',
  activityFact,
)
export const activityDeleted = defineEvent('crm.deals.activity.deleted', 'An activity was deleted.', activityFact)
export const activityOverdue = defineEvent(
  'crm.deals.activity.overdue',
  'An activity was not done by its time. Told once for each time it is due.',
  activityFact,
)

const lineItemFact = z.object({ lineItem: z.object(lineItem.shape) })

export const lineItemCreated = defineEvent(
  'crm.deals.line-item.created',
  'A line item was added to a deal.',
  lineItemFact,
)
export const lineItemUpdated = defineEvent(
  'crm.deals.line-item.updated',
  'Fields of a line item changed.',
  lineItemFact.extend({ before: changes, after: changes }),
)
export const lineItemDeleted = defineEvent('crm.deals.line-item.deleted', 'A line item was deleted.', lineItemFact)

const weights = z.object(leadScoreWeights.shape).omit({ rescoring: true })

export const leadScoreUpdated = defineEvent(
  'crm.deals.lead-score.updated',
  'The weights of the lead score were changed.',
  z.object({ weights, before: changes, after: changes }),
)

const planFact = z.object({ plan: z.object(salesPlan.shape).omit({ userName: true, teamName: true }) })

export const planCreated = defineEvent('crm.deals.plan.created', 'A sales plan was made.', planFact)
export const planUpdated = defineEvent('crm.deals.plan.updated', 'A sales plan got other targets.', planFact)
export const planDeleted = defineEvent('crm.deals.plan.deleted', 'A sales plan was deleted.', planFact)
const customFieldFact = z.object({ customField: z.object(customField.shape) })

export const customFieldCreated = defineEvent(
  'crm.deals.custom-field.created',
  'A custom field was defined.',
  customFieldFact,
)
export const customFieldUpdated = defineEvent(
  'crm.deals.custom-field.updated',
  'The definition of a custom field changed.',
  customFieldFact.extend({ before: changes, after: changes }),
)
export const customFieldDeleted = defineEvent(
  'crm.deals.custom-field.deleted',
  'A custom field was deleted; its values are erased in the next minutes.',
  customFieldFact,
)
