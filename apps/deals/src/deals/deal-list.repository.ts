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
    expectedCloseDate: { expression: 'd.expected_close_sort', type: 'date' },
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
    expectedCloseFrom: "d.expected_close_sort >= $? AND d.expected_close_sort < 'infinity'",
    expectedCloseTo: 'd.expected_close_sort <= $?',
    rotten: `$?::boolean AND d.stage_kind = 'OPEN' AND EXISTS (
      SELECT FROM stages s WHERE s.company_id = d.company_id AND s.pipeline_id = d.pipeline_id AND s.key = d.stage AND s.rotten_days > 0
        AND greatest(d.stage_entered_at, d.last_activity_at) < now() - s.rotten_days * interval '1 day')`,
    tag: 'd.tags @> ARRAY[$?::text]',
  },
}
