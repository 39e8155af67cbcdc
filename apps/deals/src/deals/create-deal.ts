import { type Actor, type BodyOf, type createDealRoute, dealCreated, dealLost, dealWon } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import { ensureDefaultPipeline } from '../pipelines/ensure-default-pipeline.ts'
import { type DealFields, outcomeOf, refused } from './deal.ts'
import { insertDeal, type StoredDeal } from './deals.repository.ts'

type CreateDealInput = BodyOf<typeof createDealRoute>

/** Creates a deal in a stage of the company's pipeline; its score and close date follow from the stage. */
export async function createDeal(tx: Tx, actor: Actor, input: CreateDealInput): Promise<StoredDeal> {
  const fields = withDefaults(input, actor.company.currency)
  const made = await insertWithPipeline(tx, actor, fields)
  if (typeof made === 'string') throw refused(made, fields, actor.company.currency)

  const { deal } = made
  append(tx, actor, dealCreated, deal, { deal })
  const outcome = outcomeOf('OPEN', deal.stageKind)
  if (outcome === 'won') append(tx, actor, dealWon, deal, { deal })
  if (outcome === 'lost') append(tx, actor, dealLost, deal, { deal })
  return made
}

/** The first deal of a company that has just registered may come before identity's event: its pipeline is made here. */
async function insertWithPipeline(tx: Tx, actor: Actor, fields: DealFields): ReturnType<typeof insertDeal> {
  const id = newId()
  const made = await insertDeal(tx, actor, id, fields)
  if (made !== 'pipeline' || fields.pipelineId !== null) return made
  await ensureDefaultPipeline(tx, actor.companyId)
  return insertDeal(tx, actor, id, fields)
}

function withDefaults(input: CreateDealInput, companyCurrency: string): DealFields {
  return {
    title: input.title,
    value: input.value ?? '0.00',
    currency: input.currency ?? companyCurrency,
    pipelineId: input.pipelineId ?? null,
    stage: input.stage ?? null,
    priority: input.priority ?? 'MEDIUM',
    leadSource: input.leadSource ?? null,
    probability: input.probability ?? null,
    expectedCloseDate: input.expectedCloseDate ?? null,
    notes: input.notes ?? null,
    contactId: input.contactId ?? null,
    customerId: input.customerId ?? null,
    assignedToId: input.assignedToId ?? null,
    lostReason: input.lostReason ?? null,
    tags: input.tags ?? [],
  }
}
