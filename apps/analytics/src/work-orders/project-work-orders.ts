import type { EventOf } from '@dealwire/messaging'
import { projection } from '../projections/projection.ts'
import { upsertNewer } from '../projections/upsert-newer.ts'
import { workOrderApproved, workOrderChanges, workOrderDeleted } from './work-order-events.ts'

type WorkOrderEvent = EventOf<(typeof workOrderChanges)[number]> | EventOf<typeof workOrderDeleted>

const upsertWorkOrderFacts = upsertNewer({
  name: 'work_order_facts',
  key: ['company_id', 'id'],
  columns: {
    company_id: 'uuid',
    id: 'uuid',
    version: 'integer',
    deleted: 'boolean',
    kind: 'text',
    status: 'text',
    customer_id: 'uuid',
    deal_id: 'uuid',
    assignee_ids: 'uuid[]',
    created_by_id: 'uuid',
    created_at: 'timestamptz',
    approved_at: 'timestamptz',
  },
})

/** One row per work order as of its newest version. */
export const projectWorkOrders = projection(
  [...workOrderChanges, workOrderDeleted],
  async (tx, events: readonly WorkOrderEvent[]) => {
    await upsertWorkOrderFacts(tx, events.map(factOf))
  },
)

function factOf(event: WorkOrderEvent) {
  const head = { company_id: event.companyid, id: event.subject, version: event.aggregateversion }
  if (event.type === workOrderDeleted.type) return { ...head, deleted: true, ...noColumns }
  const order = event.data.workOrder
  return {
    ...head,
    deleted: false,
    kind: order.kind,
    status: order.status,
    customer_id: order.customerId ?? null,
    deal_id: order.dealId ?? null,
    assignee_ids: order.assigneeIds ?? [],
    created_by_id: order.createdById ?? null,
    created_at: order.createdAt,
    approved_at: order.approvedAt ?? (event.type === workOrderApproved.type ? event.time : null),
  }
}

const noColumns = {
  kind: null,
  status: null,
  customer_id: null,
  deal_id: null,
  assignee_ids: [],
  created_by_id: null,
  created_at: null,
  approved_at: null,
}
