import { listBehind } from './list-behind.ts'

export const listDealsBehind = listBehind({
  table: 'deal_facts',
  id: 'deal_id',
  item: `json_build_object('dealId', f.deal_id, 'at', iso(f.at), 'stage', f.stage, 'stageKind', f.stage_kind, 'value', f.base_value::text,
    'currency', f.base_currency, 'source', f.source, 'ownerId', f.owner_id, 'customerId', f.customer_id)`,
  own: 'f.owner_id = $? OR (f.owner_id IS NULL AND f.created_by_id = $?)',
  filters: {
    source: "f.source IS NOT DISTINCT FROM nullif($?, 'NONE')",
    stageKind: 'f.stage_kind = $?',
    pipelineId: 'f.pipeline_id = $?',
    reached: `EXISTS (SELECT FROM deal_stage_entries e
      WHERE e.company_id = $1 AND e.deal_id = f.deal_id AND e.pipeline_id = f.pipeline_id AND e.stage = ANY ($?::text[]))`,
  },
  figures: {
    open: { at: 'created_at', where: "NOT f.deleted AND f.stage_kind = 'OPEN'", isNow: true },
    created: { at: 'created_at', where: 'NOT f.deleted' },
    won: { at: 'closed_at', where: "NOT f.deleted AND f.closed_at IS NOT NULL AND f.stage_kind = 'WON'" },
    lost: { at: 'closed_at', where: "NOT f.deleted AND f.closed_at IS NOT NULL AND f.stage_kind = 'LOST'" },
    reached_of_created: { at: 'created_at', where: 'NOT f.deleted' },
    reached_of_closed: { at: 'closed_at', where: 'NOT f.deleted AND f.closed_at IS NOT NULL' },
  },
})

export const listCallsBehind = listBehind({
  table: 'call_facts',
  id: 'call_id',
  item: `json_build_object('callId', f.call_id, 'at', iso(f.at), 'direction', f.direction, 'status', f.status, 'queue', f.queue,
    'agentId', f.agent_id, 'customerId', f.customer_id, 'waitSeconds', f.wait_seconds, 'talkSeconds', f.talk_seconds)`,
  own: 'f.agent_id = $?',
  filters: { queue: 'f.queue = $?', direction: 'f.direction = $?' },
  figures: {
    total: { at: 'started_at', where: 'true' },
    answered: { at: 'started_at', where: "f.status = 'COMPLETED'" },
    missed: { at: 'started_at', where: "f.status = 'MISSED'" },
    abandoned: { at: 'started_at', where: "f.status = 'ABANDONED'" },
  },
})

export const listWorkOrdersBehind = listBehind({
  table: 'work_order_facts',
  id: 'id',
  item: `json_build_object('workOrderId', f.id, 'at', iso(f.at), 'kind', f.kind, 'status', f.status, 'dealId', f.deal_id,
    'customerId', f.customer_id)`,
  own: "$? = ANY (f.assignee_ids) OR (f.created_by_id = $? AND f.assignee_ids = '{}')",
  filters: { kind: 'f.kind = $?' },
  figures: {
    open: {
      at: 'created_at',
      where: "NOT f.deleted AND f.status IN ('DRAFT', 'SCHEDULED', 'IN_PROGRESS', 'SUBMITTED')",
      isNow: true,
    },
    approved: { at: 'approved_at', where: 'NOT f.deleted AND f.approved_at IS NOT NULL' },
  },
})

export const listActivitiesBehind = listBehind({
  table: 'activity_facts',
  id: 'activity_id',
  item: `json_build_object('activityId', f.activity_id, 'at', iso(f.at), 'kind', f.kind, 'dealId', f.deal_id,
    'customerId', f.customer_id, 'assignedToId', f.assigned_to_id)`,
  own: 'f.assigned_to_id = $? OR (f.assigned_to_id IS NULL AND f.created_by_id = $?)',
  filters: {},
  figures: {
    created: { at: 'created_at', where: 'NOT f.deleted' },
    done: { at: 'done_at', where: 'NOT f.deleted AND f.done_at IS NOT NULL' },
    overdue: { at: 'due_at', where: 'NOT f.deleted AND f.done_at IS NULL AND f.due_at < now()', isNow: true },
  },
})
