-- Generated from the migrations by `pnpm db:dump`. Do not edit.

-- tables
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
  seq bigint NOT NULL DEFAULT nextval('inventory.event_log_seq'::regclass)
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
TABLE relay_cursor
  name text NOT NULL
  tx_id xid8 NOT NULL
  seq bigint NOT NULL
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE schema_migrations
  name text NOT NULL
  sha256 text NOT NULL
  applied_at timestamp(3) with time zone NOT NULL DEFAULT now()

-- constraints
dead_letter: dead_letter_pkey PRIMARY KEY (company_id, id)
event_log: event_log_pkey PRIMARY KEY (company_id, occurred_at, event_id)
idempotency_keys: idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
idempotency_keys: idempotency_keys_pkey PRIMARY KEY (company_id, user_id, key)
inbox: inbox_pkey PRIMARY KEY (company_id, consumer, event_id)
relay_cursor: relay_cursor_pkey PRIMARY KEY (name)
schema_migrations: schema_migrations_pkey PRIMARY KEY (name)

-- indexes
CREATE INDEX event_log_entity ON ONLY inventory.event_log USING btree (company_id, entity_id, seq)
CREATE INDEX event_log_relay_order ON ONLY inventory.event_log USING btree (tx_id, seq)
CREATE INDEX idempotency_keys_created_at ON inventory.idempotency_keys USING btree (created_at)
CREATE INDEX inbox_received_at ON inventory.inbox USING btree (received_at)
CREATE UNIQUE INDEX dead_letter_open ON inventory.dead_letter USING btree (company_id, consumer, event_id) WHERE (resolved_at IS NULL)

-- functions
iso(at timestamp with time zone) RETURNS text
maintain_partitions(parent text, months_ahead integer, retention_months integer) RETURNS integer SECURITY DEFINER

-- triggers


-- grants
dead_letter: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
event_log: dealwire_inventory INSERT, SELECT
event_log_seq: dealwire_inventory USAGE
idempotency_keys: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
inbox: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
relay_cursor: dealwire_inventory DELETE, INSERT, SELECT, UPDATE
schema_migrations: dealwire_inventory SELECT
