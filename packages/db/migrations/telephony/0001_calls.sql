CREATE TABLE connections (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  provider text NOT NULL,
  status text NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'SILENT', 'DISABLED')),
  -- The company's own, to which events without a connection belong.
  is_default boolean NOT NULL DEFAULT false,
  -- AES-256-GCM, bound to this row; the secret before it is accepted until its time is over.
  secret bytea NOT NULL,
  previous_secret bytea,
  previous_secret_until timestamptz(3),
  settings jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3),
  PRIMARY KEY (company_id, id)
);
-- One default at most: whoever makes it second finds the first.
CREATE UNIQUE INDEX connections_default ON connections (company_id) WHERE is_default AND deleted_at IS NULL;
CREATE INDEX connections_created_at ON connections (company_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX connections_name ON connections (company_id, lower(name COLLATE pg_c_utf8), id) WHERE deleted_at IS NULL;
-- A webhook names its connection only; the company follows from it.
CREATE INDEX connections_id ON connections (id) WHERE deleted_at IS NULL;

-- What is counted on every arrival, apart from the connection so that its version and row lock mean something.
CREATE TABLE connection_activity (
  company_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  last_event_at timestamptz(3) NOT NULL,
  events bigint NOT NULL,
  duplicates bigint NOT NULL,
  PRIMARY KEY (company_id, connection_id),
  FOREIGN KEY (company_id, connection_id) REFERENCES connections
);

-- Makes an event unique across the months of call_events, which a key of the partitioned table could not.
CREATE TABLE call_event_keys (
  company_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  event_key text NOT NULL,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, connection_id, event_key)
);
-- Arrival is append-only, so a block range index finds what is old at the cost of a few pages.
CREATE INDEX call_event_keys_received_at ON call_event_keys USING brin (received_at);

-- What every call is made from: never updated, kept by the month.
CREATE TABLE call_events (
  company_id uuid NOT NULL,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  connection_id uuid NOT NULL,
  event_key text NOT NULL,
  call_key text NOT NULL,
  event jsonb NOT NULL,
  PRIMARY KEY (company_id, received_at, connection_id, event_key)
) PARTITION BY RANGE (received_at);
CREATE INDEX call_events_call ON call_events (company_id, connection_id, call_key);
REVOKE UPDATE, DELETE, TRUNCATE ON call_events FROM {{role}};
SELECT maintain_partitions('call_events', 2, NULL);

-- A call as folded from its events. Its parts are only ever read and replaced as a whole, so they live in its row.
CREATE TABLE calls (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  connection_id uuid NOT NULL,
  external_id text NOT NULL,
  -- The call that this one turned out to be part of; the row stays as a signpost.
  merged_into_id uuid,
  direction text NOT NULL CHECK (direction IN ('INBOUND', 'OUTBOUND', 'INTERNAL')),
  status text NOT NULL CHECK (status IN
    ('RINGING', 'QUEUED', 'ACTIVE', 'HELD', 'COMPLETED', 'MISSED', 'ABANDONED', 'VOICEMAIL', 'FAILED', 'BUSY')),
  outcome text,
  from_party text,
  to_party text,
  from_e164 text,
  to_e164 text,
  -- The other end: the caller of an inbound call, the called of an outbound one.
  remote_party text,
  remote_e164 text,
  queue text,
  agent text,
  extension text,
  agent_id uuid,
  started_at timestamptz(3) NOT NULL,
  answered_at timestamptz(3),
  ended_at timestamptz(3),
  ring_seconds numeric(14, 3) NOT NULL,
  wait_seconds numeric(14, 3) NOT NULL,
  talk_seconds numeric(14, 3) NOT NULL,
  hold_seconds numeric(14, 3) NOT NULL,
  wrap_up_seconds numeric(14, 3) NOT NULL,
  duration_seconds numeric(14, 3),
  hangup_cause text,
  has_final_record boolean NOT NULL,
  flags text[] NOT NULL,
  legs jsonb NOT NULL,
  queue_visits jsonb NOT NULL,
  agent_segments jsonb NOT NULL,
  recordings jsonb NOT NULL,
  provider jsonb,
  events_count integer NOT NULL,
  last_event_at timestamptz(3) NOT NULL,
  -- Of everything that events tell about the call: equal means that there is nothing new to tell.
  digest text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, connection_id) REFERENCES connections,
  FOREIGN KEY (company_id, merged_into_id) REFERENCES calls
);
CREATE INDEX calls_started_at ON calls (company_id, started_at, id) WHERE merged_into_id IS NULL;
CREATE INDEX calls_created_at ON calls (company_id, created_at, id) WHERE merged_into_id IS NULL;
CREATE INDEX calls_live ON calls (company_id, started_at, id) WHERE ended_at IS NULL AND merged_into_id IS NULL;
CREATE INDEX calls_status ON calls (company_id, status, started_at, id) WHERE merged_into_id IS NULL;
CREATE INDEX calls_agent ON calls (company_id, agent_id, started_at, id) WHERE agent_id IS NOT NULL AND merged_into_id IS NULL;
CREATE INDEX calls_queue ON calls (company_id, queue, started_at, id) WHERE queue IS NOT NULL AND merged_into_id IS NULL;
CREATE INDEX calls_remote_e164 ON calls (company_id, remote_e164, started_at, id) WHERE remote_e164 IS NOT NULL AND merged_into_id IS NULL;
CREATE INDEX calls_remote_party ON calls (company_id, remote_party, started_at, id) WHERE remote_e164 IS NULL AND merged_into_id IS NULL;
CREATE INDEX calls_connection ON calls (company_id, connection_id, started_at, id);
CREATE INDEX calls_merged_into ON calls (company_id, merged_into_id) WHERE merged_into_id IS NOT NULL;

-- The identities that a PBX gives a call. More than one when calls turned out to be the same; and there may be no call yet,
-- when its events could not be folded.
CREATE TABLE call_keys (
  company_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  call_key text NOT NULL,
  call_id uuid NOT NULL,
  -- No event of this identity came earlier: spares the fold the partitions before it.
  first_received_at timestamptz(3) NOT NULL,
  PRIMARY KEY (company_id, connection_id, call_key)
);
CREATE INDEX call_keys_call ON call_keys (company_id, call_id);

-- What came with the right credentials and could not be used.
CREATE TABLE webhook_dead_letters (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  connection_id uuid NOT NULL,
  code text NOT NULL,
  message text NOT NULL,
  raw_query text NOT NULL,
  -- For `fold_failed`: the identity of the call whose stored events could not be folded.
  body bytea NOT NULL,
  body_sha256 bytea NOT NULL,
  seen_count integer NOT NULL DEFAULT 1,
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  resolved_at timestamptz(3),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, connection_id) REFERENCES connections
);
-- A provider that sends the same garbage for ever fills one row.
CREATE UNIQUE INDEX webhook_dead_letters_open ON webhook_dead_letters (company_id, connection_id, body_sha256) WHERE resolved_at IS NULL;
CREATE INDEX webhook_dead_letters_created_at ON webhook_dead_letters (company_id, created_at, id) WHERE resolved_at IS NULL;
CREATE INDEX webhook_dead_letters_resolved ON webhook_dead_letters (company_id, created_at, id) WHERE resolved_at IS NOT NULL;
CREATE INDEX webhook_dead_letters_fold_failed ON webhook_dead_letters (created_at) WHERE code = 'fold_failed' AND resolved_at IS NULL;

CREATE TABLE queues (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  sla_threshold_seconds integer NOT NULL,
  sla_goal_percent integer NOT NULL,
  include_abandoned boolean NOT NULL,
  short_abandon_seconds integer NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3),
  PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX queues_key ON queues (company_id, key) WHERE deleted_at IS NULL;
CREATE INDEX queues_name ON queues (company_id, lower(name COLLATE pg_c_utf8), id) WHERE deleted_at IS NULL;
CREATE INDEX queues_created_at ON queues (company_id, created_at, id) WHERE deleted_at IS NULL;

-- Which user an extension or a user of the PBX is.
CREATE TABLE agents (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  connection_id uuid,
  extension text,
  provider_user text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, connection_id) REFERENCES connections,
  CHECK (extension IS NOT NULL OR provider_user IS NOT NULL)
);
CREATE UNIQUE INDEX agents_extension ON agents (company_id, connection_id, extension) NULLS NOT DISTINCT
  WHERE extension IS NOT NULL AND deleted_at IS NULL;
CREATE UNIQUE INDEX agents_provider_user ON agents (company_id, connection_id, provider_user) NULLS NOT DISTINCT
  WHERE provider_user IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX agents_created_at ON agents (company_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX agents_connection ON agents (company_id, connection_id) WHERE connection_id IS NOT NULL;

-- Users as telephony needs them: a projection of identity's events.
CREATE TABLE user_refs (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (company_id, id)
);

-- Who has which number: a projection of the contacts and customers of deals.
CREATE TABLE contact_directory (
  company_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('contact', 'customer')),
  id uuid NOT NULL,
  name text NOT NULL,
  customer_id uuid,
  e164 text,
  is_duplicate boolean NOT NULL,
  version integer NOT NULL,
  deleted_at timestamptz(3),
  PRIMARY KEY (company_id, kind, id)
);
-- In the order in which one of several with the same number is chosen: contacts first, then originals, then the oldest.
CREATE INDEX contact_directory_e164 ON contact_directory (company_id, e164, kind, is_duplicate, id)
  INCLUDE (name, customer_id) WHERE e164 IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX contact_directory_customer ON contact_directory (company_id, customer_id) WHERE customer_id IS NOT NULL;
