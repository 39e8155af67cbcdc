import { type Actor, type BodyOf, type createDealRoute, dealCreated, dealLost, dealWon } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import { merged } from '../access/changed-fields.ts'
import { ensureDefaultPipeline } from '../pipelines/ensure-default-pipeline.ts'
import { type DealFields, outcomeOf, refused } from './deal.ts'
import { insertDeal, type StoredDeal } from './deals.repository.ts'

type CreateDealInput = BodyOf<typeof createDealRoute>

/** Creates a deal in a stage of the company's pipeline; its score and close date follow from the stage. */
export async function createDeal(tx: Tx, actor: Actor, input: CreateDealInput): Promise<StoredDeal> {
  const fields = merged<DealFields>({ ...DEFAULTS, title: input.title, currency: actor.company.currency }, input)
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

const DEFAULTS: Omit<DealFields, 'title' | 'currency'> = {
  value: '0.00',
  pipelineId: null,
  stage: null,
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
}
