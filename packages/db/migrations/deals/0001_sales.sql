-- Users as deals needs them: a projection of identity's events.
CREATE TABLE user_refs (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  active boolean NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (company_id, id)
);

-- What a person types and what is stored find each other: lower case, without accents.
-- IMMUTABLE because the dictionary is named: only ALTER TEXT SEARCH DICTIONARY could change the answer.
CREATE FUNCTION fold(value text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN lower(extensions.unaccent('extensions.unaccent'::regdictionary, value));

CREATE TABLE customers (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('PERSON', 'ORGANIZATION')),
  name text NOT NULL,
  email text,
  phone text,
  phone_raw text,
  source text,
  status text NOT NULL CHECK (status IN ('LEAD', 'ACTIVE', 'INACTIVE', 'BLOCKED')),
  assigned_to_id uuid,
  tags text[] NOT NULL DEFAULT '{}',
  duplicate_of_id uuid,
  created_by_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3),
  -- Words of name, e-mail and phone, each after a space: '% ab%' finds a word by its start.
  search_text text NOT NULL GENERATED ALWAYS AS (fold(
    ' ' || name || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '') || ' ' || coalesce(regexp_replace(phone_raw, '\D', '', 'g'), ''))) STORED,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, duplicate_of_id) REFERENCES customers
);
CREATE UNIQUE INDEX customers_email ON customers (company_id, email) WHERE deleted_at IS NULL AND duplicate_of_id IS NULL;
CREATE UNIQUE INDEX customers_phone ON customers (company_id, phone) WHERE deleted_at IS NULL AND duplicate_of_id IS NULL;
CREATE INDEX customers_created_at ON customers (company_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_updated_at ON customers (company_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_name ON customers (company_id, lower(name COLLATE pg_c_utf8), id) WHERE deleted_at IS NULL;
CREATE INDEX customers_assigned_to ON customers (company_id, assigned_to_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_duplicate_of ON customers (company_id, duplicate_of_id) WHERE duplicate_of_id IS NOT NULL;
CREATE INDEX customers_tags ON customers USING gin (company_id, tags);
CREATE INDEX customers_search ON customers USING gin (company_id, search_text gin_trgm_ops);

CREATE TABLE contacts (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  email text,
  phone text,
  phone_raw text,
  customer_id uuid,
  position text,
  duplicate_of_id uuid,
  created_by_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3),
  search_text text NOT NULL GENERATED ALWAYS AS (fold(
    ' ' || name || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '') || ' ' || coalesce(regexp_replace(phone_raw, '\D', '', 'g'), ''))) STORED,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, customer_id) REFERENCES customers,
  FOREIGN KEY (company_id, duplicate_of_id) REFERENCES contacts
);
CREATE UNIQUE INDEX contacts_email ON contacts (company_id, email) WHERE deleted_at IS NULL AND duplicate_of_id IS NULL;
CREATE UNIQUE INDEX contacts_phone ON contacts (company_id, phone) WHERE deleted_at IS NULL AND duplicate_of_id IS NULL;
CREATE INDEX contacts_created_at ON contacts (company_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_updated_at ON contacts (company_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_name ON contacts (company_id, lower(name COLLATE pg_c_utf8), id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_customer ON contacts (company_id, customer_id, created_at, id);
CREATE INDEX contacts_duplicate_of ON contacts (company_id, duplicate_of_id) WHERE duplicate_of_id IS NOT NULL;
CREATE INDEX contacts_search ON contacts USING gin (company_id, search_text gin_trgm_ops);

CREATE TABLE pipelines (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  is_default boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3),
  PRIMARY KEY (company_id, id)
);
-- One default at most: whoever makes it second finds the first.
CREATE UNIQUE INDEX pipelines_default ON pipelines (company_id) WHERE is_default AND deleted_at IS NULL;
CREATE INDEX pipelines_created_at ON pipelines (company_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX pipelines_name ON pipelines (company_id, lower(name COLLATE pg_c_utf8), id) WHERE deleted_at IS NULL;

CREATE TABLE stages (
  company_id uuid NOT NULL,
  pipeline_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('OPEN', 'WON', 'LOST')),
  probability smallint NOT NULL CHECK (probability BETWEEN 0 AND 100),
  rotten_days integer NOT NULL DEFAULT 0 CHECK (rotten_days >= 0),
  position smallint NOT NULL,
  PRIMARY KEY (company_id, pipeline_id, key),
  UNIQUE (company_id, pipeline_id, key, kind),
  FOREIGN KEY (company_id, pipeline_id) REFERENCES pipelines
);

-- Units of the company's currency for one unit of `currency`, from a day on.
CREATE TABLE currency_rates (
  company_id uuid NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  valid_from date NOT NULL,
  rate numeric(18, 8) NOT NULL CHECK (rate > 0),
  PRIMARY KEY (company_id, currency, valid_from)
);

-- The lead score, 0..100, of a stored row: up to 40 points for the value (10 for each factor of ten above 10), 30 for the
-- stage's probability, 15 for priority, 15 for the source. It never falls when one of them rises.
-- In SQL, because bulk changes and imports are sets of rows, and must not score differently from single ones.
CREATE FUNCTION lead_score(value numeric, stage_probability integer, priority text, lead_source text) RETURNS integer
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN round(least(40, 10 * log(greatest(value, 10)::float8 / 10)) + 0.3 * stage_probability)::integer
    + CASE priority WHEN 'URGENT' THEN 15 WHEN 'HIGH' THEN 10 WHEN 'MEDIUM' THEN 5 ELSE 0 END
    + CASE lead_source WHEN 'REFERRAL' THEN 15 WHEN 'PARTNER' THEN 12 WHEN 'EVENT' THEN 10 WHEN 'PHONE' THEN 8
        WHEN 'WEB' THEN 6 WHEN 'EMAIL' THEN 5 WHEN 'ADS' THEN 4 WHEN 'OTHER' THEN 2 ELSE 0 END;

CREATE TABLE deals (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  title text NOT NULL,
  value numeric(14, 2) NOT NULL CHECK (value >= 0),
  currency text NOT NULL,
  base_value numeric(18, 2) NOT NULL,
  base_currency text NOT NULL,
  pipeline_id uuid NOT NULL,
  stage text NOT NULL,
  -- Follows its stage by foreign key, so that filters and rules need no join.
  stage_kind text NOT NULL,
  priority text NOT NULL CHECK (priority IN ('LOW', 'MEDIUM', 'HIGH', 'URGENT')),
  lead_source text CHECK (lead_source IN ('WEB', 'REFERRAL', 'PHONE', 'EMAIL', 'EVENT', 'ADS', 'PARTNER', 'OTHER')),
  lead_score smallint NOT NULL,
  probability smallint CHECK (probability BETWEEN 0 AND 100),
  expected_close_date date,
  -- A sort key must not be null. A column, not an expression in the index: the planner knows how its values are spread.
  expected_close_sort date NOT NULL GENERATED ALWAYS AS (coalesce(expected_close_date, 'infinity'::date)) STORED,
  notes text,
  contact_id uuid,
  customer_id uuid,
  assigned_to_id uuid,
  tags text[] NOT NULL DEFAULT '{}',
  stage_entered_at timestamptz(3) NOT NULL,
  last_activity_at timestamptz(3),
  closed_at timestamptz(3),
  lost_reason text,
  approval_status text NOT NULL DEFAULT 'NONE' CHECK (approval_status IN ('NONE', 'SUBMITTED', 'APPROVED', 'CANCELLED')),
  created_by_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, pipeline_id, stage, stage_kind) REFERENCES stages (company_id, pipeline_id, key, kind) ON UPDATE CASCADE,
  FOREIGN KEY (company_id, contact_id) REFERENCES contacts,
  FOREIGN KEY (company_id, customer_id) REFERENCES customers,
  CONSTRAINT deals_closed_when_not_open CHECK ((closed_at IS NULL) = (stage_kind = 'OPEN'))
);
-- One index per sort; filters with few matches have their own, the others are read along a sort until the page is full.
CREATE INDEX deals_created_at ON deals (company_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_updated_at ON deals (company_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_value ON deals (company_id, value, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_lead_score ON deals (company_id, lead_score, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_expected_close_date ON deals (company_id, expected_close_sort, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_title ON deals (company_id, lower(title COLLATE pg_c_utf8), id) WHERE deleted_at IS NULL;
CREATE INDEX deals_stage ON deals (company_id, pipeline_id, stage, created_at, id);
CREATE INDEX deals_stage_kind ON deals (company_id, stage_kind, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_assigned_to ON deals (company_id, assigned_to_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_contact ON deals (company_id, contact_id, created_at, id) WHERE contact_id IS NOT NULL;
CREATE INDEX deals_customer ON deals (company_id, customer_id, created_at, id) WHERE customer_id IS NOT NULL;
CREATE INDEX deals_tags ON deals USING gin (company_id, tags);

CREATE TABLE deal_history (
  company_id uuid NOT NULL,
  id uuid NOT NULL,
  deal_id uuid NOT NULL,
  field text NOT NULL,
  from_value jsonb,
  to_value jsonb,
  changed_by_id uuid,
  at timestamptz(3) NOT NULL DEFAULT now(),
  seconds_in_stage integer,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, deal_id) REFERENCES deals
);
CREATE INDEX deal_history_deal ON deal_history (company_id, deal_id, at, id);
REVOKE UPDATE, DELETE, TRUNCATE ON deal_history FROM {{role}};
