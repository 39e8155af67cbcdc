/** What the bare limit runs: per path one statement, whose only column is the finished JSON. */
export type LimitStatement = {
  readonly text: string
  readonly values: (query: URLSearchParams, body: string) => unknown[]
}

const company = (query: URLSearchParams) => query.get('company')

const ITEM = `json_build_object(
  'id', d.id, 'title', d.title, 'value', d.value::text, 'currency', d.currency, 'baseValue', d.base_value::text, 'baseCurrency', d.base_currency,
  'pipelineId', d.pipeline_id, 'stage', d.stage, 'stageKind', d.stage_kind, 'priority', d.priority, 'leadSource', d.lead_source,
  'leadScore', d.lead_score, 'probability', d.probability, 'effectiveProbability', e.probability,
  'weightedValue', round(d.value * e.probability / 100, 2)::text, 'expectedCloseDate', d.expected_close_date, 'notes', d.notes,
  'contactId', d.contact_id, 'contactName', contact.name, 'customerId', d.customer_id, 'customerName', customer.name,
  'assignedToId', d.assigned_to_id, 'assignedToName', assignee.name, 'tags', d.tags, 'stageEnteredAt', deals.iso(d.stage_entered_at),
  'lastActivityAt', deals.iso(d.last_activity_at),
  'rotten', d.stage_kind = 'OPEN' AND s.rotten_days > 0 AND now() - greatest(d.last_activity_at, d.stage_entered_at) > make_interval(days => s.rotten_days),
  'closedAt', deals.iso(d.closed_at), 'lostReason', d.lost_reason, 'approvalStatus', d.approval_status, 'locked', d.approval_status = 'SUBMITTED',
  'createdById', d.created_by_id, 'version', d.version, 'createdAt', deals.iso(d.created_at), 'updatedAt', deals.iso(d.updated_at))`

const JOINS = `
  JOIN deals.stages s ON s.company_id = d.company_id AND s.pipeline_id = d.pipeline_id AND s.key = d.stage
  CROSS JOIN LATERAL (SELECT CASE d.stage_kind WHEN 'WON' THEN 100 WHEN 'LOST' THEN 0 ELSE coalesce(d.probability, s.probability) END AS probability) e
  LEFT JOIN deals.contacts contact ON contact.company_id = d.company_id AND contact.id = d.contact_id
  LEFT JOIN deals.customers customer ON customer.company_id = d.company_id AND customer.id = d.customer_id
  LEFT JOIN deals.user_refs assignee ON assignee.company_id = d.company_id AND assignee.id = d.assigned_to_id`

const page = (after: string) => `
  WITH page AS (
    SELECT * FROM deals.deals WHERE company_id = $1 AND deleted_at IS NULL ${after} ORDER BY created_at DESC, id DESC LIMIT 20
  )
  SELECT json_build_object('data', json_agg(${ITEM} ORDER BY d.created_at DESC, d.id DESC))::text AS json FROM page d ${JOINS}`

/** The state and its event, as one statement and so one commit. */
const logged = (change: string, type: string) => `
  WITH d AS (${change}), logged AS (
    INSERT INTO deals.event_log (company_id, event_id, type, entity_id, entity_version, actor_id, correlation_id, data)
    SELECT company_id, gen_random_uuid(), '${type}', id, version, created_by_id, 'bench', json_build_object('dealId', id, 'title', title, 'value', value::text)
    FROM d
  )
  SELECT ${ITEM}::text AS json FROM d ${JOINS}`

export const statements: Readonly<Record<string, LimitStatement>> = {
  list: { text: page(''), values: (query) => [company(query)] },
  'list-after': {
    text: page('AND (created_at, id) < (SELECT created_at, id FROM deals.deals WHERE company_id = $1 AND id = $2)'),
    values: (query) => [company(query), query.get('deal')],
  },
  get: {
    text: `SELECT ${ITEM}::text AS json FROM deals.deals d ${JOINS} WHERE d.company_id = $1 AND d.id = $2 AND d.deleted_at IS NULL`,
    values: (query) => [company(query), query.get('deal')],
  },
  create: {
    text: logged(
      `INSERT INTO deals.deals (company_id, id, title, value, currency, base_value, base_currency, pipeline_id, stage, stage_kind, priority, lead_source,
         lead_score, notes, created_by_id, stage_entered_at)
       SELECT $1, uuidv7(), $3::json->>'title', given.value, 'GEL', given.value, 'GEL', p.id, s.key, s.kind, $3::json->>'priority', $3::json->>'leadSource',
         deals.lead_score(given.value, s.probability, $3::json->>'priority', $3::json->>'leadSource'), $3::json->>'notes', $2::uuid, now()
       FROM (SELECT ($3::json->>'value')::numeric(14, 2) AS value) given
       JOIN deals.pipelines p ON p.company_id = $1 AND p.is_default AND p.deleted_at IS NULL
       JOIN deals.stages s ON s.company_id = p.company_id AND s.pipeline_id = p.id AND s.key = $3::json->>'stage'
       RETURNING *`,
      'crm.deals.deal.created',
    ),
    values: (query, body) => [company(query), query.get('user'), body],
  },
  patch: {
    text: logged(
      `UPDATE deals.deals SET value = ($3::json->>'value')::numeric, base_value = ($3::json->>'value')::numeric, priority = $3::json->>'priority',
         version = version + 1, updated_at = now()
       WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL RETURNING *`,
      'crm.deals.deal.updated',
    ),
    values: (query, body) => [company(query), query.get('deal'), body],
  },
  // One commit per request: the event is stored as it came, under a key that refuses it twice.
  webhook: {
    text: `
      WITH stored AS (
        INSERT INTO bench.call_events (company_id, event_key, payload)
        SELECT $1::uuid, $2::json->'events'->0->>'eventId', $2::jsonb ON CONFLICT DO NOTHING RETURNING 1
      )
      SELECT json_build_object('accepted', count(*), 'duplicates', 1 - count(*))::text AS json FROM stored`,
    values: (query, body) => [company(query), body],
  },
}

/** Tables of the bare limit's own. */
export const limitTables = `
  DROP SCHEMA IF EXISTS bench CASCADE;
  CREATE SCHEMA bench;
  CREATE TABLE bench.call_events (
    company_id uuid NOT NULL, event_key text NOT NULL, payload jsonb NOT NULL, received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (company_id, event_key))`
