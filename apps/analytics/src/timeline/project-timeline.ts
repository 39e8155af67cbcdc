import type { EventOf } from '@dealwire/messaging'
import { callEnds } from '../calls/call-events.ts'
import { dealChanges } from '../deals/deal-events.ts'
import { projection } from '../projections/projection.ts'
import { workOrderChanges } from '../work-orders/work-order-events.ts'
import { type TimelineEntry, upsertTimelineEntries } from './timeline.repository.ts'

type DealChange = EventOf<(typeof dealChanges)[number]>
type CallEnd = EventOf<(typeof callEnds)[number]>
type WorkOrderChange = EventOf<(typeof workOrderChanges)[number]>

/** One entry per happening with a customer, whatever the number of events that tell of it. */
export const projectTimeline = projection([...dealChanges, ...callEnds, ...workOrderChanges], async (tx, events) => {
  await upsertTimelineEntries(
    tx,
    events.map(entryOf).filter((entry) => entry !== undefined),
  )
})

function entryOf(event: DealChange | CallEnd | WorkOrderChange): TimelineEntry | undefined {
  if ('deal' in event.data) return dealEntry(event as DealChange)
  if ('call' in event.data) return callEntry(event as CallEnd)
  return workOrderEntry(event as WorkOrderChange)
}

/** A deal shows up when it enters a stage; the entry follows later changes of title and value until the next move. */
function dealEntry({ companyid, aggregateversion, data: { deal } }: DealChange): TimelineEntry | undefined {
  if (deal.customerId == null) return undefined
  const closed = { OPEN: undefined, WON: 'deal.won', LOST: 'deal.lost' }[deal.stageKind]
  return {
    company_id: companyid,
    customer_id: deal.customerId,
    occurred_at: deal.stageEnteredAt,
    source: `deal ${deal.id} ${deal.stageEnteredAt}`,
    version: aggregateversion,
    kind: closed ?? (deal.stageEnteredAt === deal.createdAt ? 'deal.created' : 'deal.stage-changed'),
    subject_id: deal.id,
    details: { title: deal.title, stage: deal.stage, value: deal.value, currency: deal.currency },
  }
}

function callEntry({ companyid, aggregateversion, data: { call } }: CallEnd): TimelineEntry | undefined {
  if (call.customerId == null || call.endedAt == null) return undefined
  return {
    company_id: companyid,
    customer_id: call.customerId,
    occurred_at: call.startedAt,
    source: `call ${call.id}`,
    version: aggregateversion,
    kind: 'call.ended',
    subject_id: call.id,
    details: {
      direction: call.direction,
      status: call.status,
      agentId: call.agentId ?? null,
      talkSeconds: call.talkSeconds ?? 0,
    },
  }
}

/** Every status a work order comes into is a happening of its own; the first event in it says when. */
function workOrderEntry({
  companyid,
  time,
  aggregateversion,
  data: { workOrder },
}: WorkOrderChange): TimelineEntry | undefined {
  if (workOrder.customerId == null) return undefined
  return {
    company_id: companyid,
    customer_id: workOrder.customerId,
    occurred_at: time,
    source: `work-order ${workOrder.id} ${aggregateversion}`,
    version: aggregateversion,
    kind: `work-order.${workOrder.status.toLowerCase().replaceAll('_', '-')}`,
    subject_id: workOrder.id,
    details: { number: workOrder.number ?? null, title: workOrder.title ?? null, kind: workOrder.kind },
  }
}
