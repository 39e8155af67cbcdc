/** 100 when won, 0 when lost, else the deal's own, else its stage's. */
const EFFECTIVE = "CASE d.stage_kind WHEN 'WON' THEN 100 WHEN 'LOST' THEN 0 ELSE coalesce(d.probability, s.probability) END"

/** NUMERIC rounds halves away from zero, which is up: values are never negative. */
export const WEIGHTED_VALUE = `round(d.value * ${EFFECTIVE} / 100, 2)`

export const IS_ROTTEN = `(d.stage_kind = 'OPEN' AND s.rotten_days > 0
  AND greatest(d.stage_entered_at, d.last_activity_at) < now() - s.rotten_days * interval '1 day')`

/** The contract's `deal` as JSON, of a row `d` of deals with `DEAL_JOINS`. */
export const DEAL_JSON = `json_build_object('id', d.id, 'title', d.title, 'value', d.value::text, 'currency', d.currency,
  'baseValue', d.base_value::text, 'baseCurrency', d.base_currency, 'pipelineId', d.pipeline_id, 'stage', d.stage, 'stageKind', d.stage_kind,
  'priority', d.priority, 'leadSource', d.lead_source, 'leadScore', d.lead_score, 'probability', d.probability,
  'effectiveProbability', ${EFFECTIVE}, 'weightedValue', ${WEIGHTED_VALUE}::text, 'expectedCloseDate', d.expected_close_date, 'notes', d.notes,
  'contactId', d.contact_id, 'contactName', c.name, 'customerId', d.customer_id, 'customerName', u.name,
  'assignedToId', d.assigned_to_id, 'assignedToName', a.name, 'tags', d.tags, 'stageEnteredAt', iso(d.stage_entered_at),
  'lastActivityAt', iso(d.last_activity_at), 'rotten', ${IS_ROTTEN}, 'closedAt', iso(d.closed_at), 'lostReason', d.lost_reason,
  'approvalStatus', d.approval_status, 'locked', d.approval_status = 'SUBMITTED', 'createdById', d.created_by_id, 'version', d.version,
  'createdAt', iso(d.created_at), 'updatedAt', iso(d.updated_at))`

export const DEAL_JOINS = `JOIN stages s ON s.company_id = d.company_id AND s.pipeline_id = d.pipeline_id AND s.key = d.stage
  LEFT JOIN contacts c ON c.company_id = d.company_id AND c.id = d.contact_id
  LEFT JOIN customers u ON u.company_id = d.company_id AND u.id = d.customer_id
  LEFT JOIN user_refs a ON a.company_id = d.company_id AND a.id = d.assigned_to_id`
