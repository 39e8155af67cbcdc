import type { ListSpec } from '@dealwire/db/page'
import { DEAL_JOINS, DEAL_JSON } from './deal-json.ts'

export const dealList: ListSpec = {
  name: 'deals',
  from: 'deals d',
  alias: 'd',
  where: 'd.company_id = $1 AND d.deleted_at IS NULL',
  item: DEAL_JSON,
  joins: DEAL_JOINS,
  sorts: {
    createdAt: { expression: 'd.created_at', type: 'timestamptz' },
    updatedAt: { expression: 'd.updated_at', type: 'timestamptz' },
    value: { expression: 'd.value', type: 'numeric' },
    leadScore: { expression: 'd.lead_score', type: 'integer' },
    expectedCloseDate: { expression: "coalesce(d.expected_close_date, 'infinity'::date)", type: 'date' },
    title: { expression: 'lower(d.title COLLATE pg_c_utf8)', type: 'text' },
  },
  filters: {
    pipelineId: 'd.pipeline_id = $?',
    stage: 'd.stage = $?',
    stageKind: 'd.stage_kind = $?',
    priority: 'd.priority = $?',
    assignedToId: 'd.assigned_to_id = $?',
    contactId: 'd.contact_id = $?',
    customerId: 'd.customer_id = $?',
    leadSource: 'd.lead_source = $?',
    minValue: 'd.value >= $?',
    maxValue: 'd.value <= $?',
    createdFrom: 'd.created_at >= $?',
    createdTo: 'd.created_at < $?',
    expectedCloseFrom: "coalesce(d.expected_close_date, 'infinity'::date) >= $? AND d.expected_close_date IS NOT NULL",
    expectedCloseTo: "coalesce(d.expected_close_date, 'infinity'::date) <= $?",
    rotten: `$?::boolean AND d.stage_kind = 'OPEN' AND EXISTS (
      SELECT FROM stages s WHERE s.company_id = d.company_id AND s.pipeline_id = d.pipeline_id AND s.key = d.stage AND s.rotten_days > 0
        AND greatest(d.stage_entered_at, d.last_activity_at) < now() - s.rotten_days * interval '1 day')`,
    tag: 'd.tags @> ARRAY[$?::text]',
  },
}

export const dealHistoryList: ListSpec = {
  name: 'deal_history',
  from: 'deal_history h',
  alias: 'h',
  where: 'h.company_id = $1',
  item: `json_build_object('id', h.id, 'field', h.field, 'from', h.from_value, 'to', h.to_value, 'changedById', h.changed_by_id,
    'changedByName', a.name, 'at', iso(h.at), 'secondsInStage', h.seconds_in_stage)`,
  joins: 'LEFT JOIN user_refs a ON a.company_id = h.company_id AND a.id = h.changed_by_id',
  sorts: { at: { expression: 'h.at', type: 'timestamptz' } },
  filters: { dealId: 'h.deal_id = $?', field: 'h.field = $?' },
}
