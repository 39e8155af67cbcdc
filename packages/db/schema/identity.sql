-- Generated from the migrations by `pnpm db:dump`. Do not edit.

-- tables
TABLE api_key_prefixes
  prefix text NOT NULL
  company_id uuid NOT NULL
  api_key_id uuid NOT NULL
TABLE api_keys
  company_id uuid NOT NULL
  id uuid NOT NULL
  name text NOT NULL
  prefix text NOT NULL
  secret_hash bytea NOT NULL
  permissions text[] NOT NULL
  created_by_id uuid
  expires_at timestamp(3) with time zone
  last_used_at timestamp(3) with time zone
  revoked_at timestamp(3) with time zone
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE audit_entries PARTITION BY RANGE (occurred_at)
  company_id uuid NOT NULL
  occurred_at timestamp(3) with time zone NOT NULL
  id uuid NOT NULL
  service text NOT NULL
  entity text NOT NULL
  entity_id text NOT NULL
  action text NOT NULL
  actor_id uuid
  request_id text NOT NULL
  before jsonb
  after jsonb
TABLE companies
  company_id uuid NOT NULL
  name text NOT NULL
  currency text NOT NULL
  time_zone text NOT NULL
  default_region text NOT NULL
  search_language text NOT NULL DEFAULT 'simple'::text
  settings jsonb NOT NULL DEFAULT '{}'::jsonb
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
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
TABLE departments
  company_id uuid NOT NULL
  id uuid NOT NULL
  name text NOT NULL
  parent_id uuid
  head_id uuid
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE event_log PARTITION BY RANGE (occurred_at)
  company_id uuid NOT NULL
  occurred_at timestamp(3) with time zone NOT NULL DEFAULT now()
  event_id uuid NOT NULL
  seq bigint NOT NULL DEFAULT nextval('identity.event_log_seq'::regclass)
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
TABLE positions
  company_id uuid NOT NULL
  id uuid NOT NULL
  name text NOT NULL
  department_id uuid
  role_id uuid NOT NULL
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE relay_cursor
  name text NOT NULL
  tx_id xid8 NOT NULL
  seq bigint NOT NULL
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE roles
  company_id uuid NOT NULL
  id uuid NOT NULL
  key text NOT NULL
  name text NOT NULL
  built_in boolean NOT NULL DEFAULT false
  scope text NOT NULL
  permissions text[] NOT NULL DEFAULT '{}'::text[]
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  deleted_at timestamp(3) with time zone
TABLE schema_migrations
  name text NOT NULL
  sha256 text NOT NULL
  applied_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE sessions
  company_id uuid NOT NULL
  id uuid NOT NULL
  user_id uuid NOT NULL
  seed bytea NOT NULL
  generation integer NOT NULL DEFAULT 1
  rotated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  expires_at timestamp(3) with time zone NOT NULL
  revoked_at timestamp(3) with time zone
  revoked_reason text
  user_agent text
  address text
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
TABLE sign_in_names
  email text NOT NULL
  company_id uuid NOT NULL
  user_id uuid NOT NULL
TABLE signing_keys
  kid text NOT NULL
  public_jwk jsonb NOT NULL
  sealed_private_key bytea NOT NULL
  created_at timestamp(3) with time zone NOT NULL DEFAULT clock_timestamp()
TABLE users
  company_id uuid NOT NULL
  id uuid NOT NULL
  name text NOT NULL
  email text NOT NULL
  password_hash text
  role_id uuid NOT NULL
  team_id uuid
  active boolean NOT NULL DEFAULT true
  version integer NOT NULL DEFAULT 1
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
  deleted_at timestamp(3) with time zone
  search_text text NOT NULL GENERATED identity.fold(((name || ' '::text) || email))
  department_id uuid
  position_id uuid

-- constraints
api_key_prefixes: api_key_prefixes_pkey PRIMARY KEY (prefix)
api_keys: api_keys_company_id_created_by_id_fkey FOREIGN KEY (company_id, created_by_id) REFERENCES identity.users(company_id, id)
api_keys: api_keys_pkey PRIMARY KEY (company_id, id)
audit_entries: audit_entries_pkey PRIMARY KEY (company_id, occurred_at, id)
companies: companies_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
companies: companies_default_region_check CHECK ((default_region ~ '^[A-Z]{2}$'::text))
companies: companies_pkey PRIMARY KEY (company_id)
dead_letter: dead_letter_pkey PRIMARY KEY (company_id, id)
departments: departments_company_id_fkey FOREIGN KEY (company_id) REFERENCES identity.companies(company_id)
departments: departments_company_id_head_id_fkey FOREIGN KEY (company_id, head_id) REFERENCES identity.users(company_id, id)
departments: departments_company_id_parent_id_fkey FOREIGN KEY (company_id, parent_id) REFERENCES identity.departments(company_id, id)
departments: departments_pkey PRIMARY KEY (company_id, id)
event_log: event_log_pkey PRIMARY KEY (company_id, occurred_at, event_id)
idempotency_keys: idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
idempotency_keys: idempotency_keys_pkey PRIMARY KEY (company_id, user_id, key)
inbox: inbox_pkey PRIMARY KEY (company_id, consumer, event_id)
positions: positions_company_id_department_id_fkey FOREIGN KEY (company_id, department_id) REFERENCES identity.departments(company_id, id)
positions: positions_company_id_fkey FOREIGN KEY (company_id) REFERENCES identity.companies(company_id)
positions: positions_company_id_role_id_fkey FOREIGN KEY (company_id, role_id) REFERENCES identity.roles(company_id, id)
positions: positions_pkey PRIMARY KEY (company_id, id)
relay_cursor: relay_cursor_pkey PRIMARY KEY (name)
roles: roles_company_id_fkey FOREIGN KEY (company_id) REFERENCES identity.companies(company_id)
roles: roles_pkey PRIMARY KEY (company_id, id)
roles: roles_scope_check CHECK ((scope = ANY (ARRAY['own'::text, 'all'::text])))
schema_migrations: schema_migrations_pkey PRIMARY KEY (name)
sessions: sessions_company_id_user_id_fkey FOREIGN KEY (company_id, user_id) REFERENCES identity.users(company_id, id)
sessions: sessions_pkey PRIMARY KEY (company_id, id)
sign_in_names: sign_in_names_email_check CHECK ((email = lower(email)))
sign_in_names: sign_in_names_pkey PRIMARY KEY (email)
signing_keys: signing_keys_pkey PRIMARY KEY (kid)
users: users_company_id_fkey FOREIGN KEY (company_id) REFERENCES identity.companies(company_id)
users: users_company_id_role_id_fkey FOREIGN KEY (company_id, role_id) REFERENCES identity.roles(company_id, id)
users: users_department FOREIGN KEY (company_id, department_id) REFERENCES identity.departments(company_id, id) NOT VALID
users: users_email_check CHECK ((email = lower(email)))
users: users_pkey PRIMARY KEY (company_id, id)
users: users_position FOREIGN KEY (company_id, position_id) REFERENCES identity.positions(company_id, id) NOT VALID
users: users_team_department FOREIGN KEY (company_id, team_id) REFERENCES identity.departments(company_id, id) NOT VALID

-- indexes
CREATE INDEX api_keys_created_at ON identity.api_keys USING btree (company_id, created_at, id) WHERE (revoked_at IS NULL)
CREATE INDEX api_keys_created_by ON identity.api_keys USING btree (company_id, created_by_id)
CREATE INDEX api_keys_name ON identity.api_keys USING btree (company_id, lower((name COLLATE pg_c_utf8)), id) WHERE (revoked_at IS NULL)
CREATE INDEX audit_entries_actor ON ONLY identity.audit_entries USING btree (company_id, actor_id, occurred_at, id)
CREATE INDEX audit_entries_entity ON ONLY identity.audit_entries USING btree (company_id, entity, occurred_at, id)
CREATE INDEX audit_entries_entity_id ON ONLY identity.audit_entries USING btree (company_id, entity_id, occurred_at, id)
CREATE INDEX departments_created_at ON identity.departments USING btree (company_id, created_at, id)
CREATE INDEX departments_head ON identity.departments USING btree (company_id, head_id)
CREATE INDEX departments_name ON identity.departments USING btree (company_id, lower((name COLLATE pg_c_utf8)), id)
CREATE INDEX departments_parent ON identity.departments USING btree (company_id, parent_id, created_at, id)
CREATE INDEX event_log_occurred_at ON ONLY identity.event_log USING btree (occurred_at)
CREATE INDEX event_log_relay_order ON ONLY identity.event_log USING btree (tx_id, seq)
CREATE INDEX idempotency_keys_created_at ON identity.idempotency_keys USING btree (created_at)
CREATE INDEX inbox_received_at ON identity.inbox USING btree (received_at)
CREATE INDEX positions_created_at ON identity.positions USING btree (company_id, created_at, id)
CREATE INDEX positions_department ON identity.positions USING btree (company_id, department_id, created_at, id)
CREATE INDEX positions_name ON identity.positions USING btree (company_id, lower((name COLLATE pg_c_utf8)), id)
CREATE INDEX positions_role ON identity.positions USING btree (company_id, role_id)
CREATE INDEX roles_created_at ON identity.roles USING btree (company_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX roles_name ON identity.roles USING btree (company_id, lower((name COLLATE pg_c_utf8)), id) WHERE (deleted_at IS NULL)
CREATE INDEX sessions_expires_at ON identity.sessions USING btree (expires_at)
CREATE INDEX sessions_sign_ins ON identity.sessions USING btree (company_id, user_id, id DESC) WHERE ((revoked_at IS NULL) OR (revoked_reason = 'logout'::text))
CREATE INDEX sessions_user ON identity.sessions USING btree (company_id, user_id) WHERE (revoked_at IS NULL)
CREATE INDEX users_created_at ON identity.users USING btree (company_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX users_department ON identity.users USING btree (company_id, department_id, created_at, id)
CREATE INDEX users_name ON identity.users USING btree (company_id, lower((name COLLATE pg_c_utf8)), id) WHERE (deleted_at IS NULL)
CREATE INDEX users_position ON identity.users USING btree (company_id, position_id, created_at, id)
CREATE INDEX users_role ON identity.users USING btree (company_id, role_id)
CREATE INDEX users_search ON identity.users USING gin (company_id, search_text extensions.gin_trgm_ops) WHERE (deleted_at IS NULL)
CREATE INDEX users_team ON identity.users USING btree (company_id, team_id, created_at, id) WHERE (team_id IS NOT NULL)
CREATE UNIQUE INDEX dead_letter_open ON identity.dead_letter USING btree (company_id, consumer, event_id) WHERE (resolved_at IS NULL)
CREATE UNIQUE INDEX roles_folded_key ON identity.roles USING btree (company_id, lower(key)) WHERE (deleted_at IS NULL)
CREATE UNIQUE INDEX roles_key ON identity.roles USING btree (company_id, key) WHERE (deleted_at IS NULL)
CREATE UNIQUE INDEX sign_in_names_user ON identity.sign_in_names USING btree (company_id, user_id)
CREATE UNIQUE INDEX users_email ON identity.users USING btree (company_id, email) WHERE (deleted_at IS NULL)

-- functions
fold(value text) RETURNS text
iso(at timestamp with time zone) RETURNS text
maintain_partitions(parent text, months_ahead integer, retention_months integer) RETURNS integer SECURITY DEFINER

-- triggers


-- grants
api_key_prefixes: dealwire_gateway DELETE, INSERT, SELECT, UPDATE
api_keys: dealwire_gateway DELETE, INSERT, SELECT, UPDATE
audit_entries: dealwire_gateway DELETE, INSERT, SELECT
companies: dealwire_gateway DELETE, INSERT, SELECT, UPDATE
dead_letter: dealwire_gateway DELETE, INSERT, SELECT, UPDATE
departments: dealwire_gateway DELETE, INSERT, SELECT, UPDATE
event_log: dealwire_gateway INSERT, SELECT
event_log_seq: dealwire_gateway USAGE
idempotency_keys: dealwire_gateway DELETE, INSERT, SELECT, UPDATE
inbox: dealwire_gateway DELETE, INSERT, SELECT, UPDATE
positions: dealwire_gateway DELETE, INSERT, SELECT, UPDATE
relay_cursor: dealwire_gateway DELETE, INSERT, SELECT, UPDATE
roles: dealwire_gateway DELETE, INSERT, SELECT, UPDATE
schema_migrations: dealwire_gateway SELECT
sessions: dealwire_gateway DELETE, INSERT, SELECT, UPDATE
sign_in_names: dealwire_gateway DELETE, INSERT, SELECT, UPDATE
signing_keys: dealwire_gateway DELETE, INSERT, SELECT, UPDATE
users: dealwire_gateway DELETE, INSERT, SELECT, UPDATE
