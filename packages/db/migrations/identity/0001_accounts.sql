-- Companies, who may enter, and in what role.
CREATE TABLE companies (
  company_id uuid PRIMARY KEY,
  name text NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  time_zone text NOT NULL,
  default_region text NOT NULL CHECK (default_region ~ '^[A-Z]{2}$'),
  search_language text NOT NULL DEFAULT 'simple',
  settings jsonb NOT NULL DEFAULT '{}',
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

-- Built-in roles have a row, so that users can refer to them; what they may do is in the code and grows with it.
CREATE TABLE roles (
  company_id uuid NOT NULL REFERENCES companies,
  id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  built_in boolean NOT NULL DEFAULT false,
  scope text NOT NULL CHECK (scope IN ('own', 'all')),
  permissions text[] NOT NULL DEFAULT '{}',
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3),
  PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX roles_key ON roles (company_id, key) WHERE deleted_at IS NULL;
CREATE INDEX roles_created_at ON roles (company_id, created_at, id) WHERE deleted_at IS NULL;

-- What a person types and what is stored find each other: lower case, without accents.
-- IMMUTABLE because the dictionary is named: only ALTER TEXT SEARCH DICTIONARY could change the answer.
CREATE FUNCTION fold(value text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN lower(extensions.unaccent('extensions.unaccent'::regdictionary, value));

CREATE TABLE users (
  company_id uuid NOT NULL REFERENCES companies,
  id uuid NOT NULL,
  name text NOT NULL,
  -- Stored in lower case.
  email text NOT NULL CHECK (email = lower(email)),
  -- argon2id; null: nobody can sign in with a password.
  password_hash text,
  role_id uuid NOT NULL,
  team_id uuid,
  active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3),
  search_text text NOT NULL GENERATED ALWAYS AS (fold(name || ' ' || email)) STORED,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, role_id) REFERENCES roles
);
CREATE INDEX users_created_at ON users (company_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX users_name ON users (company_id, lower(name COLLATE pg_c_utf8), id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX users_email ON users (company_id, email) WHERE deleted_at IS NULL;
CREATE INDEX users_role ON users (company_id, role_id);
CREATE INDEX users_team ON users (company_id, team_id, created_at, id) WHERE team_id IS NOT NULL;
CREATE INDEX users_search ON users USING gin (company_id, search_text extensions.gin_trgm_ops) WHERE deleted_at IS NULL;

-- Who signs in as whom, for all companies: the one thing that is unique across tenants and looked up before the tenant is known.
-- Belongs to no company, so it can live on every node when the other tables are distributed.
CREATE TABLE sign_in_names (
  email text PRIMARY KEY CHECK (email = lower(email)),
  company_id uuid NOT NULL,
  user_id uuid NOT NULL
);
CREATE UNIQUE INDEX sign_in_names_user ON sign_in_names (company_id, user_id);

-- A sign-in and the chain of refresh tokens that follows from it. No token is stored: it is derived from the seed,
-- the generation and a secret of the configuration, so neither the table nor the secret alone is enough to make one.
CREATE TABLE sessions (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  seed bytea NOT NULL,
  generation integer NOT NULL DEFAULT 1,
  rotated_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  revoked_at timestamptz(3),
  revoked_reason text,
  user_agent text,
  address text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, user_id) REFERENCES users
);
CREATE INDEX sessions_user ON sessions (company_id, user_id) WHERE revoked_at IS NULL;
CREATE INDEX sessions_expires_at ON sessions (expires_at);

CREATE TABLE api_keys (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  prefix text NOT NULL,
  secret_hash bytea NOT NULL,
  permissions text[] NOT NULL,
  created_by_id uuid,
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, created_by_id) REFERENCES users
);
CREATE INDEX api_keys_created_at ON api_keys (company_id, created_at, id) WHERE revoked_at IS NULL;
CREATE INDEX api_keys_created_by ON api_keys (company_id, created_by_id);

-- Keys that access tokens are signed with. Two are live: the newest signs, the one before still verifies.
CREATE TABLE signing_keys (
  kid text PRIMARY KEY,
  public_jwk jsonb NOT NULL,
  -- AES-256-GCM under a key derived from the configuration.
  sealed_private_key bytea NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);

-- What changed lately, for gateways that keep verified tokens.
-- squawk-ignore require-concurrent-index-creation -- the log is still empty, and partitioned tables cannot do it concurrently
CREATE INDEX event_log_occurred_at ON event_log (occurred_at);
