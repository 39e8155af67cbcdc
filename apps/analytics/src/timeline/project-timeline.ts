import type { AnyEvent, EventOf } from '@dealwire/messaging'
import { activityChanges, activityDeleted } from '../activities/activity-events.ts'
import { callEnds, callMerged } from '../calls/call-events.ts'
import { dealChanges } from '../deals/deal-events.ts'
import { projection } from '../projections/projection.ts'
import { workOrderChanges } from '../work-orders/work-order-events.ts'
import { type TimelineEntry, upsertTimelineEntries } from './timeline.repository.ts'

type DealChange = EventOf<(typeof dealChanges)[number]>
type CallEnd = EventOf<(typeof callEnds)[number]>
type WorkOrderChange = EventOf<(typeof workOrderChanges)[number]>
type ActivityChange = EventOf<(typeof activityChanges)[number]>

/** One entry per happening with a customer, whatever the number of events that tell of it. */
export const projectTimeline = projection(
  [...dealChanges, ...callEnds, callMerged, ...workOrderChanges, ...activityChanges],
  async (tx, events) => {
    const entries = events.map(entryOf).filter((entry) => entry !== undefined)
    await upsertTimelineEntries(
      tx,
      entries.map((entry) => ({ deleted: false, ...entry })),
    )
  },
)

type Entry = Omit<TimelineEntry, 'deleted'> & { readonly deleted?: boolean }

function entryOf(
  event: DealChange | CallEnd | EventOf<typeof callMerged> | WorkOrderChange | ActivityChange,
): Entry | undefined {
  if ('deal' in event.data) return dealEntry(event as DealChange)
  if ('call' in event.data) return callEntry(event as CallEnd)
  if ('intoId' in event.data) return takenBack(event, `call ${event.subject}`)
  if ('activity' in event.data) return activityEntry(event as ActivityChange)
  return workOrderEntry(event as WorkOrderChange)
}

const nothing = { customer_id: null, occurred_at: null, kind: null, subject_id: null, details: null }

function takenBack(event: AnyEvent, source: string): Entry {
  return { company_id: event.companyid, source, version: event.aggregateversion, deleted: true, ...nothing }
}

/** A deal shows up when it enters a stage; the entry follows later changes of title and value until the next move. */
function dealEntry({ companyid, aggregateversion, data: { deal } }: DealChange): Entry | undefined {
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

function callEntry({ companyid, aggregateversion, data: { call } }: CallEnd): Entry | undefined {
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
}: WorkOrderChange): Entry | undefined {
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

/** An activity shows up when it was added, and once it is done at that time instead. One that stands for a call is the call's entry. */
function activityEntry(event: ActivityChange): Entry | undefined {
  const { companyid, type, aggregateversion, data } = event
  const { activity, customerId } = data
  if (type === activityDeleted.type) return takenBack(event, `activity ${activity.id}`)
  if (customerId == null || activity.callId != null) return undefined
  const doneAt = activity.doneAt ?? undefined
  return {
    company_id: companyid,
    customer_id: customerId,
    occurred_at: doneAt ?? activity.createdAt,
    source: `activity ${activity.id}`,
    version: aggregateversion,
    kind: doneAt === undefined ? 'activity.created' : 'activity.completed',
    subject_id: activity.id,
    details: { kind: activity.kind, subject: activity.subject, dealId: activity.dealId },
  }
}
