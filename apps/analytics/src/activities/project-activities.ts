import { projection } from '../projections/projection.ts'
import { upsertNewer } from '../projections/upsert-newer.ts'
import { activityChanges, activityDeleted } from './activity-events.ts'

const upsertActivityFacts = upsertNewer({
  name: 'activity_facts',
  key: ['company_id', 'activity_id'],
  columns: {
    company_id: 'uuid',
    activity_id: 'uuid',
    version: 'integer',
    deleted: 'boolean',
    deal_id: 'uuid',
    customer_id: 'uuid',
    kind: 'text',
    assigned_to_id: 'uuid',
    created_by_id: 'uuid',
    created_at: 'timestamptz',
    due_at: 'timestamptz',
    done_at: 'timestamptz',
  },
})

/** One row per activity as of its newest version. */
export const projectActivities = projection(activityChanges, async (tx, events) => {
  await upsertActivityFacts(
    tx,
    events.map(({ companyid, type, aggregateversion, data: { activity, customerId } }) => ({
      company_id: companyid,
      activity_id: activity.id,
      version: aggregateversion,
      deleted: type === activityDeleted.type,
      deal_id: activity.dealId,
      customer_id: customerId ?? null,
      kind: activity.kind,
      assigned_to_id: activity.assignedToId ?? null,
      created_by_id: activity.createdById ?? null,
      created_at: activity.createdAt,
      due_at: activity.dueAt ?? null,
      done_at: activity.doneAt ?? null,
    })),
  )
})
