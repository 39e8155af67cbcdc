-- Generated from the migrations by `pnpm db:dump`. Do not edit.

-- tables
TABLE agents
  company_id uuid NOT NULL
  id uuid NOT NULL
  user_id uuid NOT NULL
  connection_id uuid
  extension text
  provider_user text
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  deleted_at timestamp(3) with time zone
TABLE call_event_keys
  company_id uuid NOT NULL
  connection_id uuid NOT NULL
  event_key text NOT NULL
  received_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE call_events PARTITION BY RANGE (received_at)
  company_id uuid NOT NULL
  received_at timestamp(3) with time zone NOT NULL DEFAULT now()
  connection_id uuid NOT NULL
  event_key text NOT NULL
  call_key text NOT NULL
  event jsonb NOT NULL
TABLE call_keys
  company_id uuid NOT NULL
  connection_id uuid NOT NULL
  call_key text NOT NULL
  call_id uuid NOT NULL
  first_received_at timestamp(3) with time zone NOT NULL
TABLE callbacks
  company_id uuid NOT NULL
  id uuid NOT NULL
  phone text NOT NULL
  call_id uuid NOT NULL
  queue text
  status text NOT NULL DEFAULT 'OPEN'::text
  missed_count integer NOT NULL
  last_missed_at timestamp(3) with time zone NOT NULL
  due_at timestamp(3) with time zone NOT NULL
  assigned_to_id uuid
  note text
  settled_until timestamp(3) with time zone
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE calls
  company_id uuid NOT NULL
  id uuid NOT NULL
  connection_id uuid NOT NULL
  external_id text NOT NULL
  merged_into_id uuid
  direction text NOT NULL
  status text NOT NULL
  outcome text
  from_party text
  to_party text
  from_e164 text
  to_e164 text
  remote_party text
  remote_e164 text
  queue text
  agent text
  extension text
  agent_id uuid
  started_at timestamp(3) with time zone NOT NULL
  answered_at timestamp(3) with time zone
  ended_at timestamp(3) with time zone
  ring_seconds numeric(14,3) NOT NULL
  wait_seconds numeric(14,3) NOT NULL
  talk_seconds numeric(14,3) NOT NULL
  hold_seconds numeric(14,3) NOT NULL
  wrap_up_seconds numeric(14,3) NOT NULL
  duration_seconds numeric(14,3)
  hangup_cause text
  has_final_record boolean NOT NULL
  flags text[] NOT NULL
  legs jsonb NOT NULL
  queue_visits jsonb NOT NULL
  agent_segments jsonb NOT NULL
  recordings jsonb NOT NULL
  provider jsonb
  events_count integer NOT NULL
  last_event_at timestamp(3) with time zone NOT NULL
  digest text NOT NULL
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  finalized_at timestamp(3) with time zone
  ended_status text GENERATED 
CASE
    WHEN (ended_at IS NOT NULL) THEN status
    ELSE NULL::text
END
TABLE connection_activity
  company_id uuid NOT NULL
  connection_id uuid NOT NULL
  last_event_at timestamp(3) with time zone
  events bigint NOT NULL
  duplicates bigint NOT NULL
  lag_ms bigint
  refused bigint NOT NULL DEFAULT 0
  out_of_order bigint NOT NULL DEFAULT 0
TABLE connections
  company_id uuid NOT NULL
  id uuid NOT NULL
  name text NOT NULL
  provider text NOT NULL
  status text NOT NULL DEFAULT 'ACTIVE'::text
  is_default boolean NOT NULL DEFAULT false
  secret bytea NOT NULL
  previous_secret bytea
  previous_secret_until timestamp(3) with time zone
  settings jsonb NOT NULL
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  deleted_at timestamp(3) with time zone
TABLE contact_directory
  company_id uuid NOT NULL
  kind text NOT NULL
  id uuid NOT NULL
  name text NOT NULL
  customer_id uuid
  e164 text
  is_duplicate boolean NOT NULL
  version integer NOT NULL
  deleted_at timestamp(3) with time zone
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
TABLE event_log PARTITION BY RANGE (occurred_at)
  company_id uuid NOT NULL
  occurred_at timestamp(3) with time zone NOT NULL DEFAULT now()
  event_id uuid NOT NULL
  seq bigint NOT NULL DEFAULT nextval('telephony.event_log_seq'::regclass)
  tx_id xid8 NOT NULL DEFAULT pg_current_xact_id()
  type text NOT NULL
  entity_id text NOT NULL
  entity_version integer NOT NULL
  actor_id uuid
  correlation_id text NOT NULL
  causation_id text
  traceparent text
  data jsonb NOT NULL
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
TABLE open_business
  company_id uuid NOT NULL
  kind text NOT NULL
  id uuid NOT NULL
  contact_id uuid
  customer_id uuid
  deal_id uuid
  is_open boolean NOT NULL
  details jsonb NOT NULL
  version integer NOT NULL
TABLE quality_reviews
  company_id uuid NOT NULL
  id uuid NOT NULL
  call_id uuid NOT NULL
  reviewer_id uuid NOT NULL
  score integer NOT NULL
  criteria jsonb NOT NULL
  comment text
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  deleted_at timestamp(3) with time zone
TABLE queues
  company_id uuid NOT NULL
  id uuid NOT NULL
  key text NOT NULL
  name text NOT NULL
  sla_threshold_seconds integer NOT NULL
  sla_goal_percent integer NOT NULL
  include_abandoned boolean NOT NULL
  short_abandon_seconds integer NOT NULL
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  deleted_at timestamp(3) with time zone
  callback_due_minutes integer NOT NULL DEFAULT 60
TABLE raw_webhooks PARTITION BY RANGE (received_at)
  company_id uuid NOT NULL
  received_at timestamp(3) with time zone NOT NULL DEFAULT now()
  connection_id uuid NOT NULL
  id uuid NOT NULL
  raw_query text NOT NULL
  body bytea NOT NULL
  event_refs jsonb NOT NULL
TABLE recordings
  company_id uuid NOT NULL
  id uuid NOT NULL
  call_id uuid NOT NULL
  connection_id uuid NOT NULL
  event_key text NOT NULL
  url text NOT NULL
  status text NOT NULL DEFAULT 'PENDING'::text
  attempts integer NOT NULL DEFAULT 0
  next_attempt_at timestamp(3) with time zone NOT NULL DEFAULT now()
  content_type text
  bytes bigint
  error text
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  stored_at timestamp(3) with time zone
TABLE relay_cursor
  name text NOT NULL
  tx_id xid8 NOT NULL
  seq bigint NOT NULL
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE schema_migrations
  name text NOT NULL
  sha256 text NOT NULL
  applied_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE user_refs
  company_id uuid NOT NULL
  id uuid NOT NULL
  name text NOT NULL
  version integer NOT NULL
TABLE webhook_dead_letters
  company_id uuid NOT NULL
  id uuid NOT NULL
  connection_id uuid NOT NULL
  code text NOT NULL
  message text NOT NULL
  raw_query text NOT NULL
  body bytea NOT NULL
  body_sha256 bytea NOT NULL
  seen_count integer NOT NULL DEFAULT 1
  attempts integer NOT NULL DEFAULT 0
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  resolved_at timestamp(3) with time zone

-- constraints
agents: agents_check CHECK (((extension IS NOT NULL) OR (provider_user IS NOT NULL)))
agents: agents_company_id_connection_id_fkey FOREIGN KEY (company_id, connection_id) REFERENCES telephony.connections(company_id, id)
agents: agents_pkey PRIMARY KEY (company_id, id)
call_event_keys: call_event_keys_pkey PRIMARY KEY (company_id, connection_id, event_key)
call_events: call_events_pkey PRIMARY KEY (company_id, connection_id, call_key, event_key, received_at)
call_keys: call_keys_pkey PRIMARY KEY (company_id, connection_id, call_key)
callbacks: callbacks_company_id_call_id_fkey FOREIGN KEY (company_id, call_id) REFERENCES telephony.calls(company_id, id)
callbacks: callbacks_pkey PRIMARY KEY (company_id, id)
callbacks: callbacks_status_check CHECK ((status = ANY (ARRAY['OPEN'::text, 'ASSIGNED'::text, 'DONE'::text, 'AUTO_RESOLVED'::text])))
calls: calls_company_id_connection_id_fkey FOREIGN KEY (company_id, connection_id) REFERENCES telephony.connections(company_id, id)
calls: calls_company_id_merged_into_id_fkey FOREIGN KEY (company_id, merged_into_id) REFERENCES telephony.calls(company_id, id)
calls: calls_direction_check CHECK ((direction = ANY (ARRAY['INBOUND'::text, 'OUTBOUND'::text, 'INTERNAL'::text])))
calls: calls_live_status CHECK (((ended_at IS NULL) = (status = ANY (ARRAY['RINGING'::text, 'QUEUED'::text, 'ACTIVE'::text, 'HELD'::text]))))
calls: calls_pkey PRIMARY KEY (company_id, id)
calls: calls_status_check CHECK ((status = ANY (ARRAY['RINGING'::text, 'QUEUED'::text, 'ACTIVE'::text, 'HELD'::text, 'COMPLETED'::text, 'MISSED'::text, 'ABANDONED'::text, 'VOICEMAIL'::text, 'FAILED'::text, 'BUSY'::text])))
connection_activity: connection_activity_company_id_connection_id_fkey FOREIGN KEY (company_id, connection_id) REFERENCES telephony.connections(company_id, id)
connection_activity: connection_activity_pkey PRIMARY KEY (company_id, connection_id)
connections: connections_pkey PRIMARY KEY (company_id, id)
connections: connections_status_check CHECK ((status = ANY (ARRAY['ACTIVE'::text, 'SILENT'::text, 'DISABLED'::text])))
contact_directory: contact_directory_kind_check CHECK ((kind = ANY (ARRAY['contact'::text, 'customer'::text])))
contact_directory: contact_directory_pkey PRIMARY KEY (company_id, kind, id)
dead_letter: dead_letter_pkey PRIMARY KEY (company_id, id)
event_log: event_log_pkey PRIMARY KEY (company_id, occurred_at, event_id)
idempotency_keys: idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
idempotency_keys: idempotency_keys_pkey PRIMARY KEY (company_id, user_id, key)
inbox: inbox_pkey PRIMARY KEY (company_id, consumer, event_id)
open_business: open_business_kind_check CHECK ((kind = ANY (ARRAY['deal'::text, 'work_order'::text])))
open_business: open_business_pkey PRIMARY KEY (company_id, kind, id)
quality_reviews: quality_reviews_company_id_call_id_fkey FOREIGN KEY (company_id, call_id) REFERENCES telephony.calls(company_id, id)
quality_reviews: quality_reviews_pkey PRIMARY KEY (company_id, id)
quality_reviews: quality_reviews_score_check CHECK (((score >= 0) AND (score <= 100)))
queues: queues_callback_due_minutes_check CHECK (((callback_due_minutes >= 1) AND (callback_due_minutes <= 10080)))
queues: queues_pkey PRIMARY KEY (company_id, id)
raw_webhooks: raw_webhooks_pkey PRIMARY KEY (company_id, connection_id, received_at, id)
recordings: recordings_company_id_call_id_fkey FOREIGN KEY (company_id, call_id) REFERENCES telephony.calls(company_id, id)
recordings: recordings_company_id_connection_id_fkey FOREIGN KEY (company_id, connection_id) REFERENCES telephony.connections(company_id, id)
recordings: recordings_pkey PRIMARY KEY (company_id, id)
recordings: recordings_status_check CHECK ((status = ANY (ARRAY['PENDING'::text, 'STORED'::text, 'FAILED'::text, 'EXPIRED'::text])))
relay_cursor: relay_cursor_pkey PRIMARY KEY (name)
schema_migrations: schema_migrations_pkey PRIMARY KEY (name)
user_refs: user_refs_pkey PRIMARY KEY (company_id, id)
webhook_dead_letters: webhook_dead_letters_company_id_connection_id_fkey FOREIGN KEY (company_id, connection_id) REFERENCES telephony.connections(company_id, id)
webhook_dead_letters: webhook_dead_letters_pkey PRIMARY KEY (company_id, id)

-- indexes
CREATE INDEX agents_connection ON telephony.agents USING btree (company_id, connection_id) WHERE (connection_id IS NOT NULL)
CREATE INDEX agents_created_at ON telephony.agents USING btree (company_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX call_event_keys_received_at ON telephony.call_event_keys USING brin (received_at)
CREATE INDEX call_keys_call ON telephony.call_keys USING btree (company_id, call_id)
CREATE INDEX callbacks_call ON telephony.callbacks USING btree (company_id, call_id)
CREATE INDEX callbacks_created_at ON telephony.callbacks USING btree (company_id, created_at, id)
CREATE INDEX callbacks_due_at ON telephony.callbacks USING btree (company_id, due_at, id)
CREATE INDEX callbacks_phone ON telephony.callbacks USING btree (company_id, phone, settled_until)
CREATE INDEX callbacks_status ON telephony.callbacks USING btree (company_id, status, due_at, id)
CREATE INDEX calls_agent ON telephony.calls USING btree (company_id, agent_id, started_at, id) WHERE ((agent_id IS NOT NULL) AND (merged_into_id IS NULL))
CREATE INDEX calls_connection ON telephony.calls USING btree (company_id, connection_id, started_at, id)
CREATE INDEX calls_created_at ON telephony.calls USING btree (company_id, created_at, id) WHERE (merged_into_id IS NULL)
CREATE INDEX calls_ended_status ON telephony.calls USING btree (company_id, ended_status, started_at, id) WHERE ((ended_status IS NOT NULL) AND (merged_into_id IS NULL))
CREATE INDEX calls_live ON telephony.calls USING btree (company_id, started_at, id) WHERE ((ended_at IS NULL) AND (merged_into_id IS NULL))
CREATE INDEX calls_merged_into ON telephony.calls USING btree (company_id, merged_into_id) WHERE (merged_into_id IS NOT NULL)
CREATE INDEX calls_queue ON telephony.calls USING btree (company_id, queue, started_at, id) WHERE ((queue IS NOT NULL) AND (merged_into_id IS NULL))
CREATE INDEX calls_remote_e164 ON telephony.calls USING btree (company_id, remote_e164, started_at, id) WHERE ((remote_e164 IS NOT NULL) AND (merged_into_id IS NULL))
CREATE INDEX calls_remote_party ON telephony.calls USING btree (company_id, remote_party, started_at, id) WHERE ((remote_e164 IS NULL) AND (merged_into_id IS NULL))
CREATE INDEX calls_started_at ON telephony.calls USING btree (company_id, started_at, id) WHERE (merged_into_id IS NULL)
CREATE INDEX calls_unfinal ON telephony.calls USING btree (ended_at) WHERE ((ended_at IS NOT NULL) AND (finalized_at IS NULL) AND (merged_into_id IS NULL))
CREATE INDEX connections_created_at ON telephony.connections USING btree (company_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX connections_id ON telephony.connections USING btree (id) WHERE (deleted_at IS NULL)
CREATE INDEX connections_name ON telephony.connections USING btree (company_id, lower((name COLLATE pg_c_utf8)), id) WHERE (deleted_at IS NULL)
CREATE INDEX contact_directory_customer ON telephony.contact_directory USING btree (company_id, customer_id) WHERE (customer_id IS NOT NULL)
CREATE INDEX contact_directory_e164 ON telephony.contact_directory USING btree (company_id, e164, kind, is_duplicate, id) INCLUDE (name, customer_id) WHERE ((e164 IS NOT NULL) AND (deleted_at IS NULL))
CREATE INDEX contact_directory_reversed ON telephony.contact_directory USING btree (company_id, reverse(e164) text_pattern_ops) WHERE ((e164 IS NOT NULL) AND (deleted_at IS NULL))
CREATE INDEX event_log_relay_order ON ONLY telephony.event_log USING btree (tx_id, seq)
CREATE INDEX idempotency_keys_created_at ON telephony.idempotency_keys USING btree (created_at)
CREATE INDEX inbox_received_at ON telephony.inbox USING btree (received_at)
CREATE INDEX open_business_contact ON telephony.open_business USING btree (company_id, contact_id, kind, id) WHERE (is_open AND (contact_id IS NOT NULL))
CREATE INDEX open_business_customer ON telephony.open_business USING btree (company_id, customer_id, kind, id) WHERE (is_open AND (customer_id IS NOT NULL))
CREATE INDEX quality_reviews_created_at ON telephony.quality_reviews USING btree (company_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX queues_created_at ON telephony.queues USING btree (company_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX queues_name ON telephony.queues USING btree (company_id, lower((name COLLATE pg_c_utf8)), id) WHERE (deleted_at IS NULL)
CREATE INDEX recordings_call ON telephony.recordings USING btree (company_id, call_id, created_at, id)
CREATE INDEX recordings_due ON telephony.recordings USING btree (next_attempt_at) WHERE (status = 'PENDING'::text)
CREATE INDEX recordings_stored_at ON telephony.recordings USING btree (stored_at) WHERE (status = 'STORED'::text)
CREATE INDEX webhook_dead_letters_created_at ON telephony.webhook_dead_letters USING btree (company_id, created_at, id) WHERE (resolved_at IS NULL)
CREATE INDEX webhook_dead_letters_fold_failed ON telephony.webhook_dead_letters USING btree (created_at) WHERE ((code = 'fold_failed'::text) AND (resolved_at IS NULL))
CREATE INDEX webhook_dead_letters_resolved ON telephony.webhook_dead_letters USING btree (company_id, created_at, id) WHERE (resolved_at IS NOT NULL)
CREATE UNIQUE INDEX agents_extension ON telephony.agents USING btree (company_id, connection_id, extension) NULLS NOT DISTINCT WHERE ((extension IS NOT NULL) AND (deleted_at IS NULL))
CREATE UNIQUE INDEX agents_provider_user ON telephony.agents USING btree (company_id, connection_id, provider_user) NULLS NOT DISTINCT WHERE ((provider_user IS NOT NULL) AND (deleted_at IS NULL))
CREATE UNIQUE INDEX callbacks_open ON telephony.callbacks USING btree (company_id, phone) WHERE (status = ANY (ARRAY['OPEN'::text, 'ASSIGNED'::text]))
CREATE UNIQUE INDEX connections_default ON telephony.connections USING btree (company_id) WHERE (is_default AND (deleted_at IS NULL))
CREATE UNIQUE INDEX dead_letter_open ON telephony.dead_letter USING btree (company_id, consumer, event_id) WHERE (resolved_at IS NULL)
CREATE UNIQUE INDEX quality_reviews_call ON telephony.quality_reviews USING btree (company_id, call_id, reviewer_id) WHERE (deleted_at IS NULL)
CREATE UNIQUE INDEX queues_key ON telephony.queues USING btree (company_id, key) WHERE (deleted_at IS NULL)
CREATE UNIQUE INDEX recordings_event ON telephony.recordings USING btree (company_id, connection_id, event_key)
CREATE UNIQUE INDEX webhook_dead_letters_open ON telephony.webhook_dead_letters USING btree (company_id, connection_id, body_sha256) WHERE (resolved_at IS NULL)

-- functions
iso(at timestamp with time zone) RETURNS text
maintain_partitions(parent text, months_ahead integer, retention_months integer) RETURNS integer SECURITY DEFINER

-- triggers


-- grants
agents: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
call_event_keys: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
call_events: dealwire_telephony INSERT, SELECT
call_keys: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
callbacks: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
calls: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
connection_activity: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
connections: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
contact_directory: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
dead_letter: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
event_log: dealwire_telephony INSERT, SELECT
event_log_seq: dealwire_telephony USAGE
idempotency_keys: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
inbox: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
open_business: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
quality_reviews: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
queues: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
raw_webhooks: dealwire_telephony INSERT, SELECT, UPDATE
recordings: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
relay_cursor: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
schema_migrations: dealwire_telephony SELECT
user_refs: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
webhook_dead_letters: dealwire_telephony DELETE, INSERT, SELECT, UPDATE
