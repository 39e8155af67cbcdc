import type { EventOf } from '@dealwire/messaging'
import { projection } from '../projections/projection.ts'
import { type DealState, dealChanges, dealDeleted, pipelineChanges } from './deal-events.ts'
import { type DealFact, insertStageEntries, upsertDealFacts, upsertPipelineFacts } from './deal-facts.repository.ts'

type DealChange = EventOf<(typeof dealChanges)[number]>
type DealEvent = DealChange | EventOf<typeof dealDeleted>

/** One row per deal as of its newest version, and one per entry into a stage. */
export const projectDeals = projection([...dealChanges, dealDeleted], async (tx, events: readonly DealEvent[]) => {
  await upsertDealFacts(tx, events.map(factOf))
  await insertStageEntries(
    tx,
    events.filter(isChange).map(({ companyid, data: { deal } }) => ({
      company_id: companyid,
      deal_id: deal.id,
      entered_at: deal.stageEnteredAt,
      stage: deal.stage,
      pipeline_id: deal.pipelineId,
    })),
  )
})

function isChange(event: DealEvent): event is DealChange {
  return event.type !== dealDeleted.type
}

/** A deleted deal leaves its version behind, so that a late event cannot bring it back. */
function factOf(event: DealEvent): DealFact {
  const head = { company_id: event.companyid, deal_id: event.subject, version: event.aggregateversion }
  return isChange(event)
    ? { ...head, deleted: false, ...columnsOf(event.data.deal) }
    : { ...head, deleted: true, ...noColumns }
}

function columnsOf(deal: DealState) {
  return {
    pipeline_id: deal.pipelineId,
    stage: deal.stage,
    stage_kind: deal.stageKind,
    value: deal.value,
    currency: deal.currency,
    base_value: deal.baseValue,
    base_currency: deal.baseCurrency,
    probability: deal.effectiveProbability ?? null,
    source: deal.leadSource ?? null,
    owner_id: deal.assignedToId ?? null,
    created_by_id: deal.createdById ?? null,
    customer_id: deal.customerId ?? null,
    contact_id: deal.contactId ?? null,
    lost_reason: deal.lostReason ?? null,
    expected_close_on: deal.expectedCloseDate ?? null,
    created_at: deal.createdAt,
    stage_entered_at: deal.stageEnteredAt,
    closed_at: deal.closedAt ?? null,
  }
}

const noColumns = {
  pipeline_id: null,
  stage: null,
  stage_kind: null,
  value: null,
  currency: null,
  base_value: null,
  base_currency: null,
  probability: null,
  source: null,
  owner_id: null,
  created_by_id: null,
  customer_id: null,
  contact_id: null,
  lost_reason: null,
  expected_close_on: null,
  created_at: null,
  stage_entered_at: null,
  closed_at: null,
}

export const projectPipelines = projection(pipelineChanges, async (tx, events) => {
  await upsertPipelineFacts(
    tx,
    events.map(({ companyid, aggregateversion, data: { pipeline } }) => ({
      company_id: companyid,
      id: pipeline.id,
      version: aggregateversion,
      name: pipeline.name,
      is_default: pipeline.isDefault,
      stages: pipeline.stages,
    })),
  )
})
