import { defineEvent } from '@dealwire/contracts'
import { z } from 'zod'

/** What analytics reads of an activity. */
const activityFact = z.looseObject({
  activity: z.looseObject({
    id: z.uuid(),
    dealId: z.uuid(),
    kind: z.string(),
    subject: z.string(),
    assignedToId: z.uuid().nullish(),
    createdById: z.uuid().nullish(),
    callId: z.uuid().nullish(),
    createdAt: z.iso.datetime(),
    dueAt: z.iso.datetime().nullish(),
    doneAt: z.iso.datetime().nullish(),
  }),
  /** Of its deal when the event was told. */
  customerId: z.uuid().nullish(),
})

const summary = 'An activity as it is after a change.'

export const activityDeleted = defineEvent('crm.deals.activity.deleted', 'An activity was deleted.', activityFact)

export const activityChanges = [
  defineEvent('crm.deals.activity.created', summary, activityFact),
  defineEvent('crm.deals.activity.updated', summary, activityFact),
  defineEvent('crm.deals.activity.completed', summary, activityFact),
  defineEvent('crm.deals.activity.overdue', summary, activityFact),
  activityDeleted,
] as const
