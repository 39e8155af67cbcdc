import type { ListSpec } from '@dealwire/db/page'
import { customFieldCondition } from '../custom-fields/custom-field-filters.ts'
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
    customFields: customFieldCondition('d'),
  },
  plannedByValue: {
    minValue: 'value',
    maxValue: 'value',
    createdFrom: 'createdAt',
    createdTo: 'createdAt',
    expectedCloseFrom: 'expectedCloseDate',
    expectedCloseTo: 'expectedCloseDate',
    tag: null,
    customFields: null,
  },
}

/** Filters `searchLanguage` ($2) and `phrase` ($3) come first, then one for each word. */
export const dealSearchList: ListSpec = {
  ...dealList,
  name: 'deal_search',
  from: 'deals d JOIN deal_search q ON q.company_id = d.company_id AND q.deal_id = d.id',
  where: `${dealList.where} AND q.company_id = $1`,
  sorts: {
    ...dealList.sorts,
    relevance: {
      expression: `round((ts_rank(q.words, plainto_tsquery($2::regconfig, fold($3))) + word_similarity(fold($3), left(q.body, 200)))::numeric, 6)`,
      type: 'numeric',
    },
  },
  filters: {
    ...dealList.filters,
    searchLanguage: '$?::regconfig IS NOT NULL',
    phrase: '$?::text IS NOT NULL',
    ...Object.fromEntries(
      [0, 1, 2, 3, 4, 5].map((index) => [
        `word${index}`,
        'q.words @@ plainto_tsquery($2::regconfig, fold($?)) OR q.body LIKE word_pattern($?)',
      ]),
    ),
  },
}
