/** What the bare limit runs: per path one statement, whose only column is the finished JSON. */
export type LimitStatement = {
  readonly text: string
  readonly values: (query: URLSearchParams, body: string) => unknown[]
}

const company = (query: URLSearchParams) => query.get('company')

// Columns, made JSON as one row: json_build_object with as many arguments costs a third more.
const COLUMNS = `
  d.id, d.title, d.value::text AS "value", d.currency, d.base_value::text AS "baseValue",
  d.base_currency AS "baseCurrency", d.pipeline_id AS "pipelineId", d.stage, d.stage_kind AS "stageKind",
  d.priority, d.lead_source AS "leadSource", d.lead_score AS "leadScore", d.probability,
  e.probability AS "effectiveProbability", round(d.value * e.probability / 100, 2)::text AS "weightedValue",
  d.expected_close_date AS "expectedCloseDate", d.notes, d.contact_id AS "contactId",
  contact.name AS "contactName", d.customer_id AS "customerId", customer.name AS "customerName",
  d.assigned_to_id AS "assignedToId", assignee.name AS "assignedToName", d.tags, d.custom_fields AS "customFields",
  deals.iso(d.stage_entered_at) AS "stageEnteredAt", deals.iso(d.last_activity_at) AS "lastActivityAt",
  d.stage_kind = 'OPEN' AND s.rotten_days > 0 AND now() - greatest(d.last_activity_at, d.stage_entered_at) > make_interval(days => s.rotten_days) AS "rotten",
  deals.iso(d.closed_at) AS "closedAt", d.lost_reason AS "lostReason", d.approval_status AS "approvalStatus",
  d.approval_status = 'SUBMITTED' AS "locked", d.created_by_id AS "createdById", d.version,
  deals.iso(d.created_at) AS "createdAt", deals.iso(d.updated_at) AS "updatedAt"`

const JOINS = `
  JOIN deals.stages s ON s.company_id = d.company_id AND s.pipeline_id = d.pipeline_id AND s.key = d.stage
  CROSS JOIN LATERAL (SELECT CASE d.stage_kind WHEN 'WON' THEN 100 WHEN 'LOST' THEN 0 ELSE coalesce(d.probability, s.probability) END AS probability) e
  LEFT JOIN deals.contacts contact ON contact.company_id = d.company_id AND contact.id = d.contact_id
  LEFT JOIN deals.customers customer ON customer.company_id = d.company_id AND customer.id = d.customer_id
  LEFT JOIN deals.user_refs assignee ON assignee.company_id = d.company_id AND assignee.id = d.assigned_to_id`

const page = (after: string, sort = 'created_at') => `
  WITH page AS (
    SELECT *, ${sort} AS place FROM deals.deals WHERE company_id = $1 AND deleted_at IS NULL ${after} ORDER BY ${sort} DESC, id DESC LIMIT 20
  )
  SELECT json_build_object('data', json_agg(item))::text AS json
  FROM (SELECT ${COLUMNS} FROM page d ${JOINS} ORDER BY d.place DESC, d.id DESC) item`

/** What the lists of the API sort by. */
export const sortExpressions = {
  updatedAt: 'updated_at',
  value: 'value',
  leadScore: 'lead_score',
  expectedCloseDate: 'expected_close_sort',
  title: 'lower(title COLLATE pg_c_utf8)',
} as const

const sortedLists = Object.fromEntries(
  Object.entries(sortExpressions).map(([name, sort]): [string, LimitStatement] => [
    `list-${name}`,
    { text: page('', sort), values: (query) => [company(query)] },
  ]),
)

/**
 * The state and its event, as one statement and so one commit. The log is one of its own: in that of deals the relay would find it,
 * and every service would be at work on events that are no contract's while the system is measured.
 */
const logged = (change: string, type: string) => `
  WITH d AS (${change}), logged AS (
    INSERT INTO bench.event_log (company_id, event_id, type, entity_id, entity_version, actor_id, correlation_id, data)
    SELECT company_id, gen_random_uuid(), '${type}', id, version, created_by_id, 'bench', json_build_object('dealId', id, 'title', title, 'value', value::text)
    FROM d
  )
  SELECT row_to_json(item)::text AS json FROM (SELECT ${COLUMNS} FROM d ${JOINS}) item`

export const statements: Readonly<Record<string, LimitStatement>> = {
  list: { text: page(''), values: (query) => [company(query)] },
  'list-after': {
    text: page('AND (created_at, id) < (SELECT created_at, id FROM deals.deals WHERE company_id = $1 AND id = $2)'),
    values: (query) => [company(query), query.get('deal')],
  },
  ...sortedLists,
  'list-stage': {
    text: page("AND stage = 'NEGOTIATION'", 'value'),
    values: (query) => [company(query)],
  },
  search: {
    text: `
      WITH found AS (
        SELECT d.*, ts_rank(q.words, words.given) AS place
        FROM (SELECT plainto_tsquery('simple', $2) AS given) words, deals.deal_search q JOIN deals.deals d ON d.company_id = q.company_id AND d.id = q.deal_id
        WHERE q.company_id = $1 AND d.company_id = $1 AND q.words @@ words.given AND d.deleted_at IS NULL
        ORDER BY place DESC, d.id LIMIT 20
      )
      SELECT json_build_object('data', json_agg(item))::text AS json FROM (SELECT ${COLUMNS} FROM found d ${JOINS} ORDER BY d.place DESC, d.id) item`,
    values: (query) => [company(query), query.get('q')],
  },
  statistics: {
    text: `
      SELECT json_agg(stage)::text AS json FROM (
        SELECT d.stage, count(*) AS count, sum(d.base_value)::text AS "totalValue", avg(d.lead_score) AS "avgLeadScore"
        FROM deals.deals d JOIN deals.pipelines p ON p.company_id = d.company_id AND p.id = d.pipeline_id AND p.is_default
        WHERE d.company_id = $1 AND d.deleted_at IS NULL GROUP BY d.stage) stage`,
    values: (query) => [company(query)],
  },
  get: {
    text: `SELECT row_to_json(item)::text AS json FROM (
      SELECT ${COLUMNS} FROM deals.deals d ${JOINS} WHERE d.company_id = $1 AND d.id = $2 AND d.deleted_at IS NULL) item`,
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
  'webhook-batch': {
    text: `
      WITH given AS (SELECT e ->> 'eventId' AS key, e FROM jsonb_array_elements($2::jsonb -> 'events') AS e), stored AS (
        INSERT INTO bench.call_events (company_id, event_key, payload) SELECT $1::uuid, key, e FROM given ON CONFLICT DO NOTHING RETURNING 1
      )
      SELECT json_build_object('accepted', (SELECT count(*) FROM stored),
        'duplicates', (SELECT count(*) FROM given) - (SELECT count(*) FROM stored))::text AS json`,
    values: (query, body) => [company(query), body],
  },
}

/** Tables of the bare limit's own. */
export const limitTables = `
  DROP SCHEMA IF EXISTS bench CASCADE;
  CREATE SCHEMA bench;
  CREATE TABLE bench.event_log (LIKE deals.event_log INCLUDING ALL);
  CREATE TABLE bench.call_events (
    company_id uuid NOT NULL, event_key text NOT NULL, payload jsonb NOT NULL, received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (company_id, event_key))`
