import { defineEvent } from '@dealwire/contracts'
import { z } from 'zod'

/** What analytics reads of a deal in an event: any one of them is the whole small state. Fields it does not know are left alone. */
const dealState = z.looseObject({
  id: z.uuid(),
  title: z.string(),
  value: z.string(),
  currency: z.string(),
  baseValue: z.string(),
  baseCurrency: z.string(),
  pipelineId: z.uuid(),
  stage: z.string(),
  stageKind: z.enum(['OPEN', 'WON', 'LOST']),
  leadSource: z.string().nullish(),
  effectiveProbability: z.number().nullish(),
  expectedCloseDate: z.iso.date().nullish(),
  contactId: z.uuid().nullish(),
  customerId: z.uuid().nullish(),
  assignedToId: z.uuid().nullish(),
  createdById: z.uuid().nullish(),
  lostReason: z.string().nullish(),
  createdAt: z.iso.datetime(),
  stageEnteredAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullish(),
})
export type DealState = z.output<typeof dealState>

const summary = 'A deal as it is after a change.'
const dealFact = z.looseObject({ deal: dealState })

/** Every event of a deal but its end. */
export const dealChanges = [
  defineEvent('crm.deals.deal.created', summary, dealFact),
  defineEvent('crm.deals.deal.updated', summary, dealFact),
  defineEvent('crm.deals.deal.stage-changed', summary, dealFact),
  defineEvent('crm.deals.deal.won', summary, dealFact),
  defineEvent('crm.deals.deal.lost', summary, dealFact),
  defineEvent('crm.deals.deal.reopened', summary, dealFact),
  defineEvent('crm.deals.deal.assigned', summary, dealFact),
  defineEvent('crm.deals.deal.submitted', summary, dealFact),
  defineEvent('crm.deals.deal.approved', summary, dealFact),
  defineEvent('crm.deals.deal.unlocked', summary, dealFact),
  defineEvent('crm.deals.deal.cancelled', summary, dealFact),
] as const

/** Its state no longer matters. */
export const dealDeleted = defineEvent('crm.deals.deal.deleted', 'A deal was deleted.', z.looseObject({}))

const pipelineFact = z.looseObject({
  pipeline: z.looseObject({
    id: z.uuid(),
    name: z.string(),
    isDefault: z.boolean(),
    stages: z.array(
      z.looseObject({ key: z.string(), name: z.string(), kind: z.enum(['OPEN', 'WON', 'LOST']), position: z.int() }),
    ),
  }),
})

export const pipelineChanges = [
  defineEvent('crm.deals.pipeline.created', 'A pipeline was created.', pipelineFact),
  defineEvent('crm.deals.pipeline.updated', 'A pipeline or its stages changed.', pipelineFact),
] as const
