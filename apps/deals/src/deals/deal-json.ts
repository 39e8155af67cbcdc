/** 100 when won, 0 when lost, else the deal's own, else its stage's. */
export const EFFECTIVE_PROBABILITY = `CASE d.stage_kind WHEN 'WON' THEN 100 WHEN 'LOST' THEN 0 ELSE coalesce(d.probability, s.probability) END`

const COLUMNS = `d.id, d.title, d.value::text AS "value", d.currency, d.base_value::text AS "baseValue", d.base_currency AS "baseCurrency",
  d.pipeline_id AS "pipelineId", d.stage, d.stage_kind AS "stageKind", d.priority, d.lead_source AS "leadSource", d.lead_score AS "leadScore",
  d.probability, ${EFFECTIVE_PROBABILITY} AS "effectiveProbability",
  round(d.value * ${EFFECTIVE_PROBABILITY} / 100, 2)::text AS "weightedValue", d.expected_close_date AS "expectedCloseDate", d.notes,
  d.contact_id AS "contactId", c.name AS "contactName", d.customer_id AS "customerId", u.name AS "customerName",
  d.assigned_to_id AS "assignedToId", a.name AS "assignedToName", d.tags, d.custom_fields AS "customFields", iso(d.stage_entered_at) AS "stageEnteredAt",
  iso(d.last_activity_at) AS "lastActivityAt",
  d.stage_kind = 'OPEN' AND s.rotten_days > 0
    AND greatest(d.stage_entered_at, d.last_activity_at) < now() - s.rotten_days * interval '1 day' AS "rotten",
  iso(d.closed_at) AS "closedAt", d.lost_reason AS "lostReason", d.approval_status AS "approvalStatus",
  d.approval_status = 'SUBMITTED' AS "locked", d.created_by_id AS "createdById", d.version,
  iso(d.created_at) AS "createdAt", iso(d.updated_at) AS "updatedAt"`

/** Joined to a row `d` of deals. The row `json` is pulled up into the query; json_build_object costs half as much again. */
export const DEAL_JOINS = `JOIN stages s ON s.company_id = d.company_id AND s.pipeline_id = d.pipeline_id AND s.key = d.stage
  LEFT JOIN contacts c ON c.company_id = d.company_id AND c.id = d.contact_id
  LEFT JOIN customers u ON u.company_id = d.company_id AND u.id = d.customer_id
  LEFT JOIN user_refs a ON a.company_id = d.company_id AND a.id = d.assigned_to_id
  CROSS JOIN LATERAL (SELECT ${COLUMNS}) json`

/** The contract's `deal`, of a row `d` with `DEAL_JOINS`. */
export const DEAL_JSON = 'row_to_json(json)'

/** What a change needs to know of a row `d` under its lock. */
export const LOCKED_COLUMNS = `d.id, d.title, d.value::text, d.currency, d.base_value::text AS "baseValue", d.base_currency AS "baseCurrency",
  d.pipeline_id AS "pipelineId", d.stage, d.stage_kind AS "stageKind", d.priority, d.lead_source AS "leadSource", d.probability,
  d.expected_close_date AS "expectedCloseDate", d.notes, d.contact_id AS "contactId", d.customer_id AS "customerId",
  d.assigned_to_id AS "assignedToId", d.lost_reason AS "lostReason", d.tags, d.custom_fields AS "customFields", iso(d.stage_entered_at) AS "stageEnteredAt",
  d.approval_status AS "approvalStatus", d.created_by_id AS "createdById", d.version`
