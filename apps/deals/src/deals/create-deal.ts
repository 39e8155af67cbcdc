import { type Actor, type BodyOf, type createDealRoute, dealCreated, dealLost, dealWon } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, merged, newId } from '@dealwire/messaging'
import { ensureAllGiven, mergedValues } from '../custom-fields/custom-field-values.ts'
import { ensureDefaultPipeline } from '../pipelines/ensure-default-pipeline.ts'
import { getStage } from '../pipelines/get-stage.ts'
import { type DealFields, ensureComplete, outcomeOf } from './deal.ts'
import { insertDeal, type NewDeal } from './deals.repository.ts'
import { priceOf } from './price-of.ts'
import type { StoredDeal } from './stored-deal.ts'

type CreateDealInput = BodyOf<typeof createDealRoute>

/** Creates a deal in a stage of the company's pipeline; its score and close date follow from the stage. */
export async function createDeal(tx: Tx, actor: Actor, input: CreateDealInput): Promise<StoredDeal> {
  const { title, pipelineId = null, stage = null } = input
  const fields: DealFields = merged(
    { ...DEFAULTS, title, currency: actor.company.currency },
    { ...input, customFields: mergedValues({}, input.customFields) },
  )
  const price = await priceOf(tx, actor, fields.currency)
  const made = await insertInStage(tx, actor, { id: newId(), fields, price, to: { pipelineId, stage } })

  const { deal } = made
  ensureComplete(fields, deal)
  ensureAllGiven(made.definitions, input.customFields)
  append(tx, actor, dealCreated, deal, { deal })
  const outcome = outcomeOf('OPEN', deal.stageKind)
  if (outcome === 'won') append(tx, actor, dealWon, deal, { deal })
  if (outcome === 'lost') append(tx, actor, dealLost, deal, { deal })
  return made
}

/** The first deal of a company that has just registered may come before identity's event: its pipeline is made here. */
async function insertInStage(tx: Tx, actor: Actor, deal: Parameters<typeof insertDeal>[2]): Promise<NewDeal> {
  const made = await insertDeal(tx, actor, deal)
  if (made !== undefined) return made
  if (deal.to.pipelineId === null) await ensureDefaultPipeline(tx, actor)
  await getStage(tx, actor, deal.to)
  const retried = await insertDeal(tx, actor, deal)
  if (retried === undefined) throw new Error('The deal has a stage, and cannot be put there')
  return retried
}

const DEFAULTS: Omit<DealFields, 'title' | 'currency'> = {
  value: '0.00',
  priority: 'MEDIUM',
  leadSource: null,
  probability: null,
  expectedCloseDate: null,
  notes: null,
  contactId: null,
  customerId: null,
  assignedToId: null,
  lostReason: null,
  tags: [],
  customFields: {},
}
