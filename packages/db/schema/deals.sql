-- Generated from the migrations by `pnpm db:dump`. Do not edit.

-- tables
TABLE activities
  company_id uuid NOT NULL
  id uuid NOT NULL
  deal_id uuid NOT NULL
  kind text NOT NULL
  subject text NOT NULL
  body text
  due_at timestamp(3) with time zone
  done_at timestamp(3) with time zone
  starts_at timestamp(3) with time zone
  ends_at timestamp(3) with time zone
  assigned_to_id uuid
  call_id uuid
  overdue_told_at timestamp(3) with time zone
  created_by_id uuid
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE contacts
  company_id uuid NOT NULL
  id uuid NOT NULL
  name text NOT NULL
  email text
  phone text
  phone_raw text
  customer_id uuid
  position text
  duplicate_of_id uuid
  created_by_id uuid
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  deleted_at timestamp(3) with time zone
  search_text text NOT NULL GENERATED deals.fold((((((((' '::text || name) || ' '::text) || COALESCE(email, ''::text)) || ' '::text) || COALESCE(phone, ''::text)) || ' '::text) || COALESCE(regexp_replace(phone_raw, '\D'::text, ''::text, 'g'::text), ''::text)))
  custom_fields jsonb NOT NULL DEFAULT '{}'::jsonb
  merged_into_id uuid
TABLE currency_rates
  company_id uuid NOT NULL
  currency text NOT NULL
  valid_from date NOT NULL
  rate numeric(18,8) NOT NULL
  id uuid NOT NULL DEFAULT gen_random_uuid()
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE custom_fields
  company_id uuid NOT NULL
  id uuid NOT NULL
  entity text NOT NULL
  key text NOT NULL
  label text NOT NULL
  type text NOT NULL
  options text[] NOT NULL
  required boolean NOT NULL
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  deleted_at timestamp(3) with time zone
TABLE customers
  company_id uuid NOT NULL
  id uuid NOT NULL
  kind text NOT NULL
  name text NOT NULL
  email text
  phone text
  phone_raw text
  source text
  status text NOT NULL
  assigned_to_id uuid
  tags text[] NOT NULL DEFAULT '{}'::text[]
  duplicate_of_id uuid
  created_by_id uuid
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  deleted_at timestamp(3) with time zone
  search_text text NOT NULL GENERATED deals.fold((((((((' '::text || name) || ' '::text) || COALESCE(email, ''::text)) || ' '::text) || COALESCE(phone, ''::text)) || ' '::text) || COALESCE(regexp_replace(phone_raw, '\D'::text, ''::text, 'g'::text), ''::text)))
  custom_fields jsonb NOT NULL DEFAULT '{}'::jsonb
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
TABLE deal_history
  company_id uuid NOT NULL
  id uuid NOT NULL
  deal_id uuid NOT NULL
  field text NOT NULL
  from_value jsonb
  to_value jsonb
  changed_by_id uuid
  at timestamp(3) with time zone NOT NULL DEFAULT now()
  seconds_in_stage integer
TABLE deal_search
  company_id uuid NOT NULL
  deal_id uuid NOT NULL
  words tsvector NOT NULL
  body text NOT NULL
TABLE deals
  company_id uuid NOT NULL
  id uuid NOT NULL
  title text NOT NULL
  value numeric(14,2) NOT NULL
  currency text NOT NULL
  base_value numeric(18,2) NOT NULL
  base_currency text NOT NULL
  pipeline_id uuid NOT NULL
  stage text NOT NULL
  stage_kind text NOT NULL
  priority text NOT NULL
  lead_source text
  lead_score smallint NOT NULL
  probability smallint
  expected_close_date date
  expected_close_sort date NOT NULL GENERATED COALESCE(expected_close_date, 'infinity'::date)
  notes text
  contact_id uuid
  customer_id uuid
  assigned_to_id uuid
  tags text[] NOT NULL DEFAULT '{}'::text[]
  stage_entered_at timestamp(3) with time zone NOT NULL
  last_activity_at timestamp(3) with time zone
  closed_at timestamp(3) with time zone
  lost_reason text
  approval_status text NOT NULL DEFAULT 'NONE'::text
  created_by_id uuid
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  deleted_at timestamp(3) with time zone
  search_language text NOT NULL DEFAULT 'simple'::text
  rotting_told_at timestamp(3) with time zone
  custom_fields jsonb NOT NULL DEFAULT '{}'::jsonb
TABLE event_log PARTITION BY RANGE (occurred_at)
  company_id uuid NOT NULL
  occurred_at timestamp(3) with time zone NOT NULL DEFAULT now()
  event_id uuid NOT NULL
  seq bigint NOT NULL DEFAULT nextval('deals.event_log_seq'::regclass)
  tx_id xid8 NOT NULL DEFAULT pg_current_xact_id()
  type text NOT NULL
  entity_id text NOT NULL
  entity_version integer NOT NULL
  actor_id uuid
  correlation_id text NOT NULL
  causation_id text
  traceparent text
  data jsonb NOT NULL
TABLE exports
  company_id uuid NOT NULL
  id uuid NOT NULL
  status text NOT NULL DEFAULT 'queued'::text
  format text NOT NULL
  asked jsonb NOT NULL
  filters json NOT NULL
  rows integer NOT NULL DEFAULT 0
  total_rows integer
  bytes bigint
  error text
  created_by_id uuid
  request_id text NOT NULL
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  started_at timestamp(3) with time zone
  finished_at timestamp(3) with time zone
  expires_at timestamp(3) with time zone
TABLE idempotency_keys
  company_id uuid NOT NULL
  user_id uuid NOT NULL
  key text NOT NULL
  fingerprint text NOT NULL
  status smallint NOT NULL
  headers jsonb NOT NULL
  body text NOT NULL
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE import_errors
  company_id uuid NOT NULL
  import_id uuid NOT NULL
  row integer NOT NULL
  id uuid NOT NULL
  field text
  code text NOT NULL
  message text NOT NULL
TABLE import_items
  company_id uuid NOT NULL
  import_id uuid NOT NULL
  rank smallint NOT NULL
  entity_id uuid NOT NULL
  outcome text NOT NULL DEFAULT 'created'::text
TABLE imports
  company_id uuid NOT NULL
  id uuid NOT NULL
  status text NOT NULL DEFAULT 'queued'::text
  entity text NOT NULL
  dry_run boolean NOT NULL
  columns jsonb NOT NULL
  encoding text NOT NULL
  author jsonb NOT NULL
  bytes bigint NOT NULL
  bytes_read bigint NOT NULL DEFAULT 0
  settled_row integer NOT NULL DEFAULT 1
  created integer NOT NULL DEFAULT 0
  duplicates integer NOT NULL DEFAULT 0
  failed integer NOT NULL DEFAULT 0
  reverted integer NOT NULL DEFAULT 0
  kept integer NOT NULL DEFAULT 0
  error text
  created_by_id uuid
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  started_at timestamp(3) with time zone
  finished_at timestamp(3) with time zone
TABLE inbox
  company_id uuid NOT NULL
  consumer text NOT NULL
  event_id uuid NOT NULL
  received_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE lead_score_weights
  company_id uuid NOT NULL
  value_weight smallint NOT NULL
  stage_weight smallint NOT NULL
  priority_weight smallint NOT NULL
  source_weight smallint NOT NULL
  version integer NOT NULL DEFAULT 1
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE line_items
  company_id uuid NOT NULL
  id uuid NOT NULL
  deal_id uuid NOT NULL
  position integer NOT NULL
  name text NOT NULL
  product_id uuid
  quantity numeric(14,3) NOT NULL
  one_time_price numeric(14,2) NOT NULL
  monthly_price numeric(14,2) NOT NULL
  discount_percent numeric(5,2) NOT NULL
  one_time_total numeric(28,2) NOT NULL GENERATED round((((quantity * one_time_price) * ((100)::numeric - discount_percent)) / (100)::numeric), 2)
  monthly_total numeric(28,2) NOT NULL GENERATED round((((quantity * monthly_price) * ((100)::numeric - discount_percent)) / (100)::numeric), 2)
  created_by_id uuid
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE pipelines
  company_id uuid NOT NULL
  id uuid NOT NULL
  name text NOT NULL
  is_default boolean NOT NULL DEFAULT false
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  deleted_at timestamp(3) with time zone
TABLE product_refs
  company_id uuid NOT NULL
  id uuid NOT NULL
  name text NOT NULL
  active boolean NOT NULL
  version integer NOT NULL
TABLE relay_cursor
  name text NOT NULL
  tx_id xid8 NOT NULL
  seq bigint NOT NULL
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE sales_plans
  company_id uuid NOT NULL
  id uuid NOT NULL
  user_id uuid
  team_id uuid
  period text NOT NULL
  period_start date NOT NULL
  period_end date NOT NULL
  revenue numeric(14,2)
  revenue_currency text
  base_revenue numeric(18,2)
  base_currency text
  won_deals integer
  created_by_id uuid
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE schema_migrations
  name text NOT NULL
  sha256 text NOT NULL
  applied_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE stages
  company_id uuid NOT NULL
  pipeline_id uuid NOT NULL
  key text NOT NULL
  name text NOT NULL
  kind text NOT NULL
  probability smallint NOT NULL
  rotten_days integer NOT NULL DEFAULT 0
  position smallint NOT NULL
TABLE sweeps
  company_id uuid NOT NULL
  id uuid NOT NULL
  kind text NOT NULL
  argument jsonb NOT NULL
  after_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'::uuid
  not_before timestamp(3) with time zone NOT NULL DEFAULT now()
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE team_members
  company_id uuid NOT NULL
  user_id uuid NOT NULL
  team_id uuid
  version integer NOT NULL
TABLE teams
  company_id uuid NOT NULL
  id uuid NOT NULL
  name text NOT NULL
  active boolean NOT NULL
  version integer NOT NULL
TABLE user_refs
  company_id uuid NOT NULL
  id uuid NOT NULL
  name text NOT NULL
  active boolean NOT NULL
  version integer NOT NULL

-- constraints
activities: activities_company_id_deal_id_fkey FOREIGN KEY (company_id, deal_id) REFERENCES deals.deals(company_id, id)
activities: activities_kind_check CHECK ((kind = ANY (ARRAY['NOTE'::text, 'CALL'::text, 'MEETING'::text, 'TASK'::text, 'REMINDER'::text, 'APPOINTMENT'::text])))
activities: activities_pkey PRIMARY KEY (company_id, id)
contacts: contacts_company_id_customer_id_fkey FOREIGN KEY (company_id, customer_id) REFERENCES deals.customers(company_id, id)
contacts: contacts_company_id_duplicate_of_id_fkey FOREIGN KEY (company_id, duplicate_of_id) REFERENCES deals.contacts(company_id, id)
contacts: contacts_merged_are_deleted CHECK (((merged_into_id IS NULL) OR (deleted_at IS NOT NULL))) NOT VALID
contacts: contacts_merged_into FOREIGN KEY (company_id, merged_into_id) REFERENCES deals.contacts(company_id, id) NOT VALID
contacts: contacts_pkey PRIMARY KEY (company_id, id)
currency_rates: currency_rates_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
currency_rates: currency_rates_pkey PRIMARY KEY (company_id, currency, valid_from)
currency_rates: currency_rates_rate_check CHECK ((rate > (0)::numeric))
custom_fields: custom_fields_entity_check CHECK ((entity = ANY (ARRAY['deal'::text, 'customer'::text, 'contact'::text])))
custom_fields: custom_fields_pkey PRIMARY KEY (company_id, id)
custom_fields: custom_fields_type_check CHECK ((type = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'boolean'::text, 'select'::text, 'multiselect'::text, 'url'::text])))
customers: customers_company_id_duplicate_of_id_fkey FOREIGN KEY (company_id, duplicate_of_id) REFERENCES deals.customers(company_id, id)
customers: customers_kind_check CHECK ((kind = ANY (ARRAY['PERSON'::text, 'ORGANIZATION'::text])))
customers: customers_merged_are_deleted CHECK (((merged_into_id IS NULL) OR (deleted_at IS NOT NULL))) NOT VALID
customers: customers_merged_into FOREIGN KEY (company_id, merged_into_id) REFERENCES deals.customers(company_id, id) NOT VALID
customers: customers_pkey PRIMARY KEY (company_id, id)
customers: customers_status_check CHECK ((status = ANY (ARRAY['LEAD'::text, 'ACTIVE'::text, 'INACTIVE'::text, 'BLOCKED'::text])))
dead_letter: dead_letter_pkey PRIMARY KEY (company_id, id)
deal_history: deal_history_company_id_deal_id_fkey FOREIGN KEY (company_id, deal_id) REFERENCES deals.deals(company_id, id)
deal_history: deal_history_pkey PRIMARY KEY (company_id, id)
deal_search: deal_search_company_id_deal_id_fkey FOREIGN KEY (company_id, deal_id) REFERENCES deals.deals(company_id, id)
deal_search: deal_search_pkey PRIMARY KEY (company_id, deal_id)
deals: deals_approval_status_check CHECK ((approval_status = ANY (ARRAY['NONE'::text, 'SUBMITTED'::text, 'APPROVED'::text, 'CANCELLED'::text])))
deals: deals_closed_when_not_open CHECK (((closed_at IS NULL) = (stage_kind = 'OPEN'::text)))
deals: deals_company_id_contact_id_fkey FOREIGN KEY (company_id, contact_id) REFERENCES deals.contacts(company_id, id)
deals: deals_company_id_customer_id_fkey FOREIGN KEY (company_id, customer_id) REFERENCES deals.customers(company_id, id)
deals: deals_company_id_pipeline_id_stage_stage_kind_fkey FOREIGN KEY (company_id, pipeline_id, stage, stage_kind) REFERENCES deals.stages(company_id, pipeline_id, key, kind) ON UPDATE CASCADE
deals: deals_lead_source_check CHECK ((lead_source = ANY (ARRAY['WEB'::text, 'REFERRAL'::text, 'PHONE'::text, 'EMAIL'::text, 'EVENT'::text, 'ADS'::text, 'PARTNER'::text, 'OTHER'::text])))
deals: deals_pkey PRIMARY KEY (company_id, id)
deals: deals_priority_check CHECK ((priority = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text, 'URGENT'::text])))
deals: deals_probability_check CHECK (((probability >= 0) AND (probability <= 100)))
deals: deals_value_check CHECK ((value >= (0)::numeric))
event_log: event_log_pkey PRIMARY KEY (company_id, occurred_at, event_id)
exports: exports_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'ndjson'::text])))
exports: exports_pkey PRIMARY KEY (company_id, id)
exports: exports_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'expired'::text])))
idempotency_keys: idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
idempotency_keys: idempotency_keys_pkey PRIMARY KEY (company_id, user_id, key)
import_errors: import_errors_company_id_import_id_fkey FOREIGN KEY (company_id, import_id) REFERENCES deals.imports(company_id, id)
import_errors: import_errors_pkey PRIMARY KEY (company_id, import_id, "row", id)
import_items: import_items_company_id_import_id_fkey FOREIGN KEY (company_id, import_id) REFERENCES deals.imports(company_id, id)
import_items: import_items_outcome_check CHECK ((outcome = ANY (ARRAY['created'::text, 'reverted'::text, 'kept'::text])))
import_items: import_items_pkey PRIMARY KEY (company_id, import_id, rank, entity_id)
imports: imports_entity_check CHECK ((entity = ANY (ARRAY['deal'::text, 'contact'::text, 'customer'::text])))
imports: imports_pkey PRIMARY KEY (company_id, id)
imports: imports_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text, 'reverting'::text, 'reverted'::text])))
inbox: inbox_pkey PRIMARY KEY (company_id, consumer, event_id)
lead_score_weights: lead_score_weights_check CHECK (((((value_weight + stage_weight) + priority_weight) + source_weight) = 100))
lead_score_weights: lead_score_weights_pkey PRIMARY KEY (company_id)
lead_score_weights: lead_score_weights_priority_weight_check CHECK ((priority_weight >= 0))
lead_score_weights: lead_score_weights_source_weight_check CHECK ((source_weight >= 0))
lead_score_weights: lead_score_weights_stage_weight_check CHECK ((stage_weight >= 0))
lead_score_weights: lead_score_weights_value_weight_check CHECK ((value_weight >= 0))
line_items: line_items_company_id_deal_id_fkey FOREIGN KEY (company_id, deal_id) REFERENCES deals.deals(company_id, id)
line_items: line_items_discount_percent_check CHECK (((discount_percent >= (0)::numeric) AND (discount_percent <= (100)::numeric)))
line_items: line_items_monthly_price_check CHECK ((monthly_price >= (0)::numeric))
line_items: line_items_one_time_price_check CHECK ((one_time_price >= (0)::numeric))
line_items: line_items_pkey PRIMARY KEY (company_id, id)
line_items: line_items_quantity_check CHECK ((quantity > (0)::numeric))
pipelines: pipelines_pkey PRIMARY KEY (company_id, id)
product_refs: product_refs_pkey PRIMARY KEY (company_id, id)
relay_cursor: relay_cursor_pkey PRIMARY KEY (name)
sales_plans: sales_plans_check CHECK (((user_id IS NULL) OR (team_id IS NULL)))
sales_plans: sales_plans_check1 CHECK (((revenue IS NOT NULL) OR (won_deals IS NOT NULL)))
sales_plans: sales_plans_check2 CHECK ((num_nulls(revenue, revenue_currency, base_revenue, base_currency) = ANY (ARRAY[0, 4])))
sales_plans: sales_plans_pkey PRIMARY KEY (company_id, id)
sales_plans: sales_plans_revenue_check CHECK ((revenue >= (0)::numeric))
sales_plans: sales_plans_won_deals_check CHECK ((won_deals >= 0))
schema_migrations: schema_migrations_pkey PRIMARY KEY (name)
stages: stages_company_id_pipeline_id_fkey FOREIGN KEY (company_id, pipeline_id) REFERENCES deals.pipelines(company_id, id)
stages: stages_company_id_pipeline_id_key_kind_key UNIQUE (company_id, pipeline_id, key, kind)
stages: stages_kind_check CHECK ((kind = ANY (ARRAY['OPEN'::text, 'WON'::text, 'LOST'::text])))
stages: stages_pkey PRIMARY KEY (company_id, pipeline_id, key)
stages: stages_probability_check CHECK (((probability >= 0) AND (probability <= 100)))
stages: stages_rotten_days_check CHECK ((rotten_days >= 0))
sweeps: sweeps_pkey PRIMARY KEY (company_id, id)
team_members: team_members_pkey PRIMARY KEY (company_id, user_id)
teams: teams_pkey PRIMARY KEY (company_id, id)
user_refs: user_refs_pkey PRIMARY KEY (company_id, id)

-- indexes
CREATE INDEX activities_assigned_due ON deals.activities USING btree (company_id, assigned_to_id, COALESCE(due_at, 'infinity'::timestamp with time zone), id)
CREATE INDEX activities_created_at ON deals.activities USING btree (company_id, created_at, id)
CREATE INDEX activities_deal ON deals.activities USING btree (company_id, deal_id, created_at, id)
CREATE INDEX activities_due ON deals.activities USING btree (company_id, COALESCE(due_at, 'infinity'::timestamp with time zone), id)
CREATE INDEX activities_not_told ON deals.activities USING btree (due_at) WHERE ((done_at IS NULL) AND (overdue_told_at IS NULL))
CREATE INDEX contacts_created_at ON deals.contacts USING btree (company_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX contacts_custom_fields ON deals.contacts USING gin (company_id, custom_fields jsonb_path_ops) WHERE ((custom_fields <> '{}'::jsonb) AND (deleted_at IS NULL))
CREATE INDEX contacts_customer ON deals.contacts USING btree (company_id, customer_id, created_at, id)
CREATE INDEX contacts_duplicate_of ON deals.contacts USING btree (company_id, duplicate_of_id) WHERE (duplicate_of_id IS NOT NULL)
CREATE INDEX contacts_merged_into ON deals.contacts USING btree (company_id, merged_into_id) WHERE (merged_into_id IS NOT NULL)
CREATE INDEX contacts_name ON deals.contacts USING btree (company_id, lower((name COLLATE pg_c_utf8)), id) WHERE (deleted_at IS NULL)
CREATE INDEX contacts_search ON deals.contacts USING gin (company_id, search_text extensions.gin_trgm_ops)
CREATE INDEX contacts_updated_at ON deals.contacts USING btree (company_id, updated_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX custom_fields_created_at ON deals.custom_fields USING btree (company_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX customers_assigned_to ON deals.customers USING btree (company_id, assigned_to_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX customers_created_at ON deals.customers USING btree (company_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX customers_custom_fields ON deals.customers USING gin (company_id, custom_fields jsonb_path_ops) WHERE ((custom_fields <> '{}'::jsonb) AND (deleted_at IS NULL))
CREATE INDEX customers_duplicate_of ON deals.customers USING btree (company_id, duplicate_of_id) WHERE (duplicate_of_id IS NOT NULL)
CREATE INDEX customers_merged_into ON deals.customers USING btree (company_id, merged_into_id) WHERE (merged_into_id IS NOT NULL)
CREATE INDEX customers_name ON deals.customers USING btree (company_id, lower((name COLLATE pg_c_utf8)), id) WHERE (deleted_at IS NULL)
CREATE INDEX customers_search ON deals.customers USING gin (company_id, search_text extensions.gin_trgm_ops)
CREATE INDEX customers_tags ON deals.customers USING gin (company_id, tags)
CREATE INDEX customers_updated_at ON deals.customers USING btree (company_id, updated_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX deal_history_deal ON deals.deal_history USING btree (company_id, deal_id, at, id)
CREATE INDEX deal_search_body ON deals.deal_search USING gin (company_id, body extensions.gin_trgm_ops)
CREATE INDEX deal_search_words ON deals.deal_search USING gin (company_id, words)
CREATE INDEX deals_assigned_to ON deals.deals USING btree (company_id, assigned_to_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX deals_contact ON deals.deals USING btree (company_id, contact_id, created_at, id) WHERE (contact_id IS NOT NULL)
CREATE INDEX deals_created_at ON deals.deals USING btree (company_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX deals_custom_fields ON deals.deals USING gin (company_id, custom_fields jsonb_path_ops) WHERE ((custom_fields <> '{}'::jsonb) AND (deleted_at IS NULL))
CREATE INDEX deals_customer ON deals.deals USING btree (company_id, customer_id, created_at, id) WHERE (customer_id IS NOT NULL)
CREATE INDEX deals_expected_close_date ON deals.deals USING btree (company_id, expected_close_sort, id) WHERE (deleted_at IS NULL)
CREATE INDEX deals_lead_score ON deals.deals USING btree (company_id, lead_score, id) WHERE (deleted_at IS NULL)
CREATE INDEX deals_rotting ON deals.deals USING btree (company_id, pipeline_id, stage, GREATEST(stage_entered_at, last_activity_at)) WHERE ((stage_kind = 'OPEN'::text) AND (deleted_at IS NULL))
CREATE INDEX deals_stage ON deals.deals USING btree (company_id, pipeline_id, stage, created_at, id)
CREATE INDEX deals_stage_kind ON deals.deals USING btree (company_id, stage_kind, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX deals_stage_value ON deals.deals USING btree (company_id, stage, value, id) WHERE (deleted_at IS NULL)
CREATE INDEX deals_tags ON deals.deals USING gin (company_id, tags)
CREATE INDEX deals_title ON deals.deals USING btree (company_id, lower((title COLLATE pg_c_utf8)), id) WHERE (deleted_at IS NULL)
CREATE INDEX deals_updated_at ON deals.deals USING btree (company_id, updated_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX deals_value ON deals.deals USING btree (company_id, value, id) WHERE (deleted_at IS NULL)
CREATE INDEX deals_won ON deals.deals USING btree (company_id, closed_at, assigned_to_id) INCLUDE (base_value, base_currency) WHERE ((stage_kind = 'WON'::text) AND (deleted_at IS NULL))
CREATE INDEX event_log_relay_order ON ONLY deals.event_log USING btree (tx_id, seq)
CREATE INDEX exports_created_at ON deals.exports USING btree (company_id, created_at, id)
CREATE INDEX exports_created_by ON deals.exports USING btree (company_id, created_by_id, created_at, id)
CREATE INDEX exports_expires_at ON deals.exports USING btree (expires_at) WHERE (status = 'done'::text)
CREATE INDEX idempotency_keys_created_at ON deals.idempotency_keys USING btree (created_at)
CREATE INDEX imports_created_at ON deals.imports USING btree (company_id, created_at, id)
CREATE INDEX imports_created_by ON deals.imports USING btree (company_id, created_by_id, created_at, id)
CREATE INDEX imports_open ON deals.imports USING btree (company_id) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text, 'reverting'::text]))
CREATE INDEX inbox_received_at ON deals.inbox USING btree (received_at)
CREATE INDEX pipelines_created_at ON deals.pipelines USING btree (company_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX pipelines_name ON deals.pipelines USING btree (company_id, lower((name COLLATE pg_c_utf8)), id) WHERE (deleted_at IS NULL)
CREATE INDEX sales_plans_created_at ON deals.sales_plans USING btree (company_id, created_at, id)
CREATE INDEX sales_plans_period_start ON deals.sales_plans USING btree (company_id, period_start, id)
CREATE INDEX sales_plans_user ON deals.sales_plans USING btree (company_id, user_id, period_start, id)
CREATE INDEX sweeps_not_before ON deals.sweeps USING btree (not_before)
CREATE INDEX team_members_team ON deals.team_members USING btree (company_id, team_id, user_id) WHERE (team_id IS NOT NULL)
CREATE UNIQUE INDEX activities_call ON deals.activities USING btree (company_id, call_id, deal_id) WHERE (call_id IS NOT NULL)
CREATE UNIQUE INDEX contacts_email ON deals.contacts USING btree (company_id, email) WHERE ((deleted_at IS NULL) AND (duplicate_of_id IS NULL))
CREATE UNIQUE INDEX contacts_phone ON deals.contacts USING btree (company_id, phone) WHERE ((deleted_at IS NULL) AND (duplicate_of_id IS NULL))
CREATE UNIQUE INDEX custom_fields_key ON deals.custom_fields USING btree (company_id, entity, key)
CREATE UNIQUE INDEX customers_email ON deals.customers USING btree (company_id, email) WHERE ((deleted_at IS NULL) AND (duplicate_of_id IS NULL))
CREATE UNIQUE INDEX customers_phone ON deals.customers USING btree (company_id, phone) WHERE ((deleted_at IS NULL) AND (duplicate_of_id IS NULL))
CREATE UNIQUE INDEX dead_letter_open ON deals.dead_letter USING btree (company_id, consumer, event_id) WHERE (resolved_at IS NULL)
CREATE UNIQUE INDEX line_items_position ON deals.line_items USING btree (company_id, deal_id, "position")
CREATE UNIQUE INDEX pipelines_default ON deals.pipelines USING btree (company_id) WHERE (is_default AND (deleted_at IS NULL))
CREATE UNIQUE INDEX sales_plans_subject ON deals.sales_plans USING btree (company_id, period, user_id, team_id) NULLS NOT DISTINCT

-- functions
csv_text(value text) RETURNS text
fold(value text) RETURNS text
index_deal() RETURNS trigger
index_deals(of_company uuid, deal_ids uuid[]) RETURNS void
index_deals_of_contact() RETURNS trigger
index_deals_of_customer() RETURNS trigger
index_new_deals() RETURNS trigger
iso(at timestamp with time zone) RETURNS text
lead_score(value numeric, stage_probability integer, priority text, lead_source text) RETURNS integer
lead_score(value numeric, stage_probability integer, priority text, lead_source text, value_weight integer, stage_weight integer, priority_weight integer, source_weight integer) RETURNS integer
maintain_partitions(parent text, months_ahead integer, retention_months integer) RETURNS integer SECURITY DEFINER
word_pattern(word text) RETURNS text

-- triggers
CREATE TRIGGER contacts_index_renamed AFTER UPDATE OF name ON deals.contacts FOR EACH ROW WHEN ((old.name IS DISTINCT FROM new.name)) EXECUTE FUNCTION deals.index_deals_of_contact()
CREATE TRIGGER customers_index_renamed AFTER UPDATE OF name ON deals.customers FOR EACH ROW WHEN ((old.name IS DISTINCT FROM new.name)) EXECUTE FUNCTION deals.index_deals_of_customer()
CREATE TRIGGER deals_index_changed AFTER UPDATE OF title, notes, contact_id, customer_id, search_language ON deals.deals FOR EACH ROW WHEN ((((((old.title IS DISTINCT FROM new.title) OR (old.notes IS DISTINCT FROM new.notes)) OR (old.contact_id IS DISTINCT FROM new.contact_id)) OR (old.customer_id IS DISTINCT FROM new.customer_id)) OR (old.search_language IS DISTINCT FROM new.search_language))) EXECUTE FUNCTION deals.index_deal()
CREATE TRIGGER deals_index_new AFTER INSERT ON deals.deals REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION deals.index_new_deals()

-- grants
activities: dealwire_deals DELETE, INSERT, SELECT, UPDATE
contacts: dealwire_deals DELETE, INSERT, SELECT, UPDATE
currency_rates: dealwire_deals DELETE, INSERT, SELECT, UPDATE
custom_fields: dealwire_deals DELETE, INSERT, SELECT, UPDATE
customers: dealwire_deals DELETE, INSERT, SELECT, UPDATE
dead_letter: dealwire_deals DELETE, INSERT, SELECT, UPDATE
deal_history: dealwire_deals INSERT, SELECT
deal_search: dealwire_deals DELETE, INSERT, SELECT, UPDATE
deals: dealwire_deals DELETE, INSERT, SELECT, UPDATE
event_log: dealwire_deals INSERT, SELECT
event_log_seq: dealwire_deals USAGE
exports: dealwire_deals DELETE, INSERT, SELECT, UPDATE
idempotency_keys: dealwire_deals DELETE, INSERT, SELECT, UPDATE
import_errors: dealwire_deals DELETE, INSERT, SELECT, UPDATE
import_items: dealwire_deals DELETE, INSERT, SELECT, UPDATE
imports: dealwire_deals DELETE, INSERT, SELECT, UPDATE
inbox: dealwire_deals DELETE, INSERT, SELECT, UPDATE
lead_score_weights: dealwire_deals DELETE, INSERT, SELECT, UPDATE
line_items: dealwire_deals DELETE, INSERT, SELECT, UPDATE
pipelines: dealwire_deals DELETE, INSERT, SELECT, UPDATE
product_refs: dealwire_deals DELETE, INSERT, SELECT, UPDATE
relay_cursor: dealwire_deals DELETE, INSERT, SELECT, UPDATE
sales_plans: dealwire_deals DELETE, INSERT, SELECT, UPDATE
schema_migrations: dealwire_deals SELECT
stages: dealwire_deals DELETE, INSERT, SELECT, UPDATE
sweeps: dealwire_deals DELETE, INSERT, SELECT, UPDATE
team_members: dealwire_deals DELETE, INSERT, SELECT, UPDATE
teams: dealwire_deals DELETE, INSERT, SELECT, UPDATE
user_refs: dealwire_deals DELETE, INSERT, SELECT, UPDATE
