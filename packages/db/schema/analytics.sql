-- Generated from the migrations by `pnpm db:dump`. Do not edit.

-- tables
TABLE activity_facts
  company_id uuid NOT NULL
  activity_id uuid NOT NULL
  version integer NOT NULL
  deleted boolean NOT NULL
  deal_id uuid NOT NULL
  customer_id uuid
  kind text NOT NULL
  assigned_to_id uuid
  created_by_id uuid
  created_at timestamp(3) with time zone NOT NULL
  due_at timestamp(3) with time zone
  done_at timestamp(3) with time zone
TABLE agent_call_facts PARTITION BY RANGE (started_at)
  company_id uuid NOT NULL
  started_at timestamp(3) with time zone NOT NULL
  call_id uuid NOT NULL
  agent_id uuid NOT NULL
  offered integer NOT NULL
  answered integer NOT NULL
  ring_no_answer integer NOT NULL
  talk_seconds numeric(12,3) NOT NULL
  hold_seconds numeric(12,3) NOT NULL
  wrap_up_seconds numeric(12,3) NOT NULL
  direction text NOT NULL
  call_queue text
TABLE agent_day_rollups
  company_id uuid NOT NULL
  day date NOT NULL
  agent_id uuid NOT NULL
  queue text NOT NULL
  direction text NOT NULL
  offered bigint NOT NULL
  answered bigint NOT NULL
  ring_no_answer bigint NOT NULL
  talk_seconds numeric NOT NULL
  hold_seconds numeric NOT NULL
  wrap_up_seconds numeric NOT NULL
TABLE agent_month_rollups
  company_id uuid NOT NULL
  month date NOT NULL
  agent_id uuid NOT NULL
  queue text NOT NULL
  direction text NOT NULL
  offered bigint NOT NULL
  answered bigint NOT NULL
  ring_no_answer bigint NOT NULL
  talk_seconds numeric NOT NULL
  hold_seconds numeric NOT NULL
  wrap_up_seconds numeric NOT NULL
TABLE agent_snapshots
  company_id uuid NOT NULL
  window_days smallint NOT NULL
  agent_id uuid NOT NULL
  taken_at timestamp(3) with time zone NOT NULL
  calls_offered bigint NOT NULL
  calls_answered bigint NOT NULL
  talk_seconds numeric NOT NULL
  aht_seconds numeric
  deals_won bigint NOT NULL
  deals_lost bigint NOT NULL
  win_rate numeric
  revenue numeric(16,2) NOT NULL
  currency text NOT NULL
  work_orders_approved bigint NOT NULL
  activities_done bigint NOT NULL DEFAULT 0
TABLE call_day_rollups
  company_id uuid NOT NULL
  day date NOT NULL
  queue text NOT NULL
  direction text NOT NULL
  total bigint NOT NULL
  answered bigint NOT NULL
  missed bigint NOT NULL
  abandoned bigint NOT NULL
TABLE call_facts PARTITION BY RANGE (started_at)
  company_id uuid NOT NULL
  started_at timestamp(3) with time zone NOT NULL
  call_id uuid NOT NULL
  direction text NOT NULL
  status text NOT NULL
  queue text
  agent_id uuid
  connection_id uuid
  customer_id uuid
  contact_id uuid
  answered_at timestamp(3) with time zone
  ended_at timestamp(3) with time zone NOT NULL
  ring_seconds numeric(12,3) NOT NULL
  wait_seconds numeric(12,3) NOT NULL
  talk_seconds numeric(12,3) NOT NULL
  hold_seconds numeric(12,3) NOT NULL
  wrap_up_seconds numeric(12,3) NOT NULL
  queue_visits integer NOT NULL
TABLE call_hour_rollups
  company_id uuid NOT NULL
  day date NOT NULL
  hour smallint NOT NULL
  queue text NOT NULL
  direction text NOT NULL
  total bigint NOT NULL
  answered bigint NOT NULL
  missed bigint NOT NULL
  abandoned bigint NOT NULL
  queued bigint NOT NULL
  handled_seconds numeric NOT NULL
TABLE call_month_rollups
  company_id uuid NOT NULL
  month date NOT NULL
  hour smallint NOT NULL
  queue text NOT NULL
  direction text NOT NULL
  total bigint NOT NULL
  answered bigint NOT NULL
  missed bigint NOT NULL
  abandoned bigint NOT NULL
  queued bigint NOT NULL
  handled_seconds numeric NOT NULL
TABLE call_versions
  company_id uuid NOT NULL
  call_id uuid NOT NULL
  version integer NOT NULL
  started_at timestamp(3) with time zone
TABLE company_settings
  company_id uuid NOT NULL
  version integer NOT NULL
  name text NOT NULL
  currency text NOT NULL
  time_zone text NOT NULL
TABLE customer_refs
  company_id uuid NOT NULL
  id uuid NOT NULL
  version integer NOT NULL
  name text NOT NULL
  deleted boolean NOT NULL
  merged_into_id uuid
TABLE dead_letter
  company_id uuid NOT NULL
  id uuid NOT NULL
  consumer text NOT NULL
  event_id text NOT NULL
  subject text NOT NULL
  message text NOT NULL
  error text NOT NULL
  deliveries integer NOT NULL
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  resolved_at timestamp(3) with time zone
TABLE deal_facts
  company_id uuid NOT NULL
  deal_id uuid NOT NULL
  version integer NOT NULL
  deleted boolean NOT NULL
  pipeline_id uuid
  stage text
  stage_kind text
  value numeric(14,2)
  currency text
  base_value numeric(14,2)
  base_currency text
  probability smallint
  source text
  owner_id uuid
  created_by_id uuid
  customer_id uuid
  contact_id uuid
  lost_reason text
  expected_close_on date
  created_at timestamp(3) with time zone
  stage_entered_at timestamp(3) with time zone
  closed_at timestamp(3) with time zone
TABLE deal_stage_entries
  company_id uuid NOT NULL
  deal_id uuid NOT NULL
  entered_at timestamp(3) with time zone NOT NULL
  stage text NOT NULL
  pipeline_id uuid
TABLE event_log PARTITION BY RANGE (occurred_at)
  company_id uuid NOT NULL
  occurred_at timestamp(3) with time zone NOT NULL DEFAULT now()
  event_id uuid NOT NULL
  seq bigint NOT NULL DEFAULT nextval('analytics.event_log_seq'::regclass)
  tx_id xid8 NOT NULL DEFAULT pg_current_xact_id()
  type text NOT NULL
  entity_id text NOT NULL
  entity_version integer NOT NULL
  actor_id uuid
  correlation_id text NOT NULL
  causation_id text
  traceparent text
  data jsonb NOT NULL
TABLE forecast_baseline
  company_id uuid NOT NULL
  deal_id uuid NOT NULL
  month text NOT NULL
  weighted numeric(14,2) NOT NULL
TABLE forecast_snapshots
  company_id uuid NOT NULL
  taken_on date NOT NULL
  month text NOT NULL
  currency text NOT NULL
  opening numeric(16,2) NOT NULL
  new numeric(16,2) NOT NULL
  won numeric(16,2) NOT NULL
  lost numeric(16,2) NOT NULL
  pulled_in numeric(16,2) NOT NULL
  pushed_out numeric(16,2) NOT NULL
  value_changed numeric(16,2) NOT NULL
  closing numeric(16,2) NOT NULL
TABLE idempotency_keys
  company_id uuid NOT NULL
  user_id uuid NOT NULL
  key text NOT NULL
  fingerprint text NOT NULL
  status smallint NOT NULL
  headers jsonb NOT NULL
  body text NOT NULL
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE inbox
  company_id uuid NOT NULL
  consumer text NOT NULL
  event_id uuid NOT NULL
  received_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE pipeline_facts
  company_id uuid NOT NULL
  id uuid NOT NULL
  version integer NOT NULL
  name text NOT NULL
  is_default boolean NOT NULL
  stages jsonb NOT NULL
TABLE product_facts
  company_id uuid NOT NULL
  id uuid NOT NULL
  version integer NOT NULL
  name text
  category text
  reorder_level numeric(14,3)
  active boolean NOT NULL
  deleted boolean NOT NULL
TABLE projection_progress
  consumer text NOT NULL
  newest_event_at timestamp(3) with time zone NOT NULL
  applied_at timestamp(3) with time zone NOT NULL
  applied_events bigint NOT NULL
TABLE queue_settings
  company_id uuid NOT NULL
  queue text NOT NULL
  version integer NOT NULL
  name text NOT NULL
  threshold_seconds integer NOT NULL
  short_abandon_seconds integer NOT NULL
  include_abandoned boolean NOT NULL
  deleted boolean NOT NULL
TABLE queue_visit_facts PARTITION BY RANGE (started_at)
  company_id uuid NOT NULL
  started_at timestamp(3) with time zone NOT NULL
  call_id uuid NOT NULL
  visit integer NOT NULL
  queue text NOT NULL
  entered_at timestamp(3) with time zone NOT NULL
  outcome text NOT NULL
  agent_id uuid
  wait_seconds numeric(12,3) NOT NULL
  direction text NOT NULL
  call_queue text
  call_agent_id uuid
TABLE rebuilds
  company_id uuid NOT NULL
  id uuid NOT NULL
  status text NOT NULL
  dry_run boolean NOT NULL
  force boolean NOT NULL
  attempts integer NOT NULL DEFAULT 0
  events bigint
  rows bigint
  differences jsonb
  swapped boolean NOT NULL DEFAULT false
  error text
  created_at timestamp(3) with time zone NOT NULL DEFAULT clock_timestamp()
  started_at timestamp(3) with time zone
  finished_at timestamp(3) with time zone
TABLE relay_cursor
  name text NOT NULL
  tx_id xid8 NOT NULL
  seq bigint NOT NULL
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE rolled_months
  company_id uuid NOT NULL
  month date NOT NULL
  is_rolled boolean NOT NULL
  rolled_until date
TABLE rollup_zones
  company_id uuid NOT NULL
  time_zone text NOT NULL
  stale boolean NOT NULL
  kept_from timestamp(3) with time zone
TABLE schema_migrations
  name text NOT NULL
  sha256 text NOT NULL
  applied_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE seconds_day_histograms
  company_id uuid NOT NULL
  day date NOT NULL
  kind text NOT NULL
  queue text NOT NULL
  direction text NOT NULL
  place text NOT NULL
  bucket smallint NOT NULL
  calls bigint NOT NULL
TABLE seconds_month_histograms
  company_id uuid NOT NULL
  month date NOT NULL
  kind text NOT NULL
  queue text NOT NULL
  direction text NOT NULL
  place text NOT NULL
  bucket smallint NOT NULL
  calls bigint NOT NULL
TABLE stock_facts
  company_id uuid NOT NULL
  posting_id uuid NOT NULL
  product_id uuid NOT NULL
  location_id uuid NOT NULL
  kind text NOT NULL
  quantity numeric(14,3) NOT NULL
  value numeric(16,2) NOT NULL
  work_order_id uuid
  occurred_at timestamp(3) with time zone NOT NULL
TABLE stock_levels
  company_id uuid NOT NULL
  product_id uuid NOT NULL
  location_id uuid NOT NULL
  version integer NOT NULL
  on_hand numeric(14,3) NOT NULL
  reserved numeric(14,3) NOT NULL
  value numeric(16,2) NOT NULL
  currency text NOT NULL
TABLE timeline_entries
  company_id uuid NOT NULL
  customer_id uuid
  occurred_at timestamp(3) with time zone
  source text NOT NULL
  id uuid NOT NULL GENERATED (OVERLAY(OVERLAY(md5(((company_id)::text || source)) PLACING '8'::text FROM 13) PLACING '8'::text FROM 17))::uuid
  version integer NOT NULL
  kind text
  subject_id uuid
  details jsonb
  deleted boolean NOT NULL DEFAULT false
TABLE user_refs
  company_id uuid NOT NULL
  id uuid NOT NULL
  version integer NOT NULL
  name text NOT NULL
  active boolean NOT NULL
TABLE wait_day_rollups
  company_id uuid NOT NULL
  day date NOT NULL
  queue text NOT NULL
  direction text NOT NULL
  place text NOT NULL
  entered bigint NOT NULL
  answered bigint NOT NULL
  in_threshold bigint NOT NULL
  abandoned bigint NOT NULL
  short_abandoned bigint NOT NULL
  answered_wait_seconds numeric NOT NULL
TABLE work_order_facts
  company_id uuid NOT NULL
  id uuid NOT NULL
  version integer NOT NULL
  deleted boolean NOT NULL
  kind text
  status text
  customer_id uuid
  deal_id uuid
  assignee_ids uuid[] NOT NULL DEFAULT '{}'::uuid[]
  created_by_id uuid
  created_at timestamp(3) with time zone
  approved_at timestamp(3) with time zone

-- constraints
activity_facts: activity_facts_pkey PRIMARY KEY (company_id, activity_id)
agent_call_facts: agent_call_facts_pkey PRIMARY KEY (company_id, started_at, call_id, agent_id)
agent_day_rollups: agent_day_rollups_pkey PRIMARY KEY (company_id, day, agent_id, queue, direction)
agent_month_rollups: agent_month_rollups_pkey PRIMARY KEY (company_id, month, agent_id, queue, direction)
agent_snapshots: agent_snapshots_pkey PRIMARY KEY (company_id, window_days, agent_id)
agent_snapshots: agent_snapshots_window_days_check CHECK ((window_days = ANY (ARRAY[7, 30, 90])))
call_day_rollups: call_day_rollups_pkey PRIMARY KEY (company_id, day, queue, direction)
call_facts: call_facts_direction_check CHECK ((direction = ANY (ARRAY['INBOUND'::text, 'OUTBOUND'::text, 'INTERNAL'::text])))
call_facts: call_facts_pkey PRIMARY KEY (company_id, started_at, call_id)
call_hour_rollups: call_hour_rollups_pkey PRIMARY KEY (company_id, day, hour, queue, direction)
call_month_rollups: call_month_rollups_pkey PRIMARY KEY (company_id, month, hour, queue, direction)
call_versions: call_versions_pkey PRIMARY KEY (company_id, call_id)
company_settings: company_settings_pkey PRIMARY KEY (company_id)
customer_refs: customer_refs_pkey PRIMARY KEY (company_id, id)
dead_letter: dead_letter_pkey PRIMARY KEY (company_id, id)
deal_facts: deal_facts_pkey PRIMARY KEY (company_id, deal_id)
deal_facts: deal_facts_stage_kind_check CHECK ((stage_kind = ANY (ARRAY['OPEN'::text, 'WON'::text, 'LOST'::text])))
deal_facts: deal_facts_state CHECK ((deleted OR ((stage IS NOT NULL) AND (stage_kind IS NOT NULL) AND (created_at IS NOT NULL))))
deal_stage_entries: deal_stage_entries_pkey PRIMARY KEY (company_id, deal_id, entered_at, stage)
event_log: event_log_pkey PRIMARY KEY (company_id, occurred_at, event_id)
forecast_baseline: forecast_baseline_pkey PRIMARY KEY (company_id, deal_id)
forecast_snapshots: forecast_snapshots_adds_up CHECK ((closing = ((((((opening + new) + won) + lost) + pulled_in) + pushed_out) + value_changed)))
forecast_snapshots: forecast_snapshots_month_check CHECK ((month ~ '^(\d{4}-\d{2}|undated)$'::text))
forecast_snapshots: forecast_snapshots_pkey PRIMARY KEY (company_id, taken_on, month)
idempotency_keys: idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
idempotency_keys: idempotency_keys_pkey PRIMARY KEY (company_id, user_id, key)
inbox: inbox_pkey PRIMARY KEY (company_id, consumer, event_id)
pipeline_facts: pipeline_facts_pkey PRIMARY KEY (company_id, id)
product_facts: product_facts_pkey PRIMARY KEY (company_id, id)
projection_progress: projection_progress_pkey PRIMARY KEY (consumer)
queue_settings: queue_settings_pkey PRIMARY KEY (company_id, queue)
queue_visit_facts: queue_visit_facts_outcome_check CHECK ((outcome = ANY (ARRAY['answered'::text, 'abandoned'::text, 'left'::text])))
queue_visit_facts: queue_visit_facts_pkey PRIMARY KEY (company_id, started_at, call_id, visit)
rebuilds: rebuilds_pkey PRIMARY KEY (company_id, id)
rebuilds: rebuilds_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text])))
relay_cursor: relay_cursor_pkey PRIMARY KEY (name)
rolled_months: rolled_months_pkey PRIMARY KEY (company_id, month)
rollup_zones: rollup_zones_pkey PRIMARY KEY (company_id)
schema_migrations: schema_migrations_pkey PRIMARY KEY (name)
seconds_day_histograms: seconds_day_histograms_kind_check CHECK ((kind = ANY (ARRAY['wait'::text, 'talk'::text])))
seconds_day_histograms: seconds_day_histograms_pkey PRIMARY KEY (company_id, kind, day, queue, direction, place, bucket)
seconds_month_histograms: seconds_month_histograms_pkey PRIMARY KEY (company_id, month, kind, queue, direction, place, bucket)
stock_facts: stock_facts_kind_check CHECK ((kind = ANY (ARRAY['RECEIPT'::text, 'CONSUMPTION'::text, 'ADJUSTMENT'::text, 'TRANSFER'::text, 'RETURN'::text])))
stock_facts: stock_facts_pkey PRIMARY KEY (company_id, posting_id, product_id, location_id)
stock_levels: stock_levels_pkey PRIMARY KEY (company_id, product_id, location_id)
timeline_entries: timeline_entries_pkey PRIMARY KEY (company_id, source)
user_refs: user_refs_pkey PRIMARY KEY (company_id, id)
wait_day_rollups: wait_day_rollups_pkey PRIMARY KEY (company_id, day, queue, direction, place)
wait_day_rollups: wait_day_rollups_place_check CHECK ((place = ANY (ARRAY['final'::text, 'passed'::text, 'direct'::text])))
work_order_facts: work_order_facts_pkey PRIMARY KEY (company_id, id)

-- indexes
CREATE INDEX activity_facts_created ON analytics.activity_facts USING btree (company_id, created_at) WHERE (NOT deleted)
CREATE INDEX activity_facts_customer ON analytics.activity_facts USING btree (company_id, customer_id) WHERE ((customer_id IS NOT NULL) AND (NOT deleted))
CREATE INDEX activity_facts_done ON analytics.activity_facts USING btree (company_id, done_at) WHERE ((done_at IS NOT NULL) AND (NOT deleted))
CREATE INDEX activity_facts_open ON analytics.activity_facts USING btree (company_id, due_at) WHERE ((done_at IS NULL) AND (NOT deleted))
CREATE INDEX agent_call_facts_agent ON ONLY analytics.agent_call_facts USING btree (company_id, agent_id, started_at)
CREATE INDEX agent_snapshots_leaders ON analytics.agent_snapshots USING btree (company_id, window_days, revenue, agent_id)
CREATE INDEX call_facts_agent ON ONLY analytics.call_facts USING btree (company_id, agent_id, started_at)
CREATE INDEX call_facts_customer ON ONLY analytics.call_facts USING btree (company_id, customer_id, started_at) WHERE (customer_id IS NOT NULL)
CREATE INDEX customer_refs_merged_into ON analytics.customer_refs USING btree (company_id, merged_into_id) WHERE (merged_into_id IS NOT NULL)
CREATE INDEX deal_facts_closed ON analytics.deal_facts USING btree (company_id, closed_at) WHERE ((closed_at IS NOT NULL) AND (NOT deleted))
CREATE INDEX deal_facts_created ON analytics.deal_facts USING btree (company_id, created_at) WHERE (NOT deleted)
CREATE INDEX deal_facts_customer ON analytics.deal_facts USING btree (company_id, customer_id) WHERE (NOT deleted)
CREATE INDEX deal_facts_open ON analytics.deal_facts USING btree (company_id, owner_id) WHERE ((stage_kind = 'OPEN'::text) AND (NOT deleted))
CREATE INDEX event_log_relay_order ON ONLY analytics.event_log USING btree (tx_id, seq)
CREATE INDEX idempotency_keys_created_at ON analytics.idempotency_keys USING btree (created_at)
CREATE INDEX inbox_received_at ON analytics.inbox USING btree (received_at)
CREATE INDEX queue_visit_facts_queue ON ONLY analytics.queue_visit_facts USING btree (company_id, queue, started_at)
CREATE INDEX rebuilds_waiting ON analytics.rebuilds USING btree (created_at) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]))
CREATE INDEX rolled_months_unfinished ON analytics.rolled_months USING btree (month, company_id) WHERE ((NOT is_rolled) OR (rolled_until < ((month + '1 mon'::interval))::date))
CREATE INDEX rollup_zones_stale ON analytics.rollup_zones USING btree (company_id) WHERE stale
CREATE INDEX stock_facts_occurred ON analytics.stock_facts USING btree (company_id, occurred_at) INCLUDE (kind, product_id, quantity, value)
CREATE INDEX stock_facts_product ON analytics.stock_facts USING btree (company_id, product_id, occurred_at)
CREATE INDEX stock_facts_work_order ON analytics.stock_facts USING btree (company_id, work_order_id) WHERE (work_order_id IS NOT NULL)
CREATE INDEX timeline_entries_customer ON analytics.timeline_entries USING btree (company_id, customer_id, occurred_at, id)
CREATE INDEX work_order_facts_approved ON analytics.work_order_facts USING btree (company_id, approved_at) WHERE ((approved_at IS NOT NULL) AND (NOT deleted))
CREATE INDEX work_order_facts_customer ON analytics.work_order_facts USING btree (company_id, customer_id) WHERE (NOT deleted)
CREATE INDEX work_order_facts_deal ON analytics.work_order_facts USING btree (company_id, deal_id) WHERE ((deal_id IS NOT NULL) AND (NOT deleted))
CREATE INDEX work_order_facts_status ON analytics.work_order_facts USING btree (company_id, status) WHERE (NOT deleted)
CREATE UNIQUE INDEX dead_letter_open ON analytics.dead_letter USING btree (company_id, consumer, event_id) WHERE (resolved_at IS NULL)
CREATE UNIQUE INDEX rebuilds_active ON analytics.rebuilds USING btree (company_id) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]))

-- functions
cover_months(months date[]) RETURNS integer SECURITY DEFINER
iso(at timestamp with time zone) RETURNS text
maintain_partitions(parent text, months_ahead integer, retention_months integer) RETURNS integer SECURITY DEFINER

-- triggers


-- grants
activity_facts: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
agent_call_facts: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
agent_day_rollups: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
agent_month_rollups: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
agent_snapshots: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
call_day_rollups: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
call_facts: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
call_hour_rollups: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
call_month_rollups: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
call_versions: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
company_settings: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
customer_refs: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
dead_letter: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
deal_facts: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
deal_stage_entries: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
event_log: dealwire_analytics INSERT, SELECT
event_log_seq: dealwire_analytics USAGE
forecast_baseline: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
forecast_snapshots: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
idempotency_keys: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
inbox: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
pipeline_facts: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
product_facts: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
projection_progress: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
queue_settings: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
queue_visit_facts: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
rebuilds: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
relay_cursor: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
rolled_months: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
rollup_zones: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
schema_migrations: dealwire_analytics SELECT
seconds_day_histograms: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
seconds_month_histograms: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
stock_facts: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
stock_levels: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
timeline_entries: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
user_refs: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
wait_day_rollups: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
work_order_facts: dealwire_analytics DELETE, INSERT, SELECT, UPDATE
